import { EventKind, type Case, type CaseEvent } from "@wissel/api";
import { shortMoment } from "../lib/amsterdam.ts";
import { eventLabel } from "../lib/labels.ts";
import { useTeams } from "../lib/queries.ts";
import { dateOf } from "../ui/badges.tsx";
import { useNow } from "../ui/clock.ts";
import { ShownParagraph } from "../ui/shown-text.tsx";
import { caseWords } from "./words.ts";

const namesTeam: ReadonlySet<EventKind> = new Set([
  EventKind.RECEIVED,
  EventKind.ROUTED,
  EventKind.FORWARDED,
]);

/** What happened, the newest first. */
export function CaseHistory({ subject }: { subject: Case }) {
  const events = [...subject.events].reverse();
  return (
    <section className="wissel-panel" aria-labelledby="deel-geschiedenis">
      <h2 id="deel-geschiedenis" className="wissel-panel__title">
        {caseWords.history}
      </h2>
      <ol className="wissel-history">
        {events.map((event) => (
          <EventItem key={event.sequence} event={event} />
        ))}
      </ol>
    </section>
  );
}

/** From whom the case was taken: "Overgenomen van Lea", "Losgelaten (was van Lea)". */
const holderWords = ({ kind, previousHolderName }: CaseEvent): string =>
  kind === EventKind.TAKEN_OVER
    ? caseWords.takenFrom(previousHolderName)
    : caseWords.wasHeldBy(previousHolderName);

function EventItem({ event }: { event: CaseEvent }) {
  const now = useNow();
  const teams = useTeams();
  const at = dateOf(event.at);
  const due = dateOf(event.dueAt);
  return (
    <li className="wissel-history__item">
      <p className="wissel-history__what">
        {eventLabel[event.kind]}
        {namesTeam.has(event.kind) && event.teamId && `: ${teams.nameOf(event.teamId)}`}
        {event.previousHolderName && ` ${holderWords(event)}`}
      </p>
      <p className="wissel-hint">
        {at && <time dateTime={at.toISOString()}>{shortMoment(at, now)}</time>}
        {event.actorName && `, ${event.actorName}`}
      </p>
      {event.text && <ShownParagraph text={event.text} className="wissel-history__text" />}
      {event.suggestedTeamId && <p>{caseWords.suggestion(teams.nameOf(event.suggestedTeamId))}</p>}
      {due && <p className="wissel-hint">{caseWords.dueAt(shortMoment(due, now))}</p>}
    </li>
  );
}
