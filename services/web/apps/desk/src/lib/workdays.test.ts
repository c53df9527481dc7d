import { create } from "@bufbuild/protobuf";
import { GetCalendarResponseSchema } from "@wissel/api";
import { describe, expect, it } from "vitest";
import { isoDay, parseIsoDay } from "./amsterdam.ts";
import {
  calendarPeriod,
  mondayToFriday,
  nextWorkdays,
  workdayOf,
  workdaysBetween,
} from "./workdays.ts";

const day = (iso: string): number => {
  const parsed = parseIsoDay(iso);
  if (parsed === undefined) throw new Error(iso);
  return parsed;
};

const open = [{ fromMinute: 540, toMinute: 1020 }];
// Closed on Friday; 28 November 2026 is a Saturday.
const isWorkday = workdayOf(
  create(GetCalendarResponseSchema, {
    calendar: { weekdays: [1, 2, 3, 4].map((weekday) => ({ weekday, intervals: open })) },
    exceptionalDays: [
      { date: "2026-11-24", intervals: [] },
      { date: "2026-11-28", intervals: open },
    ],
  }),
);

describe("working days of a municipality", () => {
  it("are its weekdays with hours, but for the days that the server names", () => {
    const week = [23, 24, 25, 26, 27, 28, 29].map((n) => isWorkday(day(`2026-11-${n}`)));
    expect(week).toEqual([true, false, true, true, false, true, false]);
  });

  it("are counted after a day, up to and including another", () => {
    expect(workdaysBetween(day("2026-11-23"), day("2026-11-28"), isWorkday)).toBe(3);
    expect(workdaysBetween(day("2026-11-23"), day("2026-11-24"), isWorkday)).toBe(0);
  });

  it("begin with the day itself", () => {
    const next = nextWorkdays(day("2026-11-23"), 4, isWorkday).map(isoDay);
    expect(next).toEqual(["2026-11-23", "2026-11-25", "2026-11-26", "2026-11-28"]);
  });

  it("do not hang a screen when there are none", () => {
    const never = workdayOf(create(GetCalendarResponseSchema));
    expect(nextWorkdays(day("2026-01-01"), 3, never)).toEqual([]);
  });

  it("are Monday to Friday until they are known", () => {
    const days = [26, 27, 28, 29, 30].map((n) => mondayToFriday(day(`2026-11-${n}`)));
    expect(days).toEqual([true, true, false, false, true]);
  });
});

it("asks for whole years: eight back, and the next one", () => {
  expect(calendarPeriod(day("2026-11-28"))).toEqual({
    fromDate: "2018-01-01",
    toDate: "2027-12-31",
  });
});
