import { clock, dayOf, weekdayName } from "./amsterdam.ts";
import { workdaysBetween, type IsWorkday } from "./workdays.ts";

/** How pressing a due moment is; `none` if no norm holds. */
export type DueTone = "late" | "today" | "later" | "none";

export interface DueWords {
  text: string;
  tone: DueTone;
}

const plural = (n: number, one: string, more: string): string => `${n} ${n === 1 ? one : more}`;

function lateWords(due: Date, now: Date, isWorkday: IsWorkday): string {
  const minutes = Math.floor((now.getTime() - due.getTime()) / 60_000);
  if (minutes < 1) return "Net te laat";
  if (minutes < 60) return `${plural(minutes, "minuut", "minuten")} te laat`;
  // An evening and a night between: that is the next day, whatever the hours.
  if (dayOf(now) === dayOf(due) || minutes < 12 * 60) {
    return `${Math.floor(minutes / 60)} uur te laat`;
  }
  const workdays = workdaysBetween(dayOf(due), dayOf(now), isWorkday);
  // Nobody has worked since.
  if (workdays === 0) return `Te laat sinds ${weekdayName(due)}`;
  return `${plural(workdays, "werkdag", "werkdagen")} te laat`;
}

/** A due moment in words. Exactly at the due moment is still in time. */
export function dueWords(due: Date | undefined, now: Date, isWorkday: IsWorkday): DueWords {
  if (!due) return { text: "Geen norm", tone: "none" };
  if (now > due) return { text: lateWords(due, now, isWorkday), tone: "late" };
  const days = dayOf(due) - dayOf(now);
  if (days === 0) return { text: `Vandaag ${clock(due)}`, tone: "today" };
  if (days === 1) return { text: `Morgen ${clock(due)}`, tone: "later" };
  const workdays = workdaysBetween(dayOf(now), dayOf(due), isWorkday);
  if (workdays === 0) return { text: `Op ${weekdayName(due)} ${clock(due)}`, tone: "later" };
  return { text: `Nog ${plural(workdays, "werkdag", "werkdagen")}`, tone: "later" };
}

/** How long ago something was: `zojuist`, `12 minuten geleden`, `3 uur geleden`, `2 dagen geleden`. */
export function agoWords(moment: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - moment.getTime()) / 60_000);
  if (minutes < 1) return "zojuist";
  if (minutes < 60) return `${plural(minutes, "minuut", "minuten")} geleden`;
  const days = dayOf(now) - dayOf(moment);
  if (days === 0) return `${Math.floor(minutes / 60)} uur geleden`;
  return days === 1 ? "gisteren" : `${days} dagen geleden`;
}

/**
 * Working days between a due moment and when it was done, 0 for later on the same working day;
 * undefined if it was done in time.
 */
export function workdaysLate(due: Date, done: Date, isWorkday: IsWorkday): number | undefined {
  return done > due ? workdaysBetween(dayOf(due), dayOf(done), isWorkday) : undefined;
}
