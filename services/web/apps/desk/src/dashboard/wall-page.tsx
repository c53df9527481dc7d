import "./dashboard.css";
import "./wall.css";

import { Channel, type FigureRow, type GetDashboardResponse } from "@wissel/api";
import { useEffect, useId, useMemo, useState } from "react";
import { Link, useSearchParams } from "wouter";
import { clock } from "../lib/amsterdam.ts";
import { monthWords } from "../lib/months.ts";
import { percentWords } from "../lib/share.ts";
import { useTeams } from "../lib/queries.ts";
import { useNow } from "../ui/clock.ts";
import { Failed, Loading } from "../ui/states.tsx";
import { uiWords } from "../ui/words.ts";
import { judgementOf, lineOf, sumOf } from "./figures.ts";
import { monthAt, monthsOf, type Filters } from "./filters.ts";
import { isUncounted, useDashboard } from "./use-dashboard.ts";
import { Verdict } from "./verdict.tsx";
import { WallChart } from "./wall-chart.tsx";
import { dashboardWords as words } from "./words.ts";

const REFRESH_MS = 30_000;

function Figure({ label, value, tone }: { label: string; value: bigint; tone?: string }) {
  return (
    <div
      className={`wissel-wall__number${tone && value > 0n ? ` wissel-wall__number--${tone}` : ""}`}
    >
      <dt>{label}</dt>
      <dd>{value.toLocaleString("nl-NL")}</dd>
    </div>
  );
}

function Numbers({ dashboard }: { dashboard: GetDashboardResponse }) {
  const work = dashboard.openWork;
  return (
    <dl className="wissel-wall__numbers">
      <Figure label={words.wallOpen} value={sumOf(work, (row) => row.open)} />
      <Figure label={words.wallLate} value={sumOf(work, (row) => row.late)} tone="late" />
      <Figure label={words.wallWeek} value={sumOf(work, (row) => row.dueThisWeek)} />
      <Figure
        label={words.wallForecast}
        value={sumOf(work, (row) => row.forecastLate)}
        tone="today"
      />
    </dl>
  );
}

function Share({ row, month }: { row: FigureRow | undefined; month: string }) {
  const known = row !== undefined && row.shareMetPercent !== "";
  return (
    <section className="wissel-wall__share" aria-label={words.wallMonth(month)}>
      <h2>{words.wallMonth(month)}</h2>
      <p className="wissel-wall__percent">{known ? percentWords(row.shareMetPercent) : "–"}</p>
      <p>
        {row?.targetPercent && <>{words.target(percentWords(row.targetPercent))} </>}
        <Verdict judgement={judgementOf(row)} />
      </p>
    </section>
  );
}

interface ConnectionProps {
  /** When the figures on screen came. */
  updatedAt: number;
  lost: boolean;
}

/** Whether the figures are of now; when they are not, in plain sight. */
function Connection({ updatedAt, lost }: ConnectionProps) {
  const at = updatedAt > 0 ? clock(new Date(updatedAt)) : undefined;
  return (
    <p className="wissel-wall__sign" role="status" data-lost={lost}>
      {lost
        ? at === undefined
          ? words.wallNever
          : words.wallLost(at)
        : at !== undefined && words.wallFresh(at)}
    </p>
  );
}

/** Whether the browser itself has a network. */
function useOnline(): boolean {
  const [online, setOnline] = useState(() => navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    window.addEventListener("online", look);
    window.addEventListener("offline", look);
    return () => {
      window.removeEventListener("online", look);
      window.removeEventListener("offline", look);
    };
  }, []);
  return online;
}

function TeamSelect({ teamId }: { teamId: string }) {
  const teams = useTeams();
  const [, setParams] = useSearchParams();
  const id = useId();
  return (
    <span className="wissel-wall__choice">
      <label htmlFor={id} className="wissel-unseen">
        {words.wallTeam}
      </label>
      <select
        id={id}
        className="utrecht-select utrecht-select--html-select"
        value={teamId}
        onChange={(event) =>
          setParams(event.target.value === "" ? {} : { team: event.target.value })
        }
      >
        <option value="">{words.allTeams}</option>
        {teams.all.map((team) => (
          <option key={team.teamId} value={team.teamId}>
            {team.name}
          </option>
        ))}
      </select>
    </span>
  );
}

/** One screen for the team room: live, without a menu, and without anything about persons. */
export function WallPage() {
  const [params] = useSearchParams();
  const teams = useTeams();
  const online = useOnline();
  const month = monthAt(useNow());
  const asked = params.get("team") ?? "";
  const exists = teams.all.length === 0 || teams.all.some(({ teamId }) => teamId === asked);
  const teamId = exists ? asked : "";
  const filters = useMemo<Filters>(
    () => ({
      preset: "deze-maand",
      months: monthsOf("deze-maand", month),
      teamId,
      channel: Channel.UNSPECIFIED,
      topicId: "",
    }),
    [month, teamId],
  );
  const query = useDashboard(filters, REFRESH_MS);
  const name = teamId ? teams.nameOf(teamId) : words.allTeams;
  useEffect(() => {
    document.title = uiWords.pageTitle(words.wallTitle(name));
  }, [name]);
  const { data, error } = query;
  const line = useMemo(
    () => data && lineOf(data, filters.months, (of) => of.total),
    [data, filters.months],
  );
  const lost = !online || (query.isError && !isUncounted(error)) || query.failureCount > 0;
  return (
    <main className="wissel-wall">
      <header className="wissel-wall__head">
        <h1>{name}</h1>
        <Connection updatedAt={query.dataUpdatedAt} lost={lost} />
        <TeamSelect teamId={teamId} />
        <Link href="/cijfers" className="utrecht-link utrecht-link--html-a">
          {words.wallBack}
        </Link>
      </header>
      {query.isPending && <Loading what={words.theFigures} />}
      {isUncounted(error) && <p>{words.uncounted}</p>}
      {query.isError && !data && !isUncounted(error) && (
        <Failed error={error} retry={() => void query.refetch()} />
      )}
      {data && line && (
        <div className="wissel-wall__body" aria-busy={query.isPlaceholderData}>
          <Numbers dashboard={data} />
          <Share row={data.total} month={monthWords(month)} />
          <section className="wissel-wall__year" aria-label={words.wallYear}>
            <h2>{words.wallYear}</h2>
            <WallChart line={line} months={filters.months} />
          </section>
        </div>
      )}
    </main>
  );
}
