import { Button } from "@utrecht/component-library-react";
import type { Decision, OpenQuestion } from "@wissel/api";
import { useEffect, useLayoutEffect, useRef, type Ref, type SubmitEvent } from "react";
import { wrongFields } from "../lib/field-names.ts";
import { Choice } from "../ui/choice.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { Notice, Problem } from "../ui/states.tsx";
import { CustomerFields } from "./customer-fields.tsx";
import { DecisionPanel } from "./decision-panel.tsx";
import { AnsweredFields, CallbackFields, KindChoice } from "./ending-fields.tsx";
import { OpenQuestions } from "./open-questions.tsx";
import { QuestionFields } from "./question-fields.tsx";
import type { Proposal } from "./proposal.ts";
import type { RegistrationForm } from "./use-registration.ts";
import { registerWords } from "./words.ts";
import { commonWords } from "../lib/words.ts";

interface Props {
  form: RegistrationForm;
  questions: readonly OpenQuestion[];
  proposal: Proposal | undefined;
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

/**
 * A field that is locked while it is sent loses the focus; when the server refuses, the same field
 * has it again. A field with an error goes before.
 */
function useFocusAfterSending(locked: boolean) {
  const last = useRef<HTMLElement>(null);
  useEffect(() => {
    const onFocusIn = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement) last.current = target;
    };
    document.addEventListener("focusin", onFocusIn);
    return () => document.removeEventListener("focusin", onFocusIn);
  }, []);
  useEffect(() => {
    if (!locked && document.activeElement === document.body) last.current?.focus();
  }, [locked]);
}

/**
 * The help beside the form grows while somebody walks through it by keyboard: an open question comes
 * above the decision. Whatever has the focus there is scrolled back into sight.
 */
function useFocusInSight(questions: readonly OpenQuestion[], decision?: Decision) {
  const aside = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const focused = document.activeElement;
    if (aside.current?.contains(focused)) focused?.scrollIntoView({ block: "nearest" });
  }, [questions, decision]);
  return aside;
}

export function RegisterForm({ form, firstField, questions, proposal }: Props) {
  const { draft, change, fields, phase } = form;
  const element = useFocusOnError(fields);
  const aside = useFocusInSight(questions, form.decision.decision);
  const locked = phase !== "editing";
  useFocusAfterSending(locked);
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
          {commonWords.question}
        </h2>
        <QuestionFields {...part} firstField={firstField} />
      </section>
      <section className="wissel-panel" aria-labelledby="deel-klant">
        <h2 id="deel-klant" className="wissel-panel__title">
          {commonWords.customer}
        </h2>
        <CustomerFields {...part} />
      </section>
      <aside ref={aside} className="wissel-form__aside" aria-label={registerWords.aside}>
        <OpenQuestions
          questions={questions}
          onAttach={(reference) => void form.attach(reference)}
          locked={locked}
        />
        <DecisionPanel
          state={form.decision}
          callback={form.callback.decision}
          proposal={proposal}
          onApply={change}
          locked={locked}
        />
      </aside>
      <section className="wissel-panel" aria-labelledby="deel-afronding">
        <h2 id="deel-afronding" className="wissel-panel__title">
          {registerWords.ending}
        </h2>
        <div className="wissel-choices">
          <Choice
            legend={registerWords.howEnds}
            value={draft.ending}
            onChange={(ending) => change({ ending })}
            disabled={locked}
            options={[
              { value: "callback", label: commonWords.callback, hint: <Kbd>F2</Kbd> },
              { value: "answered", label: commonWords.answeredAtOnce, hint: <Kbd>F4</Kbd> },
            ]}
          />
          {draft.ending === "answered" && <KindChoice {...part} />}
        </div>
        {draft.ending === "callback" ? <CallbackFields {...part} /> : <AnsweredFields {...part} />}
        <Submit form={form} />
      </section>
    </form>
  );
}

function Messages({ form }: { form: RegistrationForm }) {
  const { problem, phase, undo } = form;
  if (phase === "uncertain") return <Uncertain form={form} />;
  if (problem) return <Problem problem={problem} />;
  if (Object.keys(form.fields).length > 0) {
    return (
      <Notice type="error">
        {wrongFields(form.fields)}
        {registerWords.nothingSaved}
      </Notice>
    );
  }
  if (!undo || phase !== "editing") return null;
  return (
    <Notice
      type="info"
      action={
        <>
          <Button appearance="secondary-action-button" onClick={undo}>
            {registerWords.undo}
          </Button>{" "}
          <Kbd>Alt+Z</Kbd>
        </>
      }
    >
      {registerWords.emptied}
    </Notice>
  );
}

/** The way on stands where it is told what happened, and has the focus. */
function Uncertain({ form }: { form: RegistrationForm }) {
  const again = useRef<HTMLButtonElement>(null);
  useEffect(() => again.current?.focus(), []);
  return (
    <Notice
      type="warning"
      urgent
      action={
        <>
          <Button ref={again} appearance="primary-action-button" onClick={() => void form.submit()}>
            {commonWords.tryAgain}
          </Button>{" "}
          <Button appearance="secondary-action-button" onClick={form.edit}>
            {registerWords.changeAfterAll}
          </Button>
        </>
      }
    >
      <strong>{commonWords.unknownWhetherSaved}</strong>
      {registerWords.connectionLost}
    </Notice>
  );
}

function Submit({ form }: { form: RegistrationForm }) {
  const { phase, draft } = form;
  // Then the way on stands in the notice.
  if (phase === "uncertain") return null;
  const what =
    draft.ending === "callback" ? registerWords.saveCallback : registerWords.saveAnswered;
  return (
    <div className="wissel-form__submit">
      <Button type="submit" appearance="primary-action-button" busy={phase === "sending"}>
        {phase === "sending" ? commonWords.saving : what}
      </Button>
      <span className="wissel-hint">
        {commonWords.orKey}
        <Kbd>Ctrl+Enter</Kbd>
      </span>
      <Button appearance="subtle-button" disabled={phase !== "editing"} onClick={form.empty}>
        {registerWords.empty}
      </Button>
    </div>
  );
}
