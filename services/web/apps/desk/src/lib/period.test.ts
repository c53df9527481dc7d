import { expect, it } from "vitest";
import { isoDay } from "./amsterdam.ts";
import { momentsOf, rangeOf, rangeParams } from "./period.ts";

const newYear = new Date("2026-12-31T23:30:00Z"); // 2027 in Amsterdam

it("takes months of the local calendar", () => {
  const range = rangeOf("deze-maand", "", "", newYear);
  expect(range && rangeParams(range)).toEqual({ van: "2027-01-01", tot: "2027-01-31" });
  const before = rangeOf("vorige-maand", "", "", newYear);
  expect(before && rangeParams(before)).toEqual({ van: "2026-12-01", tot: "2026-12-31" });
});

it("refuses a free period that is not whole or ends before it begins", () => {
  expect(rangeOf("vrij", "2026-03-01", "", newYear)).toBeUndefined();
  expect(rangeOf("vrij", "2026-03-02", "2026-03-01", newYear)).toBeUndefined();
  const one = rangeOf("vrij", "2026-03-01", "2026-03-01", newYear);
  expect(one && isoDay(one.first)).toBe("2026-03-01");
});

it("runs from midnight to midnight over the switch to summer time", () => {
  const range = rangeOf("vrij", "2026-03-01", "2026-03-31", newYear);
  const { from, to } = momentsOf(range ?? { first: 0, last: 0 });
  expect(from.toISOString()).toBe("2026-02-28T23:00:00.000Z");
  expect(to.toISOString()).toBe("2026-03-31T22:00:00.000Z");
});
