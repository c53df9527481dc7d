import { Button } from "@utrecht/component-library-react";
import { useEffect, useRef } from "react";
import { agoWords } from "../lib/due.ts";
import { useTopics } from "../lib/queries.ts";
import { useNow } from "../ui/clock.ts";
import { Kbd } from "../ui/kbd.tsx";
import { ShownText } from "../ui/shown-text.tsx";
import type { Kept } from "./kept-draft.ts";
import { registerWords } from "./words.ts";
import { commonWords } from "../lib/words.ts";

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
    { label: commonWords.topic, value: draft.topicId && topics.nameOf(draft.topicId) },
    { label: commonWords.subject, value: draft.subject },
    {
      label: commonWords.customer,
      value: [name, draft.organisation, draft.phone, draft.email].find(Boolean),
    },
    { label: registerWords.lastChanged, value: agoWords(new Date(at), now) },
  ].filter(({ value }) => value);
  return (
    <section className="wissel-panel wissel-resume" aria-labelledby="deel-verder">
      <h2 id="deel-verder" className="wissel-panel__title">
        {registerWords.resumeQuestion}
      </h2>
      <p>{registerWords.notSavedYet}</p>
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
          {registerWords.resume}
        </Button>
        <Button appearance="secondary-action-button" onClick={onStartAnew}>
          {registerWords.startAnew}
        </Button>
        <span className="wissel-hint">
          {commonWords.orKey}
          <Kbd>Alt+L</Kbd>
        </span>
      </div>
    </section>
  );
}
