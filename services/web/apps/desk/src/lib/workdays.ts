import type { Calendar } from "@wissel/api";
import { epochDay, civilOfDay, parseIsoDay, weekday } from "./amsterdam.ts";

// Working days as the service calendar of a municipality counts them. Only for words on screen:
// due moments themselves come from the server.

/** Tells of a local day (see `epochDay`) whether the municipality works. */
export type IsWorkday = (day: number) => boolean;

/** Easter Sunday of a year (Gregorian calendar). */
export function easter(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  const day = (h + l - 7 * m + 33 * month + 19) % 32;
  return epochDay({ year, month, day });
}

const holidaysByYear = new Map<number, ReadonlySet<number>>();

/** Holidays of the service calendar: those of the municipal collective agreement. */
export function holidays(year: number): ReadonlySet<number> {
  const known = holidaysByYear.get(year);
  if (known) return known;
  const fixed = (month: number, day: number): number => epochDay({ year, month, day });
  const sunday = easter(year);
  const kingsDay = fixed(4, 27);
  const days = new Set([
    fixed(1, 1),
    sunday + 1,
    weekday(kingsDay) === 7 ? kingsDay - 1 : kingsDay,
    fixed(5, 5),
    sunday + 39,
    sunday + 50,
    fixed(12, 25),
    fixed(12, 26),
  ]);
  holidaysByYear.set(year, days);
  return days;
}

/** Monday to Friday, less holidays: what a municipality has that set nothing else. */
export const defaultWorkday: IsWorkday = (day) =>
  weekday(day) <= 5 && !holidays(civilOfDay(day).year).has(day);

/** Working days of a calendar as the directory keeps it. */
export function workdayOf(calendar: Calendar): IsWorkday {
  const open = new Set(
    calendar.weekdays.filter((w) => w.intervals.length > 0).map((w) => w.weekday),
  );
  const special = new Map(
    calendar.specialDays.map((s) => [parseIsoDay(s.date), s.intervals.length > 0] as const),
  );
  return (day) => {
    const own = special.get(day);
    if (own !== undefined) return own;
    if (calendar.observesHolidays && holidays(civilOfDay(day).year).has(day)) return false;
    return open.has(weekday(day));
  };
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
