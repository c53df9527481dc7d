import { expect, test } from "vitest";
import { isoDay, parseIsoDay } from "./amsterdam.ts";
import { daysOf, isoMonth, monthOfDay, monthsWords, parseMonth, shortMonth } from "./months.ts";

const month = (text: string): number => parseMonth(text) ?? NaN;

test("a month is read and written as the contract has it", () => {
  for (const text of ["2026-01", "2026-12", "1999-07"]) expect(isoMonth(month(text))).toBe(text);
  for (const text of ["", "2026", "2026-00", "2026-13", "2026-4", "2026-04-01", "april"]) {
    expect(parseMonth(text)).toBeUndefined();
  }
});

test("after December comes January", () => {
  expect(isoMonth(month("2026-12") + 1)).toBe("2027-01");
  expect(isoMonth(month("2026-01") - 1)).toBe("2025-12");
});

test("the days of months run from the first to the last one", () => {
  const { first, last } = daysOf({ first: month("2028-01"), last: month("2028-02") });
  expect([isoDay(first), isoDay(last)]).toEqual(["2028-01-01", "2028-02-29"]);
  expect(isoMonth(monthOfDay(parseIsoDay("2026-11-30") ?? 0))).toBe("2026-11");
});

test("months in words name a year once if it is the same", () => {
  const words = (first: string, last: string) =>
    monthsWords({ first: month(first), last: month(last) });
  expect(words("2026-11", "2026-11")).toBe("november 2026");
  expect(words("2026-09", "2026-11")).toBe("september tot en met november 2026");
  expect(words("2025-12", "2026-03")).toBe("december 2025 tot en met maart 2026");
  expect(shortMonth(month("2026-04"))).toBe("apr");
  expect(shortMonth(month("2026-04"), true)).toBe("apr ’26");
});
