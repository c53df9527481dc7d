// A server stream that is always open while somebody looks: reopened after loss, with waits that
// grow, and closed while the tab is hidden (a browser has six connections to a host).

export type LiveStatus =
  { name: "connecting" } | { name: "live" } | { name: "lost"; retryAt: Date } | { name: "stopped" };

interface Options<T> {
  signal: AbortSignal;
  open: (signal: AbortSignal) => AsyncIterable<T>;
  onMessage: (message: T) => void;
  onStatus: (status: LiveStatus) => void;
  onError: (error: unknown) => void;
  /** Whether opening again may help. */
  mayRetry: (error: unknown) => boolean;
  /** Wait before the n-th try in a row, from 1. */
  delayMs: (tries: number) => number;
}

const HIDDEN_AFTER_MS = 60_000;
/** A stream that says nothing this long is opened anew: its connection may be dead. */
const SILENT_AFTER_MS = 120_000;

/** 0.5 s, doubling to 15 s, with a spread so that not all desks come back at one moment. */
export function retryDelayMs(tries: number): number {
  return Math.min(15_000, 500 * 2 ** (tries - 1)) * (0.75 + Math.random() / 2);
}

/** Resolves after a wait, or earlier when the browser is on line again or `signal` ends. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      window.clearTimeout(timer);
      window.removeEventListener("online", done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = window.setTimeout(done, ms);
    window.addEventListener("online", done);
    signal.addEventListener("abort", done);
  });
}

/** Resolves when the page is in sight. */
function visible(signal: AbortSignal): Promise<void> {
  if (!document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    const check = () => {
      if (document.hidden && !signal.aborted) return;
      document.removeEventListener("visibilitychange", check);
      signal.removeEventListener("abort", check);
      resolve();
    };
    document.addEventListener("visibilitychange", check);
    signal.addEventListener("abort", check);
  });
}

/** Ends one connection for its own reasons: hidden, off line, silent. Tells which. */
class Leash {
  readonly #stop = new AbortController();
  #silence: number | undefined;
  #hidden: number | undefined;
  readonly #outer: AbortSignal;

  constructor(outer: AbortSignal) {
    this.#outer = outer;
    outer.addEventListener("abort", this.#end);
    window.addEventListener("offline", this.#end);
    document.addEventListener("visibilitychange", this.#onVisibility);
    this.heard();
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  heard(): void {
    window.clearTimeout(this.#silence);
    this.#silence = window.setTimeout(this.#end, SILENT_AFTER_MS);
  }

  release(): void {
    window.clearTimeout(this.#silence);
    window.clearTimeout(this.#hidden);
    this.#outer.removeEventListener("abort", this.#end);
    window.removeEventListener("offline", this.#end);
    document.removeEventListener("visibilitychange", this.#onVisibility);
  }

  readonly #end = () => this.#stop.abort();
  readonly #onVisibility = () => {
    window.clearTimeout(this.#hidden);
    if (document.hidden) this.#hidden = window.setTimeout(this.#end, HIDDEN_AFTER_MS);
  };
}

/** One connection. Returns whether it ended by itself or by its leash, throws if it broke. */
async function follow<T>(options: Options<T>, onFirst: () => void): Promise<void> {
  const leash = new Leash(options.signal);
  try {
    let first = true;
    for await (const message of options.open(leash.signal)) {
      leash.heard();
      options.onMessage(message);
      if (first) onFirst();
      first = false;
    }
  } catch (error) {
    if (!leash.signal.aborted) throw error;
  } finally {
    leash.release();
  }
}

/** Follows the stream until `signal` ends or the server refuses it for good. */
export async function watchForever<T>(options: Options<T>): Promise<void> {
  const { signal, onStatus } = options;
  const ended = () => signal.aborted;
  let tries = 0;
  onStatus({ name: "connecting" });
  while (!ended()) {
    let broken = !navigator.onLine;
    try {
      await follow(options, () => {
        tries = 0;
        onStatus({ name: "live" });
      });
      broken ||= !navigator.onLine;
    } catch (error) {
      if (ended()) return;
      options.onError(error);
      if (!options.mayRetry(error)) {
        onStatus({ name: "stopped" });
        return;
      }
      broken = true;
    }
    await visible(signal);
    if (ended()) return;
    tries += 1;
    // A stream that ended by itself is opened at once; only if that fails it counts as lost.
    if (!broken && tries === 1) {
      onStatus({ name: "connecting" });
      continue;
    }
    const wait = options.delayMs(tries);
    onStatus({ name: "lost", retryAt: new Date(Date.now() + wait) });
    await pause(wait, signal);
  }
}
