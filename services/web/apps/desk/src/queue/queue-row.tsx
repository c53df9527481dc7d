import { Button } from "@utrecht/component-library-react";
import { CaseAction, type CaseSummary, type Session } from "@wissel/api";
import { Link } from "wouter";
import { mayOpenCases } from "../lib/access.ts";
import { channelLabel } from "../lib/labels.ts";
import { useTeams, useTopics } from "../lib/queries.ts";
import { formatReference } from "../lib/reference.ts";
import { Due } from "../ui/badges.tsx";
import { PreferredWords } from "../ui/preferred-moment.tsx";
import { ShownText, Subject } from "../ui/shown-text.tsx";
import { queueWords } from "./words.ts";
import { commonWords } from "../lib/words.ts";

interface Props {
  summary: CaseSummary;
  session: Session;
  /** It came or changed a moment ago. */
  fresh: boolean;
  busy: boolean;
  onClaim: () => void;
}

function Holder({ summary, session }: Pick<Props, "summary" | "session">) {
  if (!summary.claimedBy) {
    return (
      <span className="wissel-muted">
        <span aria-hidden="true">–</span>
        <span className="wissel-unseen">{commonWords.nobody}</span>
      </span>
    );
  }
  if (summary.claimedBy === session.accountId) return <strong>{commonWords.yourself}</strong>;
  return <>{summary.claimedByName}</>;
}

/** A team gave the case back: the KCC is to find another one. */
function Returned({ suggestedTeamId }: { suggestedTeamId: string }) {
  const { nameOf } = useTeams();
  return (
    <span className="wissel-badge wissel-badge--bad">
      {queueWords.returned}
      {suggestedTeamId && queueWords.suggestion(nameOf(suggestedTeamId))}
    </span>
  );
}

export function QueueRow({ summary, session, fresh, busy, onClaim }: Props) {
  const topics = useTopics();
  const number = formatReference(summary.reference);
  const topic = summary.topicId ? topics.nameOf(summary.topicId) : "";
  const mayClaim = summary.allowedActions.includes(CaseAction.CLAIM);
  return (
    <tr
      className={fresh ? "wissel-row--fresh" : undefined}
      data-reference={summary.reference.toString()}
    >
      <td>
        <Due at={summary.dueAt} />
      </td>
      <td>
        {mayOpenCases(session) ? (
          <Link
            href={`/zaak/${summary.reference}`}
            className="utrecht-link utrecht-link--html-a wissel-row__number"
            data-row-link
          >
            {number}
          </Link>
        ) : (
          <span className="wissel-row__number">{number}</span>
        )}
        <span className="wissel-row__second">
          <ShownText text={summary.customerName || commonWords.nameUnknown} />
        </span>
      </td>
      <td className="wissel-row__subject">
        <Subject of={summary.subject} />
        <span className="wissel-row__second">
          {topic}
          {summary.returned && <Returned suggestedTeamId={summary.suggestedTeamId} />}
          {summary.routingPending && (
            <span className="wissel-badge wissel-badge--pending">{queueWords.routingPending}</span>
          )}
        </span>
      </td>
      <td>
        {channelLabel[summary.channel]}
        <span className="wissel-row__second">
          <PreferredWords summary={summary} />
          {summary.attempts > 0 && <span>{queueWords.attempts(summary.attempts)}</span>}
        </span>
      </td>
      <td>
        <Holder summary={summary} session={session} />
      </td>
      <td className="wissel-row__action">
        {mayClaim && (
          <Button appearance="secondary-action-button" busy={busy} onClick={onClaim}>
            {commonWords.claim}
            <span className="wissel-unseen">{queueWords.ofCase(number)}</span>
          </Button>
        )}
      </td>
    </tr>
  );
}
