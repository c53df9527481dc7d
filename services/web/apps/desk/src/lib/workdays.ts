import type { GetCalendarResponse } from "@wissel/api";
import { civilOfDay, epochDay, isoDay, parseIsoDay, weekday } from "./amsterdam.ts";

// Working days of the municipality, as the directory tells them. Only for words on screen: due
// moments themselves come from the server.

/** Tells of a local day (see `epochDay`) whether the municipality works. */
export type IsWorkday = (day: number) => boolean;

/** Monday to Friday: until it is known when the municipality works. */
export const mondayToFriday: IsWorkday = (day) => weekday(day) <= 5;

const YEARS_BACK = 8;

/** The period of which a screen must know the days: the cases that wait longest are old. */
export function calendarPeriod(today: number): { fromDate: string; toDate: string } {
  const { year } = civilOfDay(today);
  return {
    fromDate: isoDay(epochDay({ year: year - YEARS_BACK, month: 1, day: 1 })),
    toDate: isoDay(epochDay({ year: year + 1, month: 12, day: 31 })),
  };
}

type Days = Pick<GetCalendarResponse, "calendar" | "exceptionalDays">;

/** Working days of a calendar: those with hours. */
export function workdayOf({ calendar, exceptionalDays }: Days): IsWorkday {
  const open = new Set(
    calendar?.weekdays.filter((w) => w.intervals.length > 0).map((w) => w.weekday),
  );
  const exceptional = new Map(
    exceptionalDays.map((e) => [parseIsoDay(e.date), e.intervals.length > 0] as const),
  );
  return (day) => exceptional.get(day) ?? open.has(weekday(day));
}

/** Working days after `from` up to and including `to`. */
export function workdaysBetween(from: number, to: number, isWorkday: IsWorkday): number {
  let count = 0;
  for (let day = from + 1; day <= to; day++) if (isWorkday(day)) count++;
  return count;
}

/** The next `count` working days from `from` on, `from` included if it is one. */
export function nextWorkdays(from: number, count: number, isWorkday: IsWorkday): number[] {
  const days: number[] = [];
  // A year at most: a calendar that never opens must not hang the screen.
  for (let day = from; days.length < count && day < from + 366; day++) {
    if (isWorkday(day)) days.push(day);
  }
  return days;
}
