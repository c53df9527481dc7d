import { Channel } from "@wissel/api";
import { dayOf } from "../lib/amsterdam.ts";
import { enumOf } from "../lib/figure-cases.ts";
import { channelLabel } from "../lib/labels.ts";
import { isoMonth, monthOfDay, parseMonth, type Month, type MonthRange } from "../lib/months.ts";

// What the dashboard is about, as the address of the page says it.

export const presets = [
  "drie-maanden",
  "deze-maand",
  "vorige-maand",
  "kwartaal",
  "dertien-maanden",
  "vrij",
] as const;

/** A period by its name, so that a bookmark goes with the calendar, or months of one's own choice. */
export type Preset = (typeof presets)[number];

export interface Filters {
  preset: Preset;
  months: MonthRange;
  /** Empty: all. */
  teamId: string;
  /** UNSPECIFIED: all. */
  channel: Channel;
  /** Empty: all. */
  topicId: string;
}

/** Whether the figures are about some of a team's work; what is open is always about all of it. */
export const isNarrowed = ({ channel, topicId }: Filters): boolean =>
  channel !== Channel.UNSPECIFIED || topicId !== "";

/** The most months that the server answers for. */
export const MOST_MONTHS = 60;

/** How far back a month can be chosen. */
const EARLIEST = parseMonth("2000-01") ?? 0;

/** The month in which the municipality is. */
export const monthAt = (now: Date): Month => monthOfDay(dayOf(now));

/** The months of a name; those of one's own choice begin as the default. */
export function monthsOf(preset: Preset, thisMonth: Month): MonthRange {
  const last = thisMonth;
  switch (preset) {
    case "deze-maand":
      return { first: last, last };
    case "vorige-maand":
      return { first: last - 1, last: last - 1 };
    case "kwartaal":
      return { first: last - (last % 3), last };
    case "dertien-maanden":
      return { first: last - 12, last };
    case "drie-maanden":
    case "vrij":
      return { first: last - 2, last };
  }
}

/** The months that an address names; undefined if they are none that can be asked for. */
function freeMonths(from: string, to: string, thisMonth: Month): MonthRange | undefined {
  const first = parseMonth(from);
  const last = parseMonth(to);
  if (first === undefined || last === undefined) return undefined;
  const inOrder = first <= last && last - first < MOST_MONTHS;
  const inSight = first >= EARLIEST && last <= thisMonth;
  return inOrder && inSight ? { first, last } : undefined;
}

function readMonths(
  params: URLSearchParams,
  thisMonth: Month,
): Pick<Filters, "preset" | "months"> & {
  understood: boolean;
} {
  const from = params.get("van");
  const to = params.get("tot");
  if (from !== null || to !== null) {
    const months = freeMonths(from ?? "", to ?? "", thisMonth);
    if (months) return { preset: "vrij", months, understood: true };
    return {
      preset: "drie-maanden",
      months: monthsOf("drie-maanden", thisMonth),
      understood: false,
    };
  }
  const asked = params.get("periode") ?? "drie-maanden";
  const preset = presets.find((name) => name === asked) ?? "drie-maanden";
  return { preset, months: monthsOf(preset, thisMonth), understood: preset === asked };
}

export interface ReadFilters {
  filters: Filters;
  /** Something in the address was not understood, and everything of its kind is shown instead. */
  passedOver: boolean;
}

/** What an address asks for. `teamIds`: those that exist; absent while they are not known. */
export function readFilters(
  params: URLSearchParams,
  thisMonth: Month,
  teamIds?: ReadonlySet<string>,
): ReadFilters {
  const { preset, months, understood } = readMonths(params, thisMonth);
  const channelAsked = params.get("kanaal");
  const channel = enumOf(channelAsked, channelLabel);
  const teamAsked = params.get("team") ?? "";
  const teamId = teamIds && !teamIds.has(teamAsked) ? "" : teamAsked;
  const channelKnown = channelAsked === null || channel !== Channel.UNSPECIFIED;
  return {
    filters: { preset, months, teamId, channel, topicId: params.get("onderwerp") ?? "" },
    passedOver: !understood || !channelKnown || teamId !== teamAsked,
  };
}

/** The address of a choice; what stands for everything is left out. */
export function filterParams(filters: Filters): URLSearchParams {
  const { preset, months, teamId, channel, topicId } = filters;
  const params = new URLSearchParams();
  if (preset === "vrij") {
    params.set("van", isoMonth(months.first));
    params.set("tot", isoMonth(months.last));
  } else if (preset !== "drie-maanden") {
    params.set("periode", preset);
  }
  if (teamId) params.set("team", teamId);
  if (channel !== Channel.UNSPECIFIED) params.set("kanaal", String(channel));
  if (topicId) params.set("onderwerp", topicId);
  return params;
}

/** Months to choose from, the latest first: three years back, and further if that is shown now. */
export function monthChoices(thisMonth: Month, shown: MonthRange): Month[] {
  const first = Math.min(thisMonth - 36, shown.first);
  return Array.from({ length: thisMonth - first + 1 }, (_, back) => thisMonth - back);
}

/** Puts one end of the months elsewhere; the other end follows where it must. */
export function withEnd(months: MonthRange, end: "first" | "last", to: Month): MonthRange {
  if (end === "first") {
    return { first: to, last: Math.min(Math.max(to, months.last), to + MOST_MONTHS - 1) };
  }
  return { first: Math.max(Math.min(to, months.first), to - MOST_MONTHS + 1), last: to };
}
