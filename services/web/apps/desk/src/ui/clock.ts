import { useSyncExternalStore } from "react";

const EVERY_MS = 20_000;
const listeners = new Set<() => void>();
let now = new Date();
let timer: number | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  now = new Date();
  timer ??= window.setInterval(() => {
    now = new Date();
    for (const each of listeners) each();
  }, EVERY_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      window.clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The present moment, renewed often enough for words such as "12 minuten te laat". */
export const useNow = (): Date => useSyncExternalStore(subscribe, () => now);
