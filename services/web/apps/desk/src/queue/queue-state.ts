import { timestampMs } from "@bufbuild/protobuf/wkt";
import type { CaseSummary, ListQueueResponse, QueueCounts, WatchQueueResponse } from "@wissel/api";

// What the screen holds of a queue. A snapshot and the changes after it give the same as a fresh
// snapshot, as far as the pages reach that were loaded.

export interface QueueState {
  /** By due moment, without norm last; then by reference. */
  cases: readonly CaseSummary[];
  counts: QueueCounts | undefined;
  /** Empty when the whole queue is here. */
  nextPageToken: string;
}

export const emptyQueue: QueueState = { cases: [], counts: undefined, nextPageToken: "" };

const dueMs = (c: CaseSummary): number => (c.dueAt ? timestampMs(c.dueAt) : Infinity);

/** Order of a queue. */
export function compareCases(a: CaseSummary, b: CaseSummary): number {
  const [dueA, dueB] = [dueMs(a), dueMs(b)];
  if (dueA !== dueB) return dueA < dueB ? -1 : 1;
  return a.reference === b.reference ? 0 : a.reference < b.reference ? -1 : 1;
}

function merge(known: readonly CaseSummary[], news: readonly CaseSummary[]): CaseSummary[] {
  const byReference = new Map(known.map((c) => [c.reference, c]));
  for (const c of news) {
    const old = byReference.get(c.reference);
    if (!old || old.version <= c.version) byReference.set(c.reference, c);
  }
  return [...byReference.values()].sort(compareCases);
}

/** The state after a page that was asked for by hand. */
export function withPage(state: QueueState, page: ListQueueResponse): QueueState {
  return {
    cases: merge(state.cases, page.cases),
    counts: page.counts ?? state.counts,
    nextPageToken: page.nextPageToken,
  };
}

/** The state after a message of the stream. A snapshot replaces all that was there. */
export function withMessage(state: QueueState, message: WatchQueueResponse): QueueState {
  let next = message.snapshot ? withPage(emptyQueue, message.snapshot) : state;
  if (message.changed.length > 0 || message.removed.length > 0) {
    const removed = new Set(message.removed);
    const last = next.cases.at(-1);
    const whole = next.nextPageToken === "";
    // What sorts after the last row comes with the page on which it belongs.
    const near = message.changed.filter((c) => whole || !last || compareCases(c, last) <= 0);
    const moved = new Set(message.changed.map((c) => c.reference));
    const kept =
      near.length === message.changed.length
        ? next.cases
        : next.cases.filter((c) => !moved.has(c.reference));
    next = { ...next, cases: merge(kept, near).filter((c) => !removed.has(c.reference)) };
  }
  return message.counts ? { ...next, counts: message.counts } : next;
}
