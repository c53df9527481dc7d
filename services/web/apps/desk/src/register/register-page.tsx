import { useEffect, useRef } from "react";
import { useSession } from "../lib/session-context.ts";
import { Page } from "../ui/page.tsx";
import { useShortcuts } from "../ui/shortcuts.ts";
import { proposalOf } from "./proposal.ts";
import { RegisterForm } from "./register-form.tsx";
import { Registered } from "./registered.tsx";
import { ResumeQuestion } from "./resume-question.tsx";
import { ShortcutHelp } from "./shortcut-help.tsx";
import { useOpenQuestions } from "./use-open-questions.ts";
import { useRegistration } from "./use-registration.ts";
import { registerWords } from "./words.ts";
import { commonWords } from "../lib/words.ts";

export function RegisterPage() {
  const form = useRegistration(useSession().accountId);
  const questions = useOpenQuestions(form.draft);
  const proposal = proposalOf(form.decision.decision, form.draft);
  const firstField = useRef<HTMLInputElement>(null);
  const editing = form.phase === "editing";
  // Emptying and putting back are followed by typing. Leaving the field drops what was half typed in it.
  const toFirst = (act: (() => void) | undefined) => {
    if (!act) return;
    act();
    firstField.current?.blur();
    firstField.current?.focus();
  };

  useEffect(() => {
    if (!form.done && !form.left) firstField.current?.focus();
  }, [form.done, form.left]);
  useShortcuts({
    F2: () => editing && form.change({ ending: "callback" }),
    F4: () => editing && form.change({ ending: "answered" }),
    "Alt+k": () => {
      const found = form.done ? undefined : questions[0]?.case;
      if (found) void form.attach(found.reference);
    },
    "Alt+v": () => editing && proposal && form.change(proposal.part),
    "Alt+l": () => {
      if (editing) toFirst(form.empty);
      else if (form.left) form.startAnew();
    },
    "Alt+z": () => editing && toFirst(form.undo),
    F8: () => (form.done ? form.next() : firstField.current?.focus()),
    "Ctrl+Enter": () => (form.done ? form.next() : void form.submit()),
  });

  if (form.done) {
    return (
      <Page title={registerWords.registered} heading="Contact geregistreerd" ownFocus>
        <Registered done={form.done} onNext={form.next} />
      </Page>
    );
  }
  if (form.left) {
    return (
      <Page title={commonWords.register} heading="Contact registreren" ownFocus>
        <ResumeQuestion left={form.left} onResume={form.resume} onStartAnew={form.startAnew} />
      </Page>
    );
  }
  return (
    <Page
      title={commonWords.register}
      heading="Contact registreren"
      ownFocus
      aside={<ShortcutHelp mayAttach={questions.length > 0} mayUndo={form.undo !== undefined} />}
    >
      <RegisterForm {...{ form, firstField, questions, proposal }} />
    </Page>
  );
}
