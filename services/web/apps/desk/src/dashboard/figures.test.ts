import { create } from "@bufbuild/protobuf";
import { FigureRowSchema, MonthFiguresSchema } from "@wissel/api";
import { expect, test } from "vitest";
import { isoMonth, parseMonth } from "../lib/months.ts";
import {
  dayReached,
  judgementOf,
  lineOf,
  monthsMet,
  mostOf,
  shownMonths,
  trendOf,
  type MonthPoint,
} from "./figures.ts";

const month = (text: string) => parseMonth(text) ?? 0;
const row = (met: number, missed: number, targetShare = 0.9) =>
  create(FigureRowSchema, {
    met: BigInt(met),
    missed: BigInt(missed),
    ...(met + missed > 0 && { shareMet: met / (met + missed) }),
    targetShare,
    onTarget: met > targetShare * (met + missed),
  });

test("a share is judged on five cases or more, against a target", () => {
  expect(judgementOf(row(99, 1))).toBe("met");
  expect(judgementOf(row(90, 10))).toBe("missed");
  expect(judgementOf(row(0, 4))).toBe("few");
  expect(judgementOf(row(0, 0))).toBe("none");
  expect(judgementOf(undefined)).toBe("none");
  const untargeted = create(FigureRowSchema, { met: 9n, missed: 1n, shareMet: 0.9 });
  expect(judgementOf(untargeted)).toBe("none");
});

test("a line has thirteen months, more if more are asked for", () => {
  const months = (first: string, last: string) =>
    shownMonths({ first: month(first), last: month(last) }).map(isoMonth);
  expect(months("2026-11", "2026-11")).toHaveLength(13);
  expect(months("2026-11", "2026-11")[0]).toBe("2025-11");
  expect(months("2025-01", "2026-11")).toHaveLength(23);
});

test("a month in which nothing came in is a gap, also if the server leaves it out", () => {
  const figures = (text: string) =>
    create(MonthFiguresSchema, { month: text, total: row(Number(text.slice(5)), 0) });
  const line = lineOf(
    { months: [figures("2026-09"), figures("2026-11")] },
    { first: month("2026-10"), last: month("2026-11") },
    ({ total }) => total,
  );
  expect(line).toHaveLength(13);
  expect(line.slice(-3).map((point) => point.row?.met)).toEqual([9n, undefined, 11n]);
});

const lineEndingAt = (last: string, ...rows: ReturnType<typeof row>[]): MonthPoint[] =>
  rows.map((each, place) => ({ month: month(last) - rows.length + 1 + place, row: each }));

test("months with few cases are not counted among those that are judged", () => {
  expect(monthsMet(lineEndingAt("2026-11", row(99, 1), row(0, 4), row(50, 50)))).toEqual({
    met: 1,
    judged: 2,
  });
});

test("a trend holds the months against as many just before them", () => {
  const line = lineEndingAt("2026-11", row(0, 90), row(80, 20), row(5, 5), row(90, 10));
  const trend = trendOf(line, { first: month("2026-11"), last: month("2026-11") });
  expect(trend?.points).toBe(40);
  const two = trendOf(line, { first: month("2026-10"), last: month("2026-11") });
  // 95 of 110 against 80 of 190.
  expect(two?.points).toBe(44);
  expect(isoMonth(two?.before.first ?? 0)).toBe("2026-08");
});

test("there is no trend without months before, or on a handful of cases", () => {
  const line = lineEndingAt("2026-11", row(2, 2), row(90, 10));
  expect(trendOf(line, { first: month("2026-11"), last: month("2026-11") })).toBeUndefined();
  expect(trendOf(line, { first: month("2026-10"), last: month("2026-11") })).toBeUndefined();
});

test("the least day at which a part is reached, exactly included", () => {
  const times = [
    { workingDays: 3, cases: 5n },
    { workingDays: 1, cases: 5n },
  ];
  expect(dayReached(times, { of: 1n, in: 2n })).toBe(1);
  expect(dayReached(times, { of: 51n, in: 100n })).toBe(3);
  expect(dayReached([], { of: 1n, in: 2n })).toBeUndefined();
});

test("the most is the first of equals, and nobody has the most of nothing", () => {
  expect(
    mostOf(
      [
        { n: 1n, a: 1 },
        { n: 2n, a: 2 },
        { n: 2n, a: 3 },
      ],
      ({ n }) => n,
    )?.a,
  ).toBe(2);
  expect(mostOf([{ n: 0n }], ({ n }) => n)).toBeUndefined();
});
