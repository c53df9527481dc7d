import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "../lib/clients.ts";
import { problemOf } from "../lib/errors.ts";
import { Channel } from "@wissel/api";
import { casesPath, type CasesQuestion, type Figure } from "../lib/figure-cases.ts";
import { daysOf, isoMonth } from "../lib/months.ts";
import type { Filters } from "./filters.ts";

const UNCOUNTED_MS = 5_000;

/** Nothing was ever counted for this municipality; that is done in a moment. */
export const isUncounted = (error: unknown): boolean =>
  error !== null && problemOf(error).reason === "never_counted";

/** What the dashboard shows, asked for again by itself. */
export function useDashboard(filters: Filters, everyMs: number, enabled = true) {
  const { months, teamId, channel, topicId } = filters;
  return useQuery({
    queryKey: ["dashboard", months.first, months.last, teamId, channel, topicId],
    queryFn: () =>
      api.insight.getDashboard({
        firstMonth: isoMonth(months.first),
        lastMonth: isoMonth(months.last),
        teamId,
        channel,
        topicId,
      }),
    enabled,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (isUncounted(state.error) ? UNCOUNTED_MS : everyMs),
  });
}

/**
 * The address of the cases behind a mark, of what the filters leave unless the mark says otherwise. Open
 * work is that of a team whatever the channel and the topic.
 */
export type LinkTo = (figure: Figure, narrower?: Partial<Omit<CasesQuestion, "figure">>) => string;

export function linkOf({ months, teamId, channel, topicId }: Filters): LinkTo {
  const range = daysOf(months);
  const question = { range, teamId, channel, topicId };
  const open = { range, teamId, channel: Channel.UNSPECIFIED, topicId: "" };
  return (figure, narrower = {}) =>
    casesPath({ ...(figure.kind === "open" ? open : question), ...narrower, figure });
}
