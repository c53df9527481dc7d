import { Button } from "@utrecht/component-library-react";
import { CaseAction, CaseState, type Case } from "@wissel/api";
import { Link } from "wouter";
import { useEffect, useId, useRef, useState, type Ref } from "react";
import type { Problem as ProblemWords } from "../lib/errors.ts";
import { useSession } from "../lib/session-context.ts";
import { useAnnounce } from "../ui/announcer.tsx";
import { Notice, Problem } from "../ui/states.tsx";
import { ActionForm } from "./action-form.tsx";
import { emptyInput, type ActionInput } from "./action-input.ts";
import { forgetInput, keptInput } from "./kept-input.ts";
import { allowedActions, type KnownAction } from "./known-action.ts";
import { useCaseAction } from "./use-case.ts";
import { actionWords, caseWords } from "./words.ts";
import { commonWords } from "../lib/words.ts";

/** What a colleague is here for, when it comes first. */
const LEADS: ReadonlySet<KnownAction> = new Set([CaseAction.CLAIM, CaseAction.ANSWER]);

/** Done at one press; the others ask something first. */
const AT_ONCE: ReadonlySet<KnownAction> = new Set([CaseAction.CLAIM, CaseAction.UNCLAIM]);

export function CaseActions({ subject }: { subject: Case }) {
  const { summary } = subject;
  const [open, setOpen] = useState<KnownAction>();
  if (!summary) return null;
  const allowed = allowedActions(summary);
  // Without an address there is nowhere to send an interim reply to.
  const actions = subject.customer?.email
    ? allowed
    : allowed.filter((a) => a !== CaseAction.SEND_INTERIM_REPLY);
  // A colleague may have changed the case meanwhile: a form that no longer applies is closed.
  const shown = open && actions.includes(open) ? open : undefined;
  return <ActionPanel subject={subject} actions={actions} open={shown} setOpen={setOpen} />;
}

interface PanelProps {
  subject: Case;
  actions: KnownAction[];
  open: KnownAction | undefined;
  setOpen: (action: KnownAction | undefined) => void;
}

function BackToQueue() {
  return (
    <Link href="/werkvoorraad" className="utrecht-link utrecht-link--html-a">
      {caseWords.toQueue}
    </Link>
  );
}

/** Why there is nothing to do, or who has it. */
function standing(subject: Case, accountId: string): string | undefined {
  const { summary } = subject;
  if (summary?.state === CaseState.CLAIMED && summary.claimedBy !== accountId) {
    return caseWords.heldBy(summary.claimedByName);
  }
  if (summary?.state === CaseState.QUEUED) return caseWords.heldByNobody;
  return undefined;
}

function useActing({ subject, setOpen, open }: PanelProps) {
  const { reference = 0n, claimedBy = "" } = subject.summary ?? {};
  const acting = useCaseAction({ reference, claimedBy });
  const announce = useAnnounce();
  const heading = useRef<HTMLHeadingElement>(null);
  const [done, setDone] = useState("");
  const [last, setLast] = useState<{ action: KnownAction; input: ActionInput }>();
  const run = async (action: KnownAction, input: ActionInput) => {
    setDone("");
    setLast({ action, input });
    try {
      await acting.run({ action, input });
      forgetInput(reference, action);
      setOpen(undefined);
      setDone(actionWords[action].done);
      announce(actionWords[action].done);
      heading.current?.focus();
    } catch {
      // The problem is shown by `acting`.
    }
  };
  const again = last && (() => void run(last.action, last.input));
  return { ...acting, run, again, done: open ? "" : done, heading };
}

interface OutcomeProps {
  problem: ProblemWords | undefined;
  busy: boolean;
  again: (() => void) | undefined;
}

/** What the server said no to, or that it is not known what became of it. */
function Refusal({ problem, busy, again }: OutcomeProps) {
  const button = useRef<HTMLButtonElement>(null);
  const uncertain = problem?.uncertain ?? false;
  useEffect(() => {
    if (uncertain) button.current?.focus();
  }, [uncertain]);
  if (!problem) return null;
  if (!uncertain && problem.reason !== "already_claimed") return <Problem problem={problem} />;
  return (
    <Notice
      type="warning"
      urgent
      action={
        uncertain && (
          <Button ref={button} appearance="primary-action-button" busy={busy} onClick={again}>
            {commonWords.tryAgain}
          </Button>
        )
      }
    >
      {uncertain ? (
        <>
          <strong>{commonWords.unknownWhetherSaved}</strong>
          {caseWords.tryAgainSafely}
        </>
      ) : (
        problem.message
      )}
    </Notice>
  );
}

interface BarProps extends Omit<PanelProps, "setOpen"> {
  formId: string;
  busy: boolean;
  bar: Ref<HTMLDivElement>;
  onPress: (action: KnownAction) => void;
}

/** What can be done with the case; what was begun and not sent is marked. */
function ActionBar({ subject, actions, open, formId, busy, bar, onPress }: BarProps) {
  const reference = subject.summary?.reference ?? 0n;
  return (
    <div className="wissel-actions__bar" ref={bar}>
      {actions.map((action, place) => (
        <Button
          key={action}
          data-action={action}
          appearance={
            place === 0 && LEADS.has(action) ? "primary-action-button" : "secondary-action-button"
          }
          aria-expanded={AT_ONCE.has(action) ? undefined : open === action}
          aria-controls={open === action ? formId : undefined}
          busy={busy && AT_ONCE.has(action)}
          onClick={() => onPress(action)}
        >
          {actionWords[action].button}
          {open !== action && keptInput(reference, action) && (
            <span className="wissel-badge wissel-badge--pending wissel-badge--in">
              {caseWords.begun}
            </span>
          )}
        </Button>
      ))}
    </div>
  );
}

function ActionPanel(props: PanelProps) {
  const { subject, actions, open, setOpen } = props;
  const session = useSession();
  const { problem, setProblem, busy, run, again, done, heading } = useActing(props);
  const formId = useId();
  const buttons = useRef<HTMLDivElement>(null);
  const who = standing(subject, session.accountId);
  const toggle = (action: KnownAction) => {
    setProblem(undefined);
    setOpen(open === action ? undefined : action);
  };
  const cancel = (action: KnownAction) => {
    setOpen(undefined);
    buttons.current?.querySelector<HTMLElement>(`[data-action="${action}"]`)?.focus();
  };
  const reason = problem?.reason;
  useEffect(() => {
    if (reason === "already_claimed") setOpen(undefined);
  }, [reason, setOpen]);
  const finished = subject.summary?.claimedBy !== session.accountId;
  return (
    <section className="wissel-panel wissel-actions" aria-labelledby="deel-acties">
      <h2 id="deel-acties" className="wissel-panel__title" tabIndex={-1} ref={heading}>
        {caseWords.actions}
      </h2>
      <Refusal problem={problem} busy={busy} again={again} />
      {done && !problem && (
        <Notice type="ok" action={finished && <BackToQueue />}>
          {done}
        </Notice>
      )}
      {who && reason !== "already_claimed" && <p className="wissel-actions__who">{who}</p>}
      {actions.length === 0 && !who && <p className="wissel-muted">{caseWords.nothingToDo}</p>}
      <ActionBar
        {...{ subject, actions, open, formId, busy }}
        bar={buttons}
        onPress={(action) => (AT_ONCE.has(action) ? void run(action, emptyInput) : toggle(action))}
      />
      {open && (
        <div id={formId}>
          <ActionForm
            key={open}
            action={open}
            subject={subject}
            busy={busy}
            fields={problem?.fields ?? {}}
            onCancel={() => cancel(open)}
            onSubmit={(input) => void run(open, input)}
          />
        </div>
      )}
    </section>
  );
}
