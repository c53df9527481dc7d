import { beforeEach, expect, it } from "vitest";
import { acknowledge, fingerprint, keyFor } from "./idempotency.ts";

class Store {
  readonly #kept = new Map<string, string>();
  getItem = (name: string) => this.#kept.get(name) ?? null;
  setItem = (name: string, value: string) => void this.#kept.set(name, value);
  removeItem = (name: string) => void this.#kept.delete(name);
  dump = () => [...this.#kept.values()].join();
}

let store = new Store();
beforeEach(() => {
  store = new Store();
});

it("keeps the key of a body until it is acknowledged", () => {
  const key = keyFor("register", "body", store);
  expect(key).toMatch(/^[A-Za-z0-9._-]{8,64}$/);
  expect(keyFor("register", "body", store)).toBe(key);
  acknowledge("register", store);
  expect(keyFor("register", "body", store)).not.toBe(key);
});

it("makes a new key for another body", () => {
  expect(keyFor("register", "one", store)).not.toBe(keyFor("register", "two", store));
});

it("keeps slots apart", () => {
  expect(keyFor("claim.1", "x", store)).not.toBe(keyFor("claim.2", "x", store));
});

it("keeps nothing of the body", () => {
  keyFor("register", "Mevrouw Jansen, 06 12345678", store);
  expect(store.dump()).not.toContain("Jansen");
});

it("tells near bodies apart", () => {
  const prints = new Set<string>();
  for (let i = 0; i < 5_000; i++) prints.add(fingerprint(`{"phone":"06 1234${i}"}`));
  expect(prints.size).toBe(5_000);
});
