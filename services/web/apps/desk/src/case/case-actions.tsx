import { Button } from "@utrecht/component-library-react";
import { CaseState, type Case } from "@wissel/api";
import { Link } from "wouter";
import { useEffect, useId, useRef, useState } from "react";
import { allowedActions, type CaseAction } from "../lib/case-actions.ts";
import { useTeams } from "../lib/queries.ts";
import { useSession } from "../session/session-context.ts";
import { useAnnounce } from "../ui/announcer.tsx";
import { Notice } from "../ui/states.tsx";
import { ActionForm } from "./action-form.tsx";
import { emptyInput, type ActionInput } from "./action-input.ts";
import { actionWords } from "./action-words.ts";
import { useCaseAction } from "./use-case.ts";

/** What a colleague is here for, when it comes first. */
const LEADS: ReadonlySet<CaseAction> = new Set(["claim", "answer"]);

/** Done at one press; the others ask something first. */
const AT_ONCE: ReadonlySet<CaseAction> = new Set(["claim", "unclaim"]);

export function CaseActions({ subject }: { subject: Case }) {
  const { summary } = subject;
  const session = useSession();
  const teams = useTeams();
  const [open, setOpen] = useState<CaseAction>();
  if (!summary) return null;
  const allowed = allowedActions(summary, { session, kccTeamId: teams.kccTeamId });
  // Without an address there is nowhere to send an interim reply to.
  const actions = subject.customer?.email ? allowed : allowed.filter((a) => a !== "interim");
  // A colleague may have changed the case meanwhile: a form that no longer applies is closed.
  const shown = open && actions.includes(open) ? open : undefined;
  return <ActionPanel subject={subject} actions={actions} open={shown} setOpen={setOpen} />;
}

interface PanelProps {
  subject: Case;
  actions: CaseAction[];
  open: CaseAction | undefined;
  setOpen: (action: CaseAction | undefined) => void;
}

function BackToQueue() {
  return (
    <Link href="/werkvoorraad" className="utrecht-link utrecht-link--html-a">
      Naar de werkvoorraad
    </Link>
  );
}

/** Why there is nothing to do, or who has it. */
function standing(subject: Case, accountId: string): string | undefined {
  const { summary } = subject;
  if (summary?.state === CaseState.CLAIMED && summary.claimedBy !== accountId) {
    return `${summary.claimedByName} heeft deze zaak in behandeling.`;
  }
  if (summary?.state === CaseState.QUEUED) return "Niemand heeft deze zaak in behandeling.";
  return undefined;
}

function useActing({ subject, setOpen, open }: PanelProps) {
  const reference = subject.summary?.reference ?? 0n;
  const acting = useCaseAction(reference);
  const announce = useAnnounce();
  const heading = useRef<HTMLHeadingElement>(null);
  const [done, setDone] = useState("");
  const run = async (action: CaseAction, input: ActionInput) => {
    setDone("");
    try {
      await acting.run({ action, input });
      setOpen(undefined);
      setDone(actionWords[action].done);
      announce(actionWords[action].done);
      heading.current?.focus();
    } catch {
      // The problem is shown by `acting`.
    }
  };
  return { ...acting, run, done: open ? "" : done, heading };
}

function ActionPanel(props: PanelProps) {
  const { subject, actions, open, setOpen } = props;
  const session = useSession();
  const { problem, setProblem, busy, run, done, heading } = useActing(props);
  const formId = useId();
  const who = standing(subject, session.accountId);
  const toggle = (action: CaseAction) => {
    setProblem(undefined);
    setOpen(open === action ? undefined : action);
  };
  const reason = problem?.reason;
  useEffect(() => {
    if (reason === "already_claimed") setOpen(undefined);
  }, [reason, setOpen]);
  const first = actions[0];
  const finished = subject.summary?.claimedBy !== session.accountId;
  return (
    <section className="wissel-panel wissel-actions" aria-labelledby="deel-acties">
      <h2 id="deel-acties" className="wissel-panel__title" tabIndex={-1} ref={heading}>
        Wat gaat u doen?
      </h2>
      {problem && (
        <Notice type={problem.reason === "already_claimed" ? "warning" : "error"} urgent>
          {problem.message}
        </Notice>
      )}
      {done && !problem && (
        <Notice type="ok" action={finished && <BackToQueue />}>
          {done}
        </Notice>
      )}
      {who && reason !== "already_claimed" && <p className="wissel-actions__who">{who}</p>}
      {actions.length === 0 && !who && <p className="wissel-muted">U kunt hier niets meer doen.</p>}
      <div className="wissel-actions__bar">
        {actions.map((action) => (
          <Button
            key={action}
            appearance={
              action === first && LEADS.has(action)
                ? "primary-action-button"
                : "secondary-action-button"
            }
            aria-expanded={AT_ONCE.has(action) ? undefined : open === action}
            aria-controls={open === action ? formId : undefined}
            busy={busy && AT_ONCE.has(action)}
            onClick={() => (AT_ONCE.has(action) ? void run(action, emptyInput) : toggle(action))}
          >
            {actionWords[action].button}
          </Button>
        ))}
      </div>
      {open && (
        <div id={formId}>
          <ActionForm
            key={open}
            action={open}
            subject={subject}
            busy={busy}
            fields={problem?.fields ?? {}}
            onCancel={() => setOpen(undefined)}
            onSubmit={(input) => void run(open, input)}
          />
        </div>
      )}
    </section>
  );
}
