import { civilOfDay, epochDay } from "./amsterdam.ts";
import type { DayRange } from "./period.ts";

// Whole months, as the dashboard counts them.

/** A month as one number, so that months can be counted on: 12 times the year, and 0 for January. */
export type Month = number;

/** Months on end, both inside. */
export interface MonthRange {
  first: Month;
  last: Month;
}

/** `2026-04`, as the contract and an address have it. */
export const isoMonth = (month: Month): string =>
  `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}`;

/** The month of `2026-04`; undefined if it is none. */
export function parseMonth(text: string): Month | undefined {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text);
  return match ? Number(match[1]) * 12 + Number(match[2]) - 1 : undefined;
}

/** The month of a local day. */
export function monthOfDay(day: number): Month {
  const { year, month } = civilOfDay(day);
  return year * 12 + month - 1;
}

const firstDay = (month: Month): number =>
  epochDay({ year: Math.floor(month / 12), month: (month % 12) + 1, day: 1 });

/** The days of months. */
export const daysOf = ({ first, last }: MonthRange): DayRange => ({
  first: firstDay(first),
  last: firstDay(last + 1) - 1,
});

function format(options: Intl.DateTimeFormatOptions): (month: Month) => string {
  const formatter = new Intl.DateTimeFormat("nl-NL", { timeZone: "UTC", ...options });
  return (month) => formatter.format(new Date(firstDay(month) * 86_400_000));
}

const nameWithoutYear = format({ month: "long" });
const abbreviation = format({ month: "short" });

/** `april 2026` */
export const monthWords = format({ month: "long", year: "numeric" });

/** `apr`, and `apr ’26` with the year. */
export function shortMonth(month: Month, withYear = false): string {
  const name = abbreviation(month).replace(".", "");
  return withYear ? `${name} ’${String(Math.floor(month / 12) % 100).padStart(2, "0")}` : name;
}

/** `november 2026`, `september tot en met november 2026`, `december 2025 tot en met maart 2026`. */
export function monthsWords({ first, last }: MonthRange): string {
  if (first === last) return monthWords(last);
  const sameYear = Math.floor(first / 12) === Math.floor(last / 12);
  return `${sameYear ? nameWithoutYear(first) : monthWords(first)} tot en met ${monthWords(last)}`;
}
