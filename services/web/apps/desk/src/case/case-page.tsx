import { CaseState, type Case } from "@wissel/api";
import type { ReactNode } from "react";
import { Link, useParams } from "wouter";
import { problemOf } from "../lib/errors.ts";
import { useTeams } from "../lib/queries.ts";
import { formatReference, parseReference, referenceError } from "../lib/reference.ts";
import { useSession } from "../lib/session-context.ts";
import { Due, StateBadge } from "../ui/badges.tsx";
import { MessagePage, Page } from "../ui/page.tsx";
import { Subject } from "../ui/shown-text.tsx";
import { Failed, Loading, Notice } from "../ui/states.tsx";
import { CaseActions } from "./case-actions.tsx";
import { CaseHistory } from "./case-history.tsx";
import { AddedContacts, CustomerPanel, DecisionSummary, QuestionPanel } from "./case-panels.tsx";
import { useCase } from "./use-case.ts";
import { caseWords } from "./words.ts";
import { commonWords } from "../lib/words.ts";

export function CasePage() {
  const { reference: text = "" } = useParams();
  const reference = parseReference(text);
  const error = referenceError(text);
  if (error !== undefined || reference === undefined) {
    return <MessagePage title={caseWords.noCaseNumber}>{error}</MessagePage>;
  }
  return <CaseByReference key={reference.toString()} reference={reference} />;
}

function CaseByReference({ reference }: { reference: bigint }) {
  const query = useCase(reference);
  const title = caseWords.title(formatReference(reference));
  if (query.data?.summary) {
    const away = query.isError ? (
      <Away error={query.error} retry={() => void query.refetch()} />
    ) : null;
    return <CaseView subject={query.data} notice={away} />;
  }
  return (
    <Page title={title}>
      {query.isPending ? (
        <Loading what={caseWords.theCase} />
      ) : (
        <Failed error={query.error} retry={() => void query.refetch()} />
      )}
    </Page>
  );
}

/** What is on screen cannot be renewed. */
function Away({ error, retry }: { error: unknown; retry: () => void }) {
  if (problemOf(error).reason !== "not_in_team") return <Failed error={error} retry={retry} />;
  return <Notice type="info">{caseWords.notWithYourTeam}</Notice>;
}

function CaseView({ subject, notice }: { subject: Case; notice: ReactNode }) {
  const { summary } = subject;
  if (!summary) return null;
  const number = formatReference(summary.reference);
  return (
    <Page
      title={caseWords.title(number)}
      heading={
        <>
          <span className="wissel-page__sub">{caseWords.title(number)}</span>{" "}
          <Subject of={subject.question?.subject} />
        </>
      }
    >
      {notice}
      <Facts subject={subject} />
      <div className="wissel-case">
        <div className="wissel-case__main">
          <QuestionPanel subject={subject} />
          <AddedContacts subject={subject} />
          <CaseActions subject={subject} />
        </div>
        <div className="wissel-case__side">
          <CustomerPanel subject={subject} />
          <DecisionSummary subject={subject} />
          <CaseHistory subject={subject} />
        </div>
      </div>
    </Page>
  );
}

/** State, due moment, team and holder in one line under the title. */
function Facts({ subject: { summary } }: { subject: Case }) {
  const teams = useTeams();
  const session = useSession();
  if (!summary) return null;
  const closed = summary.state === CaseState.CLOSED;
  const holder =
    summary.claimedBy === session.accountId ? commonWords.yourself : summary.claimedByName;
  return (
    <dl className="wissel-facts">
      <div>
        <dt>{caseWords.state}</dt>
        <dd>
          <StateBadge summary={summary} />
        </dd>
      </div>
      <div>
        <dt>{commonWords.due}</dt>
        <dd>
          <Due at={summary.dueAt} closed={closed} />
        </dd>
      </div>
      <div>
        <dt>{commonWords.team}</dt>
        <dd>
          {summary.teamId ? (
            <Link
              href={`/werkvoorraad/${encodeURIComponent(summary.teamId)}`}
              className="utrecht-link utrecht-link--html-a"
            >
              {teams.nameOf(summary.teamId)}
            </Link>
          ) : (
            caseWords.noTeam
          )}
        </dd>
      </div>
      {!closed && (
        <div>
          <dt>{commonWords.holder}</dt>
          <dd>{holder || commonWords.nobody}</dd>
        </div>
      )}
      {summary.attempts > 0 && (
        <div>
          <dt>{caseWords.notReached}</dt>
          <dd>{summary.attempts}×</dd>
        </div>
      )}
    </dl>
  );
}
