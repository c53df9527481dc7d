import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import {
  CaseSummarySchema,
  ListQueueResponseSchema,
  WatchQueueResponseSchema,
  type CaseSummary,
} from "@wissel/api";
import { describe, expect, it } from "vitest";
import { compareCases, emptyQueue, withMessage, withPage } from "./queue-state.ts";

const one = (reference: number, due: number | undefined, version = 1): CaseSummary =>
  create(CaseSummarySchema, {
    reference: BigInt(reference),
    version: BigInt(version),
    ...(due !== undefined && { dueAt: timestampFromMs(due * 1_000) }),
  });

const page = (cases: CaseSummary[], nextPageToken = "") =>
  create(ListQueueResponseSchema, { cases, nextPageToken });

const snapshot = (cases: CaseSummary[], token = "") =>
  create(WatchQueueResponseSchema, { snapshot: page(cases, token) });

const change = (changed: CaseSummary[], removed: number[] = []) =>
  create(WatchQueueResponseSchema, { changed, removed: removed.map(BigInt) });

const references = (cases: readonly CaseSummary[]) => cases.map((c) => Number(c.reference));

/** A small generator of numbers, the same each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}

describe("queue", () => {
  it("sorts by due, without norm last, then by reference", () => {
    const sorted = [one(4, undefined), one(3, 20), one(2, 10), one(1, 20)].sort(compareCases);
    expect(references(sorted)).toEqual([2, 1, 3, 4]);
  });

  it("a snapshot and its changes equal a fresh snapshot", () => {
    for (let seed = 1; seed <= 50; seed++) {
      const next = numbers(seed);
      const server = new Map<number, CaseSummary>();
      for (let i = 0; i < 20; i++) server.set(i, one(i, next(30) || undefined));
      let state = withMessage(emptyQueue, snapshot([...server.values()]));
      for (let step = 0; step < 60; step++) {
        const reference = next(40);
        const old = server.get(reference);
        if (old && next(3) === 0) {
          server.delete(reference);
          state = withMessage(state, change([], [reference]));
        } else {
          const changed = one(reference, next(30) || undefined, Number(old?.version ?? 0n) + 1);
          server.set(reference, changed);
          state = withMessage(state, change([changed]));
        }
      }
      expect(state.cases).toEqual([...server.values()].sort(compareCases));
    }
  });

  it("leaves what belongs on a later page to that page", () => {
    const state = withMessage(emptyQueue, snapshot([one(1, 10), one(2, 20)], "more"));
    const after = withMessage(state, change([one(3, 30), one(4, 15)]));
    expect(references(after.cases)).toEqual([1, 4, 2]);
    expect(references(withPage(after, page([one(3, 30)])).cases)).toEqual([1, 4, 2, 3]);
  });

  it("takes a row away that moves to a later page", () => {
    const state = withMessage(emptyQueue, snapshot([one(1, 10), one(2, 20)], "more"));
    expect(references(withMessage(state, change([one(1, 99, 2)])).cases)).toEqual([2]);
  });

  it("does not go back to an older version of a row", () => {
    const state = withMessage(emptyQueue, snapshot([one(1, 10, 5)]));
    const after = withPage(state, page([one(1, 10, 4)]));
    expect(after.cases[0]?.version).toBe(5n);
  });

  it("forgets everything at a new snapshot", () => {
    const state = withMessage(emptyQueue, snapshot([one(1, 10), one(2, 20)], "more"));
    const after = withMessage(state, snapshot([one(2, 20)]));
    expect(references(after.cases)).toEqual([2]);
    expect(after.nextPageToken).toBe("");
  });
});
