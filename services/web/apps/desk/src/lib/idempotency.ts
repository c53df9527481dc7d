// A key names one write. It is made before the first send and kept until the server has answered,
// also over a reload, so that trying again after a lost answer is the same write.

interface KeyStore {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}

interface Kept {
  key: string;
  print: string;
}

const PREFIX = "wissel.key.";

/** FNV-1a over UTF-16, 2 x 32 bits: tells two bodies apart without keeping personal data. */
export function fingerprint(body: string): string {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let i = 0; i < body.length; i++) {
    const unit = body.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b);
  }
  return (a >>> 0).toString(16) + (b >>> 0).toString(16);
}

function newKey(): string {
  // Not randomUUID: that one is missing on a plain http address in the office network.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function read(store: KeyStore, slot: string): Kept | undefined {
  const [key, print] = store.getItem(PREFIX + slot)?.split(" ") ?? [];
  return key && print ? { key, print } : undefined;
}

/** The key for a body: the one that was kept if the body is the same, else a new one. */
export function keyFor(slot: string, body: string, store: KeyStore = sessionStorage): string {
  const print = fingerprint(body);
  const kept = read(store, slot);
  if (kept?.print === print) return kept.key;
  const key = newKey();
  store.setItem(PREFIX + slot, `${key} ${print}`);
  return key;
}

/** The server has answered: the next write of this slot is another one. */
export function acknowledge(slot: string, store: KeyStore = sessionStorage): void {
  store.removeItem(PREFIX + slot);
}
