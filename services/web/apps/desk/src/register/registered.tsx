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
        <p className="wissel-registered__label">Zaaknummer</p>
        <p className="wissel-registered__number" data-reference={registration.reference.toString()}>
          {formatReference(registration.reference)}
        </p>
        {done.ending === "callback" && <CallbackPromise done={done} />}
        {done.ending === "answered" && <AnsweredLine />}
        {done.ending === "attached" && <AttachedLine done={done} />}
      </div>
      {registration.repeated && (
        <Notice type="info">Dit contact stond er al. Er is niets dubbel opgeslagen.</Notice>
      )}
      {registration.decision?.pending && (
        <Notice type="info">
          De verdeling werkt even niet. Het KCC houdt dit contact vast. Het gaat vanzelf naar het
          goede team.
        </Notice>
      )}
      <div className="wissel-form__submit">
        <Button ref={next} appearance="primary-action-button" onClick={onNext}>
          Volgende registreren
        </Button>
        <span className="wissel-hint">
          <Kbd>Enter</Kbd>
        </span>
        <Link
          href={`/zaak/${registration.reference}`}
          className="utrecht-link utrecht-link--html-a"
        >
          Zaak bekijken
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
  const team = registration.teamId ? teams.nameOf(registration.teamId) : "het KCC";
  return (
    <>
      <p className="wissel-registered__line">
        Het terugbelverzoek ligt bij <strong>{team}</strong>.
      </p>
      {due && (
        <p className="wissel-registered__line">
          Uiterlijk <strong>{longMoment(due, now)}</strong> (
          {dueWords(due, now, isWorkday).text.toLowerCase()}).
        </p>
      )}
      <div className="wissel-script">
        <Heading2 className="wissel-script__label">U kunt zeggen</Heading2>
        <p>
          {due
            ? `U wordt uiterlijk ${longMoment(due, now).replace(/ (\d\d:\d\d)$/, " om $1 uur")} teruggebeld door een collega van ${team}.`
            : `U wordt teruggebeld door een collega van ${team}.`}{" "}
          Uw zaaknummer is {formatReference(registration.reference)}.
        </p>
      </div>
    </>
  );
}

function AttachedLine({ done: { registration } }: { done: Done }) {
  const now = useNow();
  const teams = useTeams();
  const due = dateOf(registration.dueAt);
  const team = registration.teamId ? teams.nameOf(registration.teamId) : "het KCC";
  return (
    <>
      <p className="wissel-registered__line">
        Het contact is toegevoegd aan deze zaak, bij <strong>{team}</strong>. Het uiterste moment
        blijft hetzelfde.
      </p>
      {due && (
        <p className="wissel-registered__line">
          Uiterlijk <strong>{longMoment(due, now)}</strong>.
        </p>
      )}
    </>
  );
}

function AnsweredLine() {
  return <p className="wissel-registered__line">Het contact is vastgelegd en gesloten.</p>;
}
