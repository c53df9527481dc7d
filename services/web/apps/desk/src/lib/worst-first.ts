import type { FigureRow } from "@wissel/api";

/** Below so few cases that count a percentage says nothing. */
export const FEWEST_JUDGED = 5n;

/** Too few cases were in time or too late to call the target met or missed. */
export const isFew = (row: FigureRow): boolean => row.met + row.missed < FEWEST_JUDGED;

/** How far the share is above its target; below 0 the target is missed. */
function distance(row: FigureRow): number {
  if (row.shareMet === undefined || row.targetShare === undefined) return Infinity;
  return row.shareMet - row.targetShare;
}

/**
 * What hurts most comes first: what stays furthest below its target. Few cases come after all that
 * can be judged, and those without a percentage come last; equals stay as they were.
 */
export function worstFirst(rows: readonly FigureRow[]): FigureRow[] {
  const group = (row: FigureRow) => (distance(row) === Infinity ? 2 : isFew(row) ? 1 : 0);
  return [...rows].sort((a, b) => {
    if (group(a) !== group(b)) return group(a) - group(b);
    return group(a) === 2 ? 0 : distance(a) - distance(b);
  });
}
