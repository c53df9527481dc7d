import { create } from "@bufbuild/protobuf";
import { FigureRowSchema } from "@wissel/api";
import { expect, test } from "vitest";
import { isFew, worstFirst } from "./worst-first.ts";

const row = (teamId: string, met: number, missed: number, targetShare?: number) =>
  create(FigureRowSchema, {
    teamId,
    met: BigInt(met),
    missed: BigInt(missed),
    ...(met + missed > 0 && { shareMet: met / (met + missed) }),
    ...(targetShare !== undefined && { targetShare }),
  });
const order = (...rows: ReturnType<typeof row>[]) => worstFirst(rows).map(({ teamId }) => teamId);

test("who stays furthest below the own target comes first", () => {
  expect(
    order(row("good", 99, 1, 0.9), row("strict", 92, 8, 0.97), row("bad", 80, 20, 0.9)),
  ).toEqual(["bad", "strict", "good"]);
});

test("few cases come after all others, and no percentage comes last", () => {
  expect(
    order(
      row("nothing", 0, 0, 0.9),
      row("few", 0, 4, 0.9),
      row("no-norm", 8, 2),
      row("met", 9, 1, 0.9),
    ),
  ).toEqual(["met", "few", "nothing", "no-norm"]);
});

test("equals stay in the order of their names", () => {
  expect(order(row("a", 9, 1, 0.9), row("b", 18, 2, 0.9))).toEqual(["a", "b"]);
});

test("five judged cases are enough", () => {
  expect(isFew(row("a", 3, 1, 0.9))).toBe(true);
  expect(isFew(row("a", 4, 1, 0.9))).toBe(false);
});
