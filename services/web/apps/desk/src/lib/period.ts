import { civilOfDay, dayOf, epochDay, isoDay, parseIsoDay, startOfDay } from "./amsterdam.ts";

// The period of the figures, chosen in whole local days and kept in the address of the page.

export type PeriodChoice = "deze-maand" | "vorige-maand" | "vrij";

const choices: readonly string[] = ["deze-maand", "vorige-maand", "vrij"] satisfies PeriodChoice[];

/** The choice that an address names; this month if it names none. */
export const periodChoice = (asked: string | null): PeriodChoice =>
  (choices.includes(asked ?? "") ? asked : "deze-maand") as PeriodChoice;

export interface DayRange {
  /** First day inside. */
  first: number;
  /** Last day inside. */
  last: number;
}

function monthOf(year: number, month: number): DayRange {
  return {
    first: epochDay({ year, month, day: 1 }),
    last: epochDay({ year, month: month + 1, day: 1 }) - 1,
  };
}

/** The days of a choice; undefined if a free period is not whole or ends before it begins. */
export function rangeOf(
  choice: PeriodChoice,
  from: string,
  to: string,
  now: Date,
): DayRange | undefined {
  const { year, month } = civilOfDay(dayOf(now));
  if (choice === "deze-maand") return monthOf(year, month);
  if (choice === "vorige-maand") return monthOf(year, month - 1);
  const first = parseIsoDay(from);
  const last = parseIsoDay(to);
  if (first === undefined || last === undefined || last < first) return undefined;
  return { first, last };
}

/** Half-open moments of a range of days. */
export function momentsOf(range: DayRange): { from: Date; to: Date } {
  return { from: startOfDay(range.first), to: startOfDay(range.last + 1) };
}

/** The range as it stands in an address. */
export function rangeParams(range: DayRange): { van: string; tot: string } {
  return { van: isoDay(range.first), tot: isoDay(range.last) };
}
