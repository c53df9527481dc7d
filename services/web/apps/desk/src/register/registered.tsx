import { Button, Heading2 } from "@utrecht/component-library-react";
import { useEffect, useRef } from "react";
import { Link } from "wouter";
import { longMoment } from "../lib/amsterdam.ts";
import { dueWords } from "../lib/due.ts";
import { useTeams, useWorkdays } from "../lib/queries.ts";
import { formatReference } from "../lib/reference.ts";
import { dateOf } from "../ui/badges.tsx";
import { useNow } from "../ui/clock.ts";
import { Kbd } from "../ui/kbd.tsx";
import { Notice } from "../ui/states.tsx";
import type { Done } from "./use-registration.ts";
import { registerWords } from "./words.ts";
import { commonWords } from "../lib/words.ts";

interface Props {
  done: Done;
  onNext: () => void;
}

/** The number to read out, what was promised, and the way to the next contact. */
export function Registered({ done, onNext }: Props) {
  const { registration } = done;
  const next = useRef<HTMLButtonElement>(null);
  useEffect(() => next.current?.focus(), []);
  return (
    <div className="wissel-panel wissel-registered">
      <div role="status">
        <p className="wissel-registered__label">{commonWords.caseNumber}</p>
        <p className="wissel-registered__number" data-reference={registration.reference.toString()}>
          {formatReference(registration.reference)}
        </p>
        {done.ending === "callback" && <CallbackPromise done={done} />}
        {done.ending === "answered" && <AnsweredLine />}
        {done.ending === "attached" && <AttachedLine done={done} />}
      </div>
      {registration.repeated && <Notice type="info">{registerWords.repeated}</Notice>}
      {registration.decision?.pending && (
        <Notice type="info">{registerWords.routingPending}</Notice>
      )}
      <div className="wissel-form__submit">
        <Button ref={next} appearance="primary-action-button" onClick={onNext}>
          {registerWords.registerNext}
        </Button>
        <span className="wissel-hint">
          <Kbd>Enter</Kbd>
        </span>
        <Link
          href={`/zaak/${registration.reference}`}
          className="utrecht-link utrecht-link--html-a"
        >
          {registerWords.viewCase}
        </Link>
      </div>
    </div>
  );
}

function CallbackPromise({ done: { registration } }: { done: Done }) {
  const now = useNow();
  const isWorkday = useWorkdays();
  const teams = useTeams();
  const due = dateOf(registration.dueAt);
  const team = registration.teamId ? teams.nameOf(registration.teamId) : commonWords.theKcc;
  return (
    <>
      <p className="wissel-registered__line">
        {registerWords.callbackLiesWith} <strong>{team}</strong>.
      </p>
      {due && (
        <p className="wissel-registered__line">
          {commonWords.due} <strong>{longMoment(due, now)}</strong> (
          {dueWords(due, now, isWorkday).text.toLowerCase()}).
        </p>
      )}
      <div className="wissel-script">
        <Heading2 className="wissel-script__label">{commonWords.youCanSay}</Heading2>
        <p>
          {due
            ? registerWords.promisedBy(longMoment(due, now), team)
            : registerWords.promised(team)}
          {registerWords.yourNumber(formatReference(registration.reference))}
        </p>
      </div>
    </>
  );
}

function AttachedLine({ done: { registration } }: { done: Done }) {
  const now = useNow();
  const teams = useTeams();
  const due = dateOf(registration.dueAt);
  const team = registration.teamId ? teams.nameOf(registration.teamId) : commonWords.theKcc;
  return (
    <>
      <p className="wissel-registered__line">
        {registerWords.addedWith} <strong>{team}</strong>
        {registerWords.dueStays}
      </p>
      {due && (
        <p className="wissel-registered__line">
          {commonWords.due} <strong>{longMoment(due, now)}</strong>.
        </p>
      )}
    </>
  );
}

function AnsweredLine() {
  return <p className="wissel-registered__line">{registerWords.answered}</p>;
}
