import { useQuery } from "@tanstack/react-query";
import { Role, type Team, type Topic } from "@wissel/api";
import { useMemo } from "react";
import { useSession } from "./session-context.ts";
import { dayOf } from "./amsterdam.ts";
import { api } from "./clients.ts";
import { mayHelpToRetry } from "./errors.ts";
import { calendarPeriod, mondayToFriday, workdayOf, type IsWorkday } from "./workdays.ts";

// What changes seldom and many screens need.

const SELDOM_MS = 10 * 60_000;
const AWAY_MS = 3_000;

/** Asks again by itself while what was asked is away, so that nobody has to; else not. */
export const againWhileAway = ({ state }: { state: { error: unknown } }): number | false =>
  state.error !== null && mayHelpToRetry(state.error) ? AWAY_MS : false;

export interface Teams {
  /** Names are known, or will not come. */
  settled: boolean;
  all: readonly Team[];
  nameOf: (teamId: string) => string;
  /** The KCC's own team; empty while unknown. */
  kccTeamId: string;
}

/** Teams of the municipality; empty while they load. */
export function useTeams(): Teams {
  const { data, isPending } = useQuery({
    queryKey: ["teams"],
    queryFn: async () => (await api.directory.listTeams({})).teams,
    staleTime: SELDOM_MS,
    refetchInterval: againWhileAway,
  });
  return useMemo(() => {
    const all = data ?? [];
    const names = new Map(all.map((team) => [team.teamId, team.name]));
    return {
      settled: !isPending,
      all,
      nameOf: (teamId) => names.get(teamId) ?? teamId,
      kccTeamId: all.find((team) => team.isKcc)?.teamId ?? "",
    };
  }, [data, isPending]);
}

/** Topics of the SOP in force. */
export function useTopics() {
  const query = useQuery({
    queryKey: ["topics"],
    queryFn: async (): Promise<readonly Topic[]> => (await api.router.listTopics({})).topics,
    staleTime: SELDOM_MS,
    refetchInterval: againWhileAway,
  });
  const names = useMemo(() => new Map(query.data?.map((t) => [t.topicId, t.name])), [query.data]);
  return { ...query, nameOf: (topicId: string) => names.get(topicId) ?? topicId };
}

const CALENDAR_ROLES: ReadonlySet<Role> = new Set([
  Role.KCC_AGENT,
  Role.TEAM_MEMBER,
  Role.TEAM_LEAD,
  Role.MANAGER,
  Role.FUNCTIONAL_ADMIN,
]);

/** Working days of the municipality; Monday to Friday until they are known. */
export function useWorkdays(): IsWorkday {
  const session = useSession();
  const { data } = useQuery({
    queryKey: ["calendar"],
    queryFn: () => api.directory.getCalendar(calendarPeriod(dayOf(new Date()))),
    staleTime: SELDOM_MS,
    refetchInterval: againWhileAway,
    enabled: session.roles.some((role) => CALENDAR_ROLES.has(role)),
  });
  return useMemo(() => (data ? workdayOf(data) : mondayToFriday), [data]);
}
