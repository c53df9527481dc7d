import type {
  AnswerTime,
  Arrival,
  FigureRow,
  HoldTime,
  Move,
  OpenWork,
  RepeatedQuestion,
  TopicFigure,
} from "@wissel/api";
import { MOST_WORKING_DAYS } from "../lib/figure-cases.ts";
import { channelLabel } from "../lib/labels.ts";
import { percentWords } from "../lib/share.ts";
import { worstFirst } from "../lib/worst-first.ts";
import { dayReached, judgementOf, monthsMet, mostOf, sumOf, type MonthPoint } from "./figures.ts";
import { dashboardWords as words } from "./words.ts";

// The title of each chart: what it shows, in one sentence. Pure, so that a test can hold each of them.

type NameOf = (id: string) => string;

/** Where it hurts the most, for who looks for ten seconds. */
export function worstFinding(teams: readonly FigureRow[]): string {
  const judged = worstFirst(teams).filter((row) => ["met", "missed"].includes(judgementOf(row)));
  const below = judged.filter((row) => judgementOf(row) === "missed");
  const [first] = below;
  if (first) {
    const worst = words.worst(
      first.teamName || words.noTeamName,
      percentWords(first.shareMetPercent),
      percentWords(first.targetPercent),
    );
    return below.length > 1 ? `${worst} ${words.alsoBelow(below.length - 1)}` : worst;
  }
  const [only] = judged;
  if (!only) return words.noVerdict;
  return judged.length === 1 ? words.oneMet(only.teamName) : words.allMet;
}

/** What is late now, and what will be. */
export function openFinding(work: readonly OpenWork[]): string {
  const late = sumOf(work, (row) => row.late);
  const forecast = sumOf(work, (row) => row.forecastLate);
  const most = mostOf(work, (row) => row.late);
  const where = most && (most.late === late ? words.allAt : words.mostAt)(most.teamName);
  const now = late > 0n ? words.lateNow(late) + (where ?? "") : words.noneLate;
  return now + (forecast > 0n ? words.willBeLate(forecast) : words.noneWillBeLate);
}

/** How many teams do not make it. */
export function teamsFinding(teams: readonly FigureRow[]): string {
  const verdicts = teams.map(judgementOf).filter((v) => v === "met" || v === "missed");
  if (verdicts.length === 0) return words.teamsUnjudged;
  return words.teamsBelow(verdicts.filter((v) => v === "missed").length, verdicts.length);
}

/** How one team did over the months. */
export function teamFinding(line: readonly MonthPoint[]): string {
  const { met, judged } = monthsMet(line);
  return words.teamMonths(met, judged);
}

/** `dezelfde dag`, `binnen 2 werkdagen`, `na 60 werkdagen of meer`. */
export function withinWords(days: number): string {
  if (days === 0) return words.sameDay;
  return days >= MOST_WORKING_DAYS ? words.afterMost(days) : words.within(days);
}

export function leadFinding(times: readonly AnswerTime[]): string {
  const half = dayReached(times, { of: 1n, in: 2n });
  const most = dayReached(times, { of: 9n, in: 10n });
  if (half === undefined || most === undefined) return words.leadNothing;
  return words.leadFinding(withinWords(half), withinWords(most));
}

export const weekdayWords = (weekday: number): string => words.weekdays[weekday - 1] ?? "";

export function arrivalsFinding(arrivals: readonly Arrival[]): string {
  const most = mostOf(arrivals, (row) => row.cases);
  return most?.when
    ? words.busiest(weekdayWords(most.when.weekday), most.when.hour)
    : words.nothingTitle;
}

/** Fewer than so many more are chance. */
const LEAST_RISE = 5n;

/** Asked clearly more often than before: at least a quarter more, and more than a handful. */
export function isRising({ cases, casesBefore }: TopicFigure): boolean {
  const more = cases - casesBefore;
  return more >= LEAST_RISE && more * 4n >= casesBefore;
}

export function topicsFinding(topics: readonly TopicFigure[], nameOf: NameOf): string {
  const named = topics.filter((topic) => topic.topicId !== "");
  const most = mostOf(named, (topic) => topic.cases);
  if (!most) return words.nothingTitle;
  const rising = mostOf(named.filter(isRising), (topic) => topic.cases - topic.casesBefore);
  const rises = rising ? words.topicsRising(nameOf(rising.topicId)) : "";
  return words.topicsFinding(nameOf(most.topicId)) + rises;
}

/** A share in words that need no percentage: `1 op de 5 vragen`, `7 van de 10 vragen`. */
export function partWords(part: bigint, whole: bigint): string {
  const share = Number(part) / Number(whole);
  if (part === 0n || whole === 0n) return words.none;
  if (part === whole) return words.all;
  if (share < 0.05) return words.nearlyNone;
  if (share >= 0.95) return words.nearlyAll;
  return share <= 0.5 ? words.oneIn(Math.round(1 / share)) : words.mostOf(Math.round(share * 10));
}

/** What the first line handed on: where it could answer more, that is what there is to gain. */
export const handedOn = ({ cases, atFirstContact }: TopicFigure): bigint => cases - atFirstContact;

export function firstLineFinding(topics: readonly TopicFigure[], nameOf: NameOf): string {
  const could = topics.filter((topic) => topic.firstLineCould);
  const most = mostOf(could, handedOn);
  if (most) return words.firstFinding(could.length, nameOf(most.topicId));
  const direct = sumOf(topics, (topic) => topic.atFirstContact);
  return words.firstNone(
    partWords(
      direct,
      sumOf(topics, (topic) => topic.cases),
    ),
  );
}

export function repeatsFinding(repeats: readonly RepeatedQuestion[]): string {
  const most = mostOf(repeats, (row) => row.contacts);
  if (!most) return words.repeatsNone;
  const all = sumOf(repeats, (row) => row.contacts);
  return words.repeatsFinding(
    all,
    channelLabel[most.channel].toLowerCase(),
    channelLabel[most.again].toLowerCase(),
  );
}

export function movesFinding(moves: readonly Move[], nameOf: NameOf): string {
  const most = mostOf(moves, (row) => row.cases);
  if (!most?.teams) return words.movesNone;
  const { fromTeamId, toTeamId } = most.teams;
  return words.movesFinding(nameOf(fromTeamId), nameOf(toTeamId), most.cases);
}

export function holdFinding(times: readonly HoldTime[], nameOf: NameOf): string {
  const [first] = [...times].sort((a, b) => b.medianWorkingDays - a.medianWorkingDays);
  return first ? words.holdFinding(nameOf(first.teamId), first.medianWorkingDays) : words.holdNone;
}
