import "./dashboard.css";

import { Channel, type GetDashboardResponse } from "@wissel/api";
import { useCallback, useMemo } from "react";
import { Link } from "wouter";
import { longMoment } from "../lib/amsterdam.ts";
import { channelLabel } from "../lib/labels.ts";
import { monthsWords } from "../lib/months.ts";
import { useTeams, useTopics } from "../lib/queries.ts";
import { commonWords } from "../lib/words.ts";
import { dateOf } from "../ui/badges.tsx";
import { useNow } from "../ui/clock.ts";
import { FiguresNav } from "../ui/figures-nav.tsx";
import { Page } from "../ui/page.tsx";
import { Empty, Failed, Loading, Notice } from "../ui/states.tsx";
import { AnswerTimesPanel } from "./answer-times.tsx";
import { ArrivalsPanel } from "./arrivals.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { isNarrowed, type Filters } from "./filters.ts";
import { judgementOf } from "./figures.ts";
import { openFinding, worstFinding } from "./findings.ts";
import { FirstLinePanel } from "./first-line.tsx";
import { Headline } from "./headline.tsx";
import { HoldTimesPanel } from "./hold-times.tsx";
import { Stripes } from "./legend.tsx";
import { MovesPanel } from "./moves.tsx";
import { OpenWorkPanel } from "./open-work.tsx";
import { RepeatsPanel } from "./repeats.tsx";
import { TeamPanels } from "./team-panels.tsx";
import { TopicsPanel } from "./topics.tsx";
import { isUncounted, linkOf, useDashboard } from "./use-dashboard.ts";
import { useFilters } from "./use-filters.ts";
import { dashboardWords as words } from "./words.ts";

const REFRESH_MS = 60_000;

interface PanelsProps {
  dashboard: GetDashboardResponse;
  filters: Filters;
}

/** What hurts, for who looks for ten seconds. */
function Lead({ dashboard, filters }: PanelsProps) {
  const hurts =
    dashboard.teams.some((row) => judgementOf(row) === "missed") ||
    dashboard.openWork.some((row) => row.late + row.forecastLate > 0n);
  return (
    <div className={`wissel-dashboard__lead${hurts ? "" : " wissel-dashboard__lead--good"}`}>
      <p>{worstFinding(dashboard.teams)}</p>
      <p>
        {openFinding(dashboard.openWork)}
        {isNarrowed(filters) && ` (${words.ofAllWork})`}.
      </p>
    </div>
  );
}

function Panels({ dashboard, filters }: PanelsProps) {
  const teams = useTeams();
  const topics = useTopics();
  const linkTo = useMemo(() => linkOf(filters), [filters]);
  const { nameOf: nameOfTopic } = topics;
  const topicName = useCallback(
    (topicId: string) => (topicId === "" ? commonWords.noTopic : nameOfTopic(topicId)),
    [nameOfTopic],
  );
  const teamName = useCallback(
    (teamId: string) => (teamId === "" ? commonWords.noTeam : teams.nameOf(teamId)),
    [teams],
  );
  return (
    <>
      <Stripes />
      <Lead {...{ dashboard, filters }} />
      <Headline {...{ dashboard, filters, linkTo }} />
      <div className="wissel-dashboard__panels">
        <TeamPanels {...{ dashboard, filters, linkTo }} />
        <OpenWorkPanel work={dashboard.openWork} narrowed={isNarrowed(filters)} linkTo={linkTo} />
        <AnswerTimesPanel times={dashboard.answerTimes} linkTo={linkTo} />
        <ArrivalsPanel arrivals={dashboard.arrivals} linkTo={linkTo} />
        <TopicsPanel
          topics={dashboard.topics}
          months={filters.months}
          nameOf={topicName}
          linkTo={linkTo}
        />
        <FirstLinePanel topics={dashboard.topics} nameOf={topicName} linkTo={linkTo} />
        <RepeatsPanel repeats={dashboard.repeatedQuestions} linkTo={linkTo} />
        <MovesPanel moves={dashboard.moves} nameOf={teamName} linkTo={linkTo} />
        <HoldTimesPanel times={dashboard.holdTimes} nameOf={teamName} linkTo={linkTo} />
      </div>
    </>
  );
}

/** Nothing to draw: kind words in place of empty charts. */
function Nothing({ dashboard }: { dashboard: GetDashboardResponse }) {
  const never =
    dashboard.openWork.length === 0 && dashboard.months.every(({ total }) => !total?.received);
  return never ? (
    <Empty title={words.nothingYetTitle}>{words.nothingYet}</Empty>
  ) : (
    <Empty title={words.nothingTitle}>{words.nothing}</Empty>
  );
}

/** Months without a case have no charts; what is open now is shown all the same. */
function Answer({ dashboard, filters }: PanelsProps) {
  const linkTo = useMemo(() => linkOf(filters), [filters]);
  if ((dashboard.total?.received ?? 0n) > 0n) {
    return <Panels dashboard={dashboard} filters={filters} />;
  }
  return (
    <>
      <Nothing dashboard={dashboard} />
      {dashboard.openWork.length > 0 && (
        <>
          <Stripes />
          <OpenWorkPanel work={dashboard.openWork} narrowed={isNarrowed(filters)} linkTo={linkTo} />
        </>
      )}
    </>
  );
}

/** What the figures are about: on paper nothing else tells. */
function About({ filters, asOf }: { filters: Filters; asOf: Date | undefined }) {
  const now = useNow();
  const teams = useTeams();
  const topics = useTopics();
  const { months, teamId, channel, topicId } = filters;
  const narrowed = [
    ...(teamId ? [teams.nameOf(teamId)] : []),
    ...(channel === Channel.UNSPECIFIED ? [] : [channelLabel[channel]]),
    ...(topicId ? [topics.nameOf(topicId)] : []),
  ];
  const wall = new URLSearchParams(teamId ? { team: teamId } : {}).toString();
  return (
    <p className="wissel-dashboard__about">
      {words.about(narrowed, monthsWords(months), asOf ? longMoment(asOf, now) : "")}{" "}
      <Link
        href={`/cijfers/scherm${wall && `?${wall}`}`}
        className="utrecht-link utrecht-link--html-a wissel-no-print"
      >
        {words.toWall}
      </Link>
    </p>
  );
}

/** The figures of the months, for who opens them on Monday: what hurts, where, and which cases. */
export function DashboardPage() {
  const teams = useTeams();
  const topics = useTopics();
  const { filters, passedOver, choose } = useFilters();
  const query = useDashboard(filters, REFRESH_MS);
  const { data, error } = query;
  const uncounted = isUncounted(error);
  return (
    <Page title={commonWords.figures} aside={<FiguresNav />}>
      {passedOver && <Notice type="warning">{words.passedOver}</Notice>}
      <FilterBar filters={filters} teams={teams} topics={topics.data ?? []} onChange={choose} />
      {query.isPending && <Loading what={words.theFigures} />}
      {uncounted && <Notice type="info">{words.uncounted}</Notice>}
      {query.isError && !uncounted && <Failed error={error} retry={() => void query.refetch()} />}
      {query.isError && data && !uncounted && <p className="wissel-hint">{words.stale}</p>}
      {data && (
        <div className="wissel-dashboard" aria-busy={query.isPlaceholderData}>
          <About filters={filters} asOf={dateOf(data.asOf)} />
          <Answer dashboard={data} filters={filters} />
        </div>
      )}
    </Page>
  );
}
