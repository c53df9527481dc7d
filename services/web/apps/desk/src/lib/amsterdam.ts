// Moments on screen are those of Europe/Amsterdam, whatever zone the device is set to.

const ZONE = "Europe/Amsterdam";
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** A local date and time, without zone. */
export interface Civil {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  hour: number;
  minute: number;
}

const partsFormat = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  hourCycle: "h23",
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "numeric",
  minute: "numeric",
});

/** The clock on the wall in Amsterdam at a moment. */
export function toCivil(moment: Date): Civil {
  const parts = new Map(partsFormat.formatToParts(moment).map((p) => [p.type, Number(p.value)]));
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  return {
    year: part("year"),
    month: part("month"),
    day: part("day"),
    hour: part("hour"),
    minute: part("minute"),
  };
}

function asUtcMs(c: Civil): number {
  return Date.UTC(c.year, c.month - 1, c.day, c.hour, c.minute);
}

/**
 * The moment at which the wall clock shows `civil`. In the hour that is skipped in spring the
 * moment after it; in the hour that comes twice in autumn the first.
 */
export function fromCivil(civil: Civil): Date {
  const wanted = asUtcMs(civil);
  const offsetAt = (ms: number): number => asUtcMs(toCivil(new Date(ms))) - ms;
  // The offset a day before and a day after: around a switch one of the two holds.
  const candidates = [offsetAt(wanted - DAY_MS), offsetAt(wanted + DAY_MS)].map((o) => wanted - o);
  const exact = candidates.filter((ms) => asUtcMs(toCivil(new Date(ms))) === wanted);
  return new Date(exact.length > 0 ? Math.min(...exact) : Math.max(...candidates));
}

/** Days since 1970-01-01 of a local date; weekday arithmetic without zones. */
export function epochDay(c: Pick<Civil, "year" | "month" | "day">): number {
  return Date.UTC(c.year, c.month - 1, c.day) / DAY_MS;
}

/** The local date of a day number. */
export function civilOfDay(day: number): { year: number; month: number; day: number } {
  const d = new Date(day * DAY_MS);
  return { year: d.getUTCFullYear(), month: d.getUTCMonth() + 1, day: d.getUTCDate() };
}

/** The local day of a moment. */
export function dayOf(moment: Date): number {
  return epochDay(toCivil(moment));
}

/** 1 (Monday) to 7 (Sunday). */
export function weekday(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** Midnight at the begin of a local day. */
export function startOfDay(day: number): Date {
  return fromCivil({ ...civilOfDay(day), hour: 0, minute: 0 });
}

/** `2026-11-24`, as a date field holds it. */
export function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Day number of `2026-11-24`; undefined if it is no date. */
export function parseIsoDay(text: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return undefined;
  const day = epochDay({ year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) });
  return isoDay(day) === text ? day : undefined;
}

/** Minutes after midnight of `17:00`; undefined if it is no time. */
export function parseClock(text: string): number | undefined {
  const match = /^(\d{2}):(\d{2})$/.exec(text);
  if (!match) return undefined;
  const minutes = Number(match[1]) * 60 + Number(match[2]);
  return minutes < 1440 && Number(match[2]) < 60 ? minutes : undefined;
}

function formatter(options: Intl.DateTimeFormatOptions): (moment: Date) => string {
  const format = new Intl.DateTimeFormat("nl-NL", { timeZone: ZONE, ...options });
  return (moment) => format.format(moment);
}

/** `17:00` */
export const clock = formatter({ hour: "2-digit", minute: "2-digit" });

/** `dinsdag` */
export const weekdayName = formatter({ weekday: "long" });

const dateShort = formatter({ weekday: "short", day: "numeric", month: "short" });
const dateShortYear = formatter({
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
});
const dateLong = formatter({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
const dateLongNoYear = formatter({ weekday: "long", day: "numeric", month: "long" });

const sameYear = (a: Date, b: Date): boolean => toCivil(a).year === toCivil(b).year;

/** `di 24 nov 17:00`, with the year if it is another than that of `now`. */
export function shortMoment(moment: Date, now: Date): string {
  const date = sameYear(moment, now) ? dateShort(moment) : dateShortYear(moment);
  return `${date} ${clock(moment)}`;
}

/** `dinsdag 24 november 17:00`, with the year if it is another than that of `now`. */
export function longMoment(moment: Date, now: Date): string {
  const date = sameYear(moment, now) ? dateLongNoYear(moment) : dateLong(moment);
  return `${date} ${clock(moment)}`;
}

/** `dinsdag 24 november` for a day number. */
export function longDay(day: number): string {
  return dateLongNoYear(new Date(startOfDay(day).getTime() + 720 * MINUTE_MS));
}

const wholeDate = formatter({ day: "numeric", month: "long", year: "numeric" });

/** `1 maart 2027` for a day number. */
export const dayWords = (day: number): string => wholeDate(startOfDay(day));

/** `2027-03-01` as "1 maart 2027"; any other text as it is. */
export function isoDayWords(text: string): string {
  const day = parseIsoDay(text);
  return day === undefined ? text : dayWords(day);
}
