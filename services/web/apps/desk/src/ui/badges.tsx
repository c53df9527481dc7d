import { timestampDate, type Timestamp } from "@bufbuild/protobuf/wkt";
import { CaseState, type CaseSummary } from "@wissel/api";
import { shortMoment } from "../lib/amsterdam.ts";
import { dueWords } from "../lib/due.ts";
import { caseOutcomeLabel, stateLabel } from "../lib/labels.ts";
import { useWorkdays } from "../lib/queries.ts";
import { useNow } from "./clock.ts";
import { commonWords } from "../lib/words.ts";

/** A moment of the contract, or nothing. */
export const dateOf = (moment: Timestamp | undefined): Date | undefined =>
  moment && timestampDate(moment);

/** A due moment in words, with the exact moment under it. */
export function Due({ at, closed = false }: { at: Timestamp | undefined; closed?: boolean }) {
  const now = useNow();
  const isWorkday = useWorkdays();
  const due = dateOf(at);
  const words = dueWords(due, now, isWorkday);
  if (closed) {
    return (
      <span className="wissel-due__exact">{due ? shortMoment(due, now) : commonWords.noNorm}</span>
    );
  }
  return (
    <span className={`wissel-due wissel-due--${words.tone}`}>
      <span className="wissel-due__words">{words.text}</span>
      {due && (
        <time className="wissel-due__exact" dateTime={due.toISOString()}>
          {shortMoment(due, now)}
        </time>
      )}
    </span>
  );
}

const tones: Readonly<Record<CaseState, string>> = {
  [CaseState.UNSPECIFIED]: "closed",
  [CaseState.QUEUED]: "queued",
  [CaseState.CLAIMED]: "claimed",
  [CaseState.CLOSED]: "closed",
};

/** Where a case is in its life. */
export function StateBadge({ summary }: { summary: CaseSummary }) {
  const closed = summary.state === CaseState.CLOSED;
  return (
    <span className={`wissel-badge wissel-badge--${tones[summary.state]}`}>
      {closed ? caseOutcomeLabel[summary.outcome] : stateLabel[summary.state]}
    </span>
  );
}
