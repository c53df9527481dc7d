import { create } from "@bufbuild/protobuf";
import { CalendarSchema } from "@wissel/api";
import { describe, expect, it } from "vitest";
import { isoDay, parseIsoDay } from "./amsterdam.ts";
import { defaultWorkday, easter, nextWorkdays, workdayOf, workdaysBetween } from "./workdays.ts";

const day = (iso: string): number => {
  const parsed = parseIsoDay(iso);
  if (parsed === undefined) throw new Error(iso);
  return parsed;
};

/** The n-th working day after a day. */
function plus(iso: string, count: number): string {
  return isoDay(nextWorkdays(day(iso) + 1, count, defaultWorkday)[count - 1] ?? 0);
}

describe("service calendar", () => {
  it.each([
    ["2026-04-01", "2026-04-03", "2026-04-09"],
    ["2026-04-02", "2026-04-07", "2026-04-10"],
    ["2026-04-24", "2026-04-29", "2026-05-04"],
    ["2026-05-12", "2026-05-15", "2026-05-20"],
    ["2026-12-24", "2026-12-29", "2027-01-04"],
    ["2027-05-04", "2027-05-10", "2027-05-13"],
  ])("received %s: due %s and %s", (received, two, five) => {
    expect(plus(received, 2)).toBe(two);
    expect(plus(received, 5)).toBe(five);
  });

  it("knows Easter", () => {
    expect([2024, 2025, 2026, 2027, 2038, 2100].map((year) => isoDay(easter(year)))).toEqual([
      "2024-03-31",
      "2025-04-20",
      "2026-04-05",
      "2027-03-28",
      "2038-04-25",
      "2100-03-28",
    ]);
  });

  it("keeps King's Day off a Sunday", () => {
    expect(defaultWorkday(day("2031-04-26"))).toBe(false); // a Saturday, and the holiday
    expect(defaultWorkday(day("2026-04-27"))).toBe(false);
    expect(defaultWorkday(day("2031-04-28"))).toBe(true);
  });

  it("counts as it adds", () => {
    for (let from = day("2024-01-01"); from < day("2040-01-01"); from += 17) {
      const due = nextWorkdays(from + 1, 5, defaultWorkday)[4] ?? 0;
      expect(workdaysBetween(from, due, defaultWorkday)).toBe(5);
      expect(defaultWorkday(due)).toBe(true);
    }
  });
});

describe("calendar of a municipality", () => {
  const open = [{ fromMinute: 540, toMinute: 1020 }];
  const isWorkday = workdayOf(
    create(CalendarSchema, {
      weekdays: [1, 2, 3, 4].map((weekday) => ({ weekday, intervals: open })),
      specialDays: [
        { date: "2026-11-24", name: "Eigen sluitingsdag", intervals: [] },
        { date: "2026-12-25", name: "Extra open", intervals: open },
      ],
      observesHolidays: true,
    }),
  );

  it("lets own days win over weekdays and holidays", () => {
    expect(isWorkday(day("2026-11-23"))).toBe(true);
    expect(isWorkday(day("2026-11-24"))).toBe(false);
    expect(isWorkday(day("2026-11-27"))).toBe(false);
    expect(isWorkday(day("2026-12-25"))).toBe(true);
    expect(isWorkday(day("2026-05-14"))).toBe(false);
  });

  it("does not hang on a calendar that never opens", () => {
    expect(nextWorkdays(day("2026-01-01"), 3, workdayOf(create(CalendarSchema)))).toEqual([]);
  });
});
