import { Button } from "@utrecht/component-library-react";
import { useEffect, useRef } from "react";
import { agoWords } from "../lib/due.ts";
import { useTopics } from "../lib/queries.ts";
import { useNow } from "../ui/clock.ts";
import { Kbd } from "../ui/kbd.tsx";
import { ShownText } from "../ui/shown-text.tsx";
import type { Kept } from "./kept-draft.ts";

interface Props {
  left: Kept;
  onResume: () => void;
  onStartAnew: () => void;
}

/** A form that was left half filled in may be of another customer: a person says whether to go on. */
export function ResumeQuestion({ left: { draft, at }, onResume, onStartAnew }: Props) {
  const topics = useTopics();
  const now = useNow();
  const go = useRef<HTMLButtonElement>(null);
  useEffect(() => go.current?.focus(), []);
  const name = [draft.givenName, draft.namePrefix, draft.familyName].filter(Boolean).join(" ");
  const facts = [
    { label: "Thema", value: draft.topicId && topics.nameOf(draft.topicId) },
    { label: "Onderwerp", value: draft.subject },
    { label: "Klant", value: [name, draft.organisation, draft.phone, draft.email].find(Boolean) },
    { label: "Laatst gewijzigd", value: agoWords(new Date(at), now) },
  ].filter(({ value }) => value);
  return (
    <section className="wissel-panel wissel-resume" aria-labelledby="deel-verder">
      <h2 id="deel-verder" className="wissel-panel__title">
        Wilt u verdergaan met dit contact?
      </h2>
      <p>Het is nog niet opgeslagen.</p>
      <dl className="wissel-resume__facts">
        {facts.map(({ label, value = "" }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <ShownText text={value} />
            </dd>
          </div>
        ))}
      </dl>
      <div className="wissel-form__submit">
        <Button ref={go} appearance="primary-action-button" onClick={onResume}>
          Verdergaan
        </Button>
        <Button appearance="secondary-action-button" onClick={onStartAnew}>
          Leeg beginnen
        </Button>
        <span className="wissel-hint">
          of <Kbd>Alt+L</Kbd>
        </span>
      </div>
    </section>
  );
}
