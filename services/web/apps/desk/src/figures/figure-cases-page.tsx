import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { useQuery } from "@tanstack/react-query";
import type { FigureCase } from "@wissel/api";
import { Link, useLocation, useSearchParams } from "wouter";
import { mayOpenCases } from "../lib/access.ts";
import { dayWords, shortMoment } from "../lib/amsterdam.ts";
import { api } from "../lib/clients.ts";
import { workdaysLate } from "../lib/due.ts";
import {
  MOST_WORKING_DAYS,
  askedOf,
  casesPath,
  readCasesQuestion,
  type CasesQuestion,
  type Figure,
} from "../lib/figure-cases.ts";
import { channelLabel, verdictLabel } from "../lib/labels.ts";
import { momentsOf } from "../lib/period.ts";
import { useTeams, useTopics, useWorkdays } from "../lib/queries.ts";
import { formatReference } from "../lib/reference.ts";
import { useSession } from "../lib/session-context.ts";
import { dateOf } from "../ui/badges.tsx";
import { useNow } from "../ui/clock.ts";
import { MessagePage, Page } from "../ui/page.tsx";
import { Empty, Failed, Loading, Notice } from "../ui/states.tsx";
import { figuresWords } from "./words.ts";
import { commonWords } from "../lib/words.ts";

/** What the cases have in common, in words. */
function useFigureWords(figure: Figure): string {
  const { nameOf } = useTeams();
  switch (figure.kind) {
    case "verdict":
      return verdictLabel[figure.verdict];
    case "arrival":
      return figuresWords.receivedAt(figuresWords.weekdays[figure.weekday - 1] ?? "", figure.hour);
    case "answered":
      return answeredWords(figure.workingDays);
    case "again":
      return figuresWords.askedAgain(channelLabel[figure.channel].toLowerCase());
    case "moved":
      return figuresWords.moved(nameOf(figure.from), nameOf(figure.to));
    case "held":
      return figuresWords.heldBy(nameOf(figure.by));
    case "first-contact":
      return figure.direct ? figuresWords.direct : figuresWords.notDirect;
    case "open":
      return figure.late ? figuresWords.lateNow : figuresWords.dueThisWeek;
    case "all":
      return figuresWords.allReceived;
  }
}

function answeredWords(workingDays: number): string {
  if (workingDays === 0) return figuresWords.answeredSameDay;
  return workingDays >= MOST_WORKING_DAYS
    ? figuresWords.answeredAfterMost(workingDays)
    : figuresWords.answeredAfter(workingDays);
}

/** Whose cases they are, and of when. */
function useWhere({ range, teamId, channel, topicId, figure }: CasesQuestion): string {
  const teams = useTeams();
  const topics = useTopics();
  return [
    teamId ? teams.nameOf(teamId) : commonWords.allTeams,
    channelLabel[channel].toLowerCase(),
    ...(topicId ? [topics.nameOf(topicId)] : []),
    figure.kind === "open"
      ? figuresWords.openNow
      : figuresWords.period(dayWords(range.first), dayWords(range.last)),
  ].join(", ");
}

/** The cases behind one figure. */
export function FigureCasesPage() {
  const [params] = useSearchParams();
  const question = readCasesQuestion(params, useNow());
  if (!question) {
    return <MessagePage title={figuresWords.casesTitle}>{figuresWords.chooseFigure}</MessagePage>;
  }
  return <CasesOf question={question} />;
}

function CasesOf({ question }: { question: CasesQuestion }) {
  const { range, teamId, channel, topicId, figure } = question;
  const what = useFigureWords(figure);
  const where = useWhere(question);
  const query = useQuery({
    queryKey: ["figure-cases", casesPath(question)],
    queryFn: () => {
      const { from, to } = momentsOf(range);
      const received = { from: timestampFromDate(from), to: timestampFromDate(to) };
      return api.insight.listFigureCases({
        received,
        teamId,
        channel,
        topicId,
        ...askedOf(figure),
      });
    },
  });
  return (
    <Page title={figuresWords.casesOf(what)} aside={<Back />}>
      <p className="wissel-page__lead">{where}</p>
      {query.isPending && <Loading what={commonWords.theCases} />}
      {query.isError && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.data?.truncated && (
        <Notice type="info">{figuresWords.truncated(query.data.cases.length)}</Notice>
      )}
      {query.data?.cases.length === 0 && <Empty title={figuresWords.noCases} />}
      {query.data && query.data.cases.length > 0 && (
        <>
          {!query.data.truncated && (
            <p className="wissel-hint">{figuresWords.caseCount(query.data.cases.length)}</p>
          )}
          <CasesTable cases={query.data.cases} />
        </>
      )}
    </Page>
  );
}

function Back() {
  const [, navigate] = useLocation();
  return (
    <button
      type="button"
      className="utrecht-link-button utrecht-link-button--html-button"
      onClick={() => {
        // In a tab of its own there is nothing to go back to.
        if (window.history.length > 1) window.history.back();
        else navigate("/cijfers");
      }}
    >
      {figuresWords.back}
    </button>
  );
}

const columns = [
  commonWords.case,
  commonWords.team,
  commonWords.channel,
  commonWords.received,
  commonWords.due,
  figuresWords.done,
  figuresWords.workdaysLate,
];

function CasesTable({ cases }: { cases: readonly FigureCase[] }) {
  const teams = useTeams();
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways on a small screen
    <div className="wissel-scroll" role="region" aria-label={commonWords.cases} tabIndex={0}>
      <table className="utrecht-table wissel-table">
        <caption className="wissel-unseen">{figuresWords.casesCaption}</caption>
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cases.map((one) => (
            <CaseRow key={one.reference.toString()} one={one} team={teams.nameOf(one.teamId)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CaseRow({ one, team }: { one: FigureCase; team: string }) {
  const now = useNow();
  const session = useSession();
  const number = formatReference(one.reference);
  const words = (moment: Date | undefined, absent: string) =>
    moment ? shortMoment(moment, now) : <span className="wissel-muted">{absent}</span>;
  return (
    <tr>
      <th scope="row">
        {mayOpenCases(session) ? (
          <Link href={`/zaak/${one.reference}`} className="utrecht-link utrecht-link--html-a">
            {number}
          </Link>
        ) : (
          number
        )}
      </th>
      <td>{team}</td>
      <td>{channelLabel[one.channel]}</td>
      <td>{words(dateOf(one.receivedAt), "–")}</td>
      <td>{words(dateOf(one.dueAt), commonWords.noNorm)}</td>
      <td>{words(dateOf(one.satisfiedAt), commonWords.notYet)}</td>
      <td>
        <WorkdaysLate one={one} />
      </td>
    </tr>
  );
}

/** How late it was, or is by now. */
function WorkdaysLate({ one }: { one: FigureCase }) {
  const now = useNow();
  const isWorkday = useWorkdays();
  const due = dateOf(one.dueAt);
  const late = due && workdaysLate(due, dateOf(one.satisfiedAt) ?? now, isWorkday);
  if (late === undefined) return <span className="wissel-muted">{figuresWords.inTime}</span>;
  return late === 0 ? figuresWords.lessThanADay : late;
}
