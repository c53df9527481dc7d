import type { FigureRow, GetDashboardResponse, MonthFigures } from "@wissel/api";
import { isoMonth, type Month, type MonthRange } from "../lib/months.ts";
import { isFew } from "../lib/worst-first.ts";

// What the answer of the server says, in the form that tiles and charts need.

export const sumOf = <T>(rows: readonly T[], of: (row: T) => bigint): bigint =>
  rows.reduce((sum, row) => sum + of(row), 0n);

/** How a share stands to its target. */
export type Judgement = "met" | "missed" | "few" | "none";

/** `few`: too few cases for a verdict; `none`: nothing to judge, or no target. */
export function judgementOf(row: FigureRow | undefined): Judgement {
  if (row?.shareMet === undefined) return "none";
  if (isFew(row)) return "few";
  if (row.targetShare === undefined) return "none";
  return row.onTarget ? "met" : "missed";
}

export interface MonthPoint {
  month: Month;
  /** Absent: nothing came in. */
  row: FigureRow | undefined;
}

/** The months that a line shows: the thirteen up to the last one asked for, more if more were asked for. */
export function shownMonths({ first, last }: MonthRange): Month[] {
  const from = Math.min(first, last - 12);
  return Array.from({ length: last - from + 1 }, (_, after) => from + after);
}

/** One line: what `pick` finds in each month, the months in which nothing came in included. */
export function lineOf(
  dashboard: Pick<GetDashboardResponse, "months">,
  months: MonthRange,
  pick: (of: MonthFigures) => FigureRow | undefined,
): MonthPoint[] {
  const known = new Map(dashboard.months.map((each) => [each.month, each]));
  return shownMonths(months).map((month) => {
    const figures = known.get(isoMonth(month));
    return { month, row: figures && pick(figures) };
  });
}

/** In how many months the target was met, of those that can be judged. */
export function monthsMet(line: readonly MonthPoint[]): { met: number; judged: number } {
  const verdicts = line.map(({ row }) => judgementOf(row));
  const met = verdicts.filter((verdict) => verdict === "met").length;
  return { met, judged: met + verdicts.filter((verdict) => verdict === "missed").length };
}

export interface Trend {
  /** In whole percentage points; above 0 it got better. */
  points: number;
  before: MonthRange;
}

interface Counts {
  met: bigint;
  judged: bigint;
}

const countsOf = (rows: readonly (FigureRow | undefined)[]): Counts => ({
  met: sumOf(rows, (row) => row?.met ?? 0n),
  judged: sumOf(rows, (row) => (row ? row.met + row.missed : 0n)),
});

/**
 * The months that are shown against as many just before them; undefined if the line does not go that
 * far back, or if one of the two has too few cases to compare.
 */
export function trendOf(line: readonly MonthPoint[], months: MonthRange): Trend | undefined {
  const length = months.last - months.first + 1;
  const before = { first: months.first - length, last: months.first - 1 };
  if ((line[0]?.month ?? Infinity) > before.first) return undefined;
  const within = ({ first, last }: MonthRange) =>
    countsOf(line.filter((p) => p.month >= first && p.month <= last).map((p) => p.row));
  const then = within(before);
  const now = within(months);
  if (then.judged < 5n || now.judged < 5n) return undefined;
  const share = ({ met, judged }: Counts) => Number(met) / Number(judged);
  return { points: Math.round((share(now) - share(then)) * 100), before };
}

/** The least whole day at which a part of all has been reached; undefined without cases. */
export function dayReached(
  times: readonly { workingDays: number; cases: bigint }[],
  part: { of: bigint; in: bigint },
): number | undefined {
  const sorted = [...times].sort((a, b) => a.workingDays - b.workingDays);
  const all = sumOf(sorted, (time) => time.cases);
  let seen = 0n;
  for (const { workingDays, cases } of sorted) {
    seen += cases;
    if (seen > 0n && seen * part.in >= all * part.of) return workingDays;
  }
  return undefined;
}

/** The one with the most; the first of equals; undefined if nobody has any. */
export function mostOf<T>(rows: readonly T[], of: (row: T) => bigint): T | undefined {
  let found: T | undefined;
  for (const row of rows) {
    if (of(row) > (found === undefined ? 0n : of(found))) found = row;
  }
  return found;
}
