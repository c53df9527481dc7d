import { useQuery } from "@tanstack/react-query";
import { Role, type CaseSummary, type Session, type WatchQueueResponse } from "@wissel/api";
import { useCallback } from "react";
import { Redirect, useParams } from "wouter";
import { mayOpenCases } from "../lib/access.ts";
import { api } from "../lib/clients.ts";
import { useTeams } from "../lib/queries.ts";
import type { QueueState } from "./queue-state.ts";
import { formatReference } from "../lib/reference.ts";
import { subjectWords } from "../lib/shown-text.ts";
import { useSession } from "../lib/session-context.ts";
import { useAnnounce } from "../ui/announcer.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { Page } from "../ui/page.tsx";
import { Empty, Failed, Loading } from "../ui/states.tsx";
import { LiveSign } from "./live-sign.tsx";
import { CountTiles } from "./count-tiles.tsx";
import { QueueTable } from "./queue-table.tsx";
import { TeamChooser } from "./team-chooser.tsx";
import { useQueue } from "./use-queue.ts";
import { queueWords } from "./words.ts";
import { commonWords } from "../lib/words.ts";

const REFRESH_MS = 60_000;

/** The team to open with: the KCC for its agents, else the first own team. */
function homeTeam(session: Session, kccTeamId: string, open: readonly string[]): string {
  const own = session.teamIds.find((id) => open.includes(id));
  if (session.roles.includes(Role.KCC_AGENT) && open.includes(kccTeamId)) return kccTeamId;
  return own ?? open[0] ?? "";
}

export function QueuePage() {
  const { team } = useParams();
  const session = useSession();
  const teams = useTeams();
  const counts = useQuery({
    queryKey: ["queue-counts"],
    queryFn: async () => (await api.cases.countQueues({})).counts,
    refetchInterval: REFRESH_MS,
  });
  const open = counts.data?.map((c) => c.teamId) ?? [];
  if (!team || !teams.settled) {
    const home = team ? "" : homeTeam(session, teams.kccTeamId, open);
    if (home && teams.settled) {
      return <Redirect to={`/werkvoorraad/${encodeURIComponent(home)}`} replace />;
    }
    return (
      <Page title={commonWords.queue}>
        {counts.isError && <Failed error={counts.error} retry={() => void counts.refetch()} />}
        {!counts.isError && (!counts.data || !teams.settled) && (
          <Loading what={queueWords.theQueue} />
        )}
        {counts.data && teams.settled && (
          <Empty title={queueWords.noTeam}>{queueWords.noTeamAdvice}</Empty>
        )}
      </Page>
    );
  }
  const chooser = <TeamChooser teamId={team} counts={counts.data ?? []} />;
  return <TeamQueue key={team} teamId={team} chooser={chooser} />;
}

/** What a screen reader hears of a change; a snapshot after a loss is told as one sentence. */
function changeWords(before: QueueState, message: WatchQueueResponse): string[] {
  if (message.snapshot) return [];
  const known = new Map(before.cases.map((c) => [c.reference, c]));
  const words = (c: CaseSummary): string | undefined => {
    const old = known.get(c.reference);
    if (!old) return queueWords.newCase(subjectWords(c.subject));
    if (c.claimedBy && c.claimedBy !== old.claimedBy) {
      return queueWords.claimedBy(formatReference(c.reference), c.claimedByName);
    }
    return undefined;
  };
  const removed = message.removed.filter((r) => known.has(r));
  return [
    ...message.changed.map(words).filter((w) => w !== undefined),
    ...removed.map((r) => queueWords.removed(formatReference(r))),
  ];
}

function ListKeys() {
  return (
    <p className="wissel-hint wissel-queue__keys">
      <Kbd>↑</Kbd> <Kbd>↓</Kbd> {queueWords.keysMove} <Kbd>Enter</Kbd> {queueWords.keysOpen}
    </p>
  );
}

const SAID_APART_MAX = 3;

function TeamQueue({ teamId, chooser }: { teamId: string; chooser: React.ReactNode }) {
  const announce = useAnnounce();
  const teams = useTeams();
  const session = useSession();
  const onMessage = useCallback(
    (before: QueueState, message: WatchQueueResponse) => {
      const words = changeWords(before, message);
      if (words.length > SAID_APART_MAX) announce(queueWords.manyChanged(words.length));
      else words.forEach(announce);
    },
    [announce],
  );
  const queue = useQueue(teamId, onMessage);
  const { state, loaded } = queue;
  const name = teams.nameOf(teamId);
  return (
    <Page
      title={queueWords.title(name)}
      heading={
        <>
          {commonWords.queue} <span className="wissel-page__sub">{name}</span>
        </>
      }
      aside={(loaded || queue.error === undefined) && <LiveSign queue={queue} />}
    >
      <div className="wissel-queue">
        {chooser}
        <div className="wissel-queue__main">
          {queue.error !== undefined &&
            (queue.status.name === "stopped" || (!loaded && queue.status.name !== "live")) && (
              <Failed error={queue.error} retry={queue.reconnect} />
            )}
          {loaded && state.counts && (
            <div className="wissel-queue__bar">
              <CountTiles counts={state.counts} />
              {mayOpenCases(session) && state.cases.length > 0 && <ListKeys />}
            </div>
          )}
          {!loaded && queue.error === undefined && <Loading what={commonWords.theCases} />}
          {loaded && state.cases.length === 0 && (
            <Empty title={queueWords.empty}>{queueWords.emptyAdvice}</Empty>
          )}
          {state.cases.length > 0 && <QueueTable queue={queue} teamId={teamId} />}
        </div>
      </div>
    </Page>
  );
}
