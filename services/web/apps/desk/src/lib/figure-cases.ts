import { create } from "@bufbuild/protobuf";
import { EmptySchema } from "@bufbuild/protobuf/wkt";
import {
  ArrivalHourSchema,
  Channel,
  FigureMarkSchema,
  OpenKind,
  TeamMoveSchema,
  Verdict,
  type FigureMark,
  type ListFigureCasesRequest,
} from "@wissel/api";
import { channelLabel, verdictLabel } from "./labels.ts";
import { rangeOf, rangeParams, type DayRange } from "./period.ts";

// The address of the cases behind a figure: a screen with figures writes it, the list of cases reads
// it.

/** Which cases of those that are asked for: what a number or a mark stands for. */
export type Figure =
  | { kind: "verdict"; verdict: Verdict }
  | { kind: "arrival"; weekday: number; hour: number }
  | { kind: "answered"; workingDays: number }
  | { kind: "again"; channel: Channel }
  | { kind: "moved"; from: string; to: string }
  | { kind: "held"; by: string }
  | { kind: "first-contact"; direct: boolean }
  | { kind: "open"; late: boolean }
  | { kind: "all" };

export interface CasesQuestion {
  /** Received in it; passed over for what is open now. */
  range: DayRange;
  /** Empty: all. */
  teamId: string;
  /** UNSPECIFIED: all. */
  channel: Channel;
  /** Empty: all. */
  topicId: string;
  figure: Figure;
}

/** Stands for so many working days until an answer, and more. */
export const MOST_WORKING_DAYS = 60;

/** A member of an enum from an address; the first (unspecified) if it is none. */
export function enumOf<T extends number>(
  text: string | null,
  members: Readonly<Record<T, string>>,
): T {
  const values = Object.keys(members).map((key) => Number(key) as T);
  return values.find((value) => String(value) === text) ?? (0 as T);
}

function figureParams(figure: Figure): Record<string, string> {
  switch (figure.kind) {
    case "verdict":
      return { uitkomst: String(figure.verdict) };
    case "arrival":
      return { aankomst: `${figure.weekday}-${figure.hour}` };
    case "answered":
      return { dagen: String(figure.workingDays) };
    case "again":
      return { opnieuw: String(figure.channel) };
    case "moved":
      return { vanteam: figure.from, naar: figure.to };
    case "held":
      return { lagbij: figure.by };
    case "first-contact":
      return { direct: figure.direct ? "ja" : "nee" };
    case "open":
      return { open: figure.late ? "te-laat" : "deze-week" };
    case "all":
      return { alles: "ja" };
  }
}

/** The address of the cases behind a figure. */
export function casesPath({ range, teamId, channel, topicId, figure }: CasesQuestion): string {
  const params = new URLSearchParams({
    ...rangeParams(range),
    ...(teamId && { team: teamId }),
    ...(channel !== Channel.UNSPECIFIED && { kanaal: String(channel) }),
    ...(topicId && { onderwerp: topicId }),
    ...figureParams(figure),
  });
  return `/cijfers/zaken?${params}`;
}

function whole(text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined || !/^\d{1,2}$/.test(text)) return undefined;
  const value = Number(text);
  return value >= least && value <= most ? value : undefined;
}

type Reader = (value: string, params: URLSearchParams) => Figure | undefined;

const readers: Readonly<Record<string, Reader>> = {
  uitkomst: (value) => {
    const verdict = enumOf(value, verdictLabel);
    return verdict === Verdict.UNSPECIFIED ? undefined : { kind: "verdict", verdict };
  },
  aankomst: (value) => {
    const [day, at] = value.split("-");
    const weekday = whole(day, 1, 7);
    const hour = whole(at, 0, 23);
    if (weekday === undefined || hour === undefined) return undefined;
    return { kind: "arrival", weekday, hour };
  },
  dagen: (value) => {
    const workingDays = whole(value, 0, MOST_WORKING_DAYS);
    return workingDays === undefined ? undefined : { kind: "answered", workingDays };
  },
  opnieuw: (value) => {
    const channel = enumOf(value, channelLabel);
    return channel === Channel.UNSPECIFIED ? undefined : { kind: "again", channel };
  },
  naar: (to, params) => {
    const from = params.get("vanteam");
    return from && to ? { kind: "moved", from, to } : undefined;
  },
  lagbij: (by) => (by ? { kind: "held", by } : undefined),
  direct: (value) =>
    value === "ja" || value === "nee"
      ? { kind: "first-contact", direct: value === "ja" }
      : undefined,
  open: (value) =>
    value === "te-laat" || value === "deze-week"
      ? { kind: "open", late: value === "te-laat" }
      : undefined,
  alles: (value) => (value === "ja" ? { kind: "all" } : undefined),
};

function readFigure(params: URLSearchParams): Figure | undefined {
  for (const [name, read] of Object.entries(readers)) {
    const value = params.get(name);
    if (value !== null) return read(value, params);
  }
  return undefined;
}

/** What an address asks for; undefined if it names no figure or no whole period. */
export function readCasesQuestion(params: URLSearchParams, now: Date): CasesQuestion | undefined {
  const range = rangeOf("vrij", params.get("van") ?? "", params.get("tot") ?? "", now);
  const figure = readFigure(params);
  if (!range || !figure) return undefined;
  return {
    range,
    teamId: params.get("team") ?? "",
    channel: enumOf(params.get("kanaal"), channelLabel),
    topicId: params.get("onderwerp") ?? "",
    figure,
  };
}

type MarkKind = Exclude<FigureMark["kind"], { case: undefined }>;

function kindOf(figure: Exclude<Figure, { kind: "verdict" }>): MarkKind {
  switch (figure.kind) {
    case "arrival":
      return {
        case: "arrival",
        value: create(ArrivalHourSchema, { weekday: figure.weekday, hour: figure.hour }),
      };
    case "answered":
      return { case: "answeredAfter", value: figure.workingDays };
    case "again":
      return { case: "askedAgain", value: figure.channel };
    case "moved":
      return {
        case: "moved",
        value: create(TeamMoveSchema, { fromTeamId: figure.from, toTeamId: figure.to }),
      };
    case "held":
      return { case: "heldBy", value: figure.by };
    case "first-contact":
      return { case: "atFirstContact", value: figure.direct };
    case "open":
      return { case: "open", value: figure.late ? OpenKind.LATE : OpenKind.DUE_THIS_WEEK };
    case "all":
      return { case: "received", value: create(EmptySchema) };
  }
}

/** The figure as the contract asks for it. */
export function askedOf(figure: Figure): Pick<ListFigureCasesRequest, "verdict" | "mark"> {
  if (figure.kind === "verdict") return { verdict: figure.verdict };
  return {
    verdict: Verdict.UNSPECIFIED,
    mark: create(FigureMarkSchema, { kind: kindOf(figure) }),
  };
}
