import { useEffect, useRef } from "react";
import { useSession } from "../session/session-context.ts";
import { Page } from "../ui/page.tsx";
import { useShortcuts } from "../ui/shortcuts.ts";
import { RegisterForm } from "./register-form.tsx";
import { Registered } from "./registered.tsx";
import { ShortcutHelp } from "./shortcut-help.tsx";
import { useOpenQuestions } from "./use-open-questions.ts";
import { useDecision } from "./use-decision.ts";
import { useRegistration } from "./use-registration.ts";

export function RegisterPage() {
  const form = useRegistration(useSession().accountId);
  const decision = useDecision(form.draft);
  const questions = useOpenQuestions(form.draft);
  const firstField = useRef<HTMLInputElement>(null);
  const editing = form.phase === "editing";

  useEffect(() => {
    if (!form.done) firstField.current?.focus();
  }, [form.done]);
  useShortcuts({
    F2: () => editing && form.change({ ending: "callback" }),
    F4: () => editing && form.change({ ending: "answered" }),
    "Alt+k": () => {
      const found = form.done ? undefined : questions[0]?.case;
      if (found) void form.attach(found.reference);
    },
    F8: () => (form.done ? form.next() : firstField.current?.focus()),
    "Ctrl+Enter": () => (form.done ? form.next() : void form.submit()),
  });

  if (form.done) {
    return (
      <Page title="Geregistreerd" heading="Contact geregistreerd" ownFocus>
        <Registered done={form.done} onNext={form.next} />
      </Page>
    );
  }
  return (
    <Page
      title="Registreren"
      heading="Contact registreren"
      ownFocus
      aside={<ShortcutHelp mayAttach={questions.length > 0} />}
    >
      <RegisterForm form={form} firstField={firstField} decision={decision} questions={questions} />
    </Page>
  );
}
