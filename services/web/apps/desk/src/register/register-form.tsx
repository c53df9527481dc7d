import { Button } from "@utrecht/component-library-react";
import type { OpenQuestion } from "@wissel/api";
import { useEffect, useRef, type Ref, type SubmitEvent } from "react";
import { Choice } from "../ui/choice.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { Notice } from "../ui/states.tsx";
import { CustomerFields } from "./customer-fields.tsx";
import { DecisionPanel } from "./decision-panel.tsx";
import { AnsweredFields, CallbackFields } from "./ending-fields.tsx";
import { OpenQuestions } from "./open-questions.tsx";
import { QuestionFields } from "./question-fields.tsx";
import type { DecisionState } from "./use-decision.ts";
import type { RegistrationForm } from "./use-registration.ts";

interface Props {
  decision: DecisionState;
  questions: readonly OpenQuestion[];
  form: RegistrationForm;
  firstField: Ref<HTMLInputElement>;
}

/** Puts the focus in the first field with an error, each time that errors come. */
function useFocusOnError(fields: Readonly<Record<string, string>>) {
  const form = useRef<HTMLFormElement>(null);
  const count = Object.keys(fields).length;
  const before = useRef(0);
  useEffect(() => {
    // Not when an error goes away because its field was changed.
    if (count > before.current) {
      form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
    }
    before.current = count;
  }, [count]);
  return form;
}

export function RegisterForm({ form, firstField, decision, questions }: Props) {
  const { draft, change, fields, phase } = form;
  const element = useFocusOnError(fields);
  const locked = phase !== "editing";
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void form.submit();
  };
  const part = { draft, change, fields, locked };
  return (
    <form ref={element} className="wissel-form" onSubmit={submit} noValidate>
      <Messages form={form} />
      <section className="wissel-panel" aria-labelledby="deel-vraag">
        <h2 id="deel-vraag" className="wissel-panel__title">
          Vraag
        </h2>
        <QuestionFields {...part} firstField={firstField} />
      </section>
      <section className="wissel-panel" aria-labelledby="deel-klant">
        <h2 id="deel-klant" className="wissel-panel__title">
          Klant
        </h2>
        <CustomerFields {...part} />
      </section>
      <aside className="wissel-form__aside" aria-label="Hulp bij dit contact">
        <OpenQuestions
          questions={questions}
          onAttach={(reference) => void form.attach(reference)}
          locked={locked}
        />
        <DecisionPanel state={decision} draft={draft} onApply={change} locked={locked} />
      </aside>
      <section className="wissel-panel" aria-labelledby="deel-afronding">
        <h2 id="deel-afronding" className="wissel-panel__title">
          Afronding
        </h2>
        <Choice
          legend="Hoe eindigt dit contact?"
          value={draft.ending}
          onChange={(ending) => change({ ending })}
          disabled={locked}
          options={[
            { value: "callback", label: "Terugbelverzoek", hint: <Kbd>F2</Kbd> },
            { value: "answered", label: "Direct beantwoord", hint: <Kbd>F4</Kbd> },
          ]}
        />
        {draft.ending === "callback" ? <CallbackFields {...part} /> : <AnsweredFields {...part} />}
        <Submit form={form} />
      </section>
    </form>
  );
}

function Messages({ form }: { form: RegistrationForm }) {
  const { problem, phase } = form;
  if (phase === "uncertain") {
    return (
      <Notice
        type="warning"
        urgent
        action={
          <Button appearance="secondary-action-button" onClick={form.edit}>
            Toch iets aanpassen
          </Button>
        }
      >
        <strong>Wij weten niet of dit is opgeslagen.</strong> De verbinding viel weg. Probeer het
        opnieuw: er wordt niets dubbel opgeslagen. Past u toch iets aan, dan kan het contact er twee
        keer in komen.
      </Notice>
    );
  }
  if (problem) return <Notice type="error">{problem.message}</Notice>;
  const wrong = Object.keys(form.fields).length;
  if (wrong === 0) return null;
  return (
    <Notice type="error">
      {wrong === 1 ? "Eén veld is" : `${wrong} velden zijn`} niet goed ingevuld. Er is nog niets
      opgeslagen.
    </Notice>
  );
}

function Submit({ form }: { form: RegistrationForm }) {
  const { phase, draft } = form;
  const what = draft.ending === "callback" ? "Terugbelverzoek opslaan" : "Contact opslaan";
  const label = {
    editing: what,
    sending: "Bezig met opslaan…",
    uncertain: "Opnieuw proberen",
    done: what,
  };
  return (
    <div className="wissel-form__submit">
      <Button type="submit" appearance="primary-action-button" busy={phase === "sending"}>
        {label[phase]}
      </Button>
      <span className="wissel-hint">
        of <Kbd>Ctrl+Enter</Kbd>
      </span>
    </div>
  );
}
