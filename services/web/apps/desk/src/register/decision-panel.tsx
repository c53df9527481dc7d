import { Button } from "@utrecht/component-library-react";
import { AnsweredKind, Channel, Outcome, type Decision } from "@wissel/api";
import { useEffect } from "react";
import type { Draft } from "../lib/draft.ts";
import { outcomeLabel } from "../lib/labels.ts";
import { useTeams } from "../lib/queries.ts";
import { useAnnounce } from "../ui/announcer.tsx";
import { AcquisitionScript } from "./acquisition-script.tsx";
import { DecisionSteps } from "./decision-steps.tsx";
import type { DecisionState } from "./use-decision.ts";

interface Props {
  state: DecisionState;
  draft: Draft;
  /** Fills in the form what the decision asks for. */
  onApply: (part: Partial<Draft>) => void;
  /** The form is being sent: nothing may change. */
  locked: boolean;
}

/** What the agreements say about this contact, before it is saved. */
export function DecisionPanel({ state, draft, onApply, locked }: Props) {
  const { decision, asked, error, stale } = state;
  return (
    <section
      className="wissel-panel wissel-decision"
      aria-labelledby="deel-keuze"
      aria-busy={stale}
      data-outcome={decision && !error ? Outcome[decision.outcome].toLowerCase() : undefined}
    >
      <h2 id="deel-keuze" className="wissel-panel__title">
        Werkafspraak
      </h2>
      {!asked && (
        <p className="wissel-hint">
          Kies een thema of vul een onderwerp in. Dan ziet u hier wat er met het contact moet
          gebeuren.
        </p>
      )}
      {asked && error !== undefined && (
        <p className="wissel-decision__away">
          De werkafspraak kan nu niet worden getoond. U kunt gewoon opslaan: het KCC houdt het
          contact vast en het gaat alsnog naar het goede team.
        </p>
      )}
      {asked && error === undefined && !decision && (
        <p className="wissel-hint">De werkafspraak wordt gezocht…</p>
      )}
      {decision && error === undefined && (
        <DecisionView {...{ decision, draft, onApply, locked }} />
      )}
    </section>
  );
}

interface ViewProps extends Omit<Props, "state"> {
  decision: Decision;
}

function DecisionView({ decision, draft, onApply, locked }: ViewProps) {
  const teams = useTeams();
  const announce = useAnnounce();
  const team = decision.teamId ? teams.nameOf(decision.teamId) : "";
  const headline =
    decision.outcome === Outcome.QUEUE ? `Naar ${team}` : outcomeLabel[decision.outcome];
  useEffect(() => announce(`Werkafspraak: ${headline}`), [announce, headline]);
  return (
    <div className="wissel-decision__body">
      <p className="wissel-decision__headline">{headline}</p>
      <DecisionSteps decision={decision} />
      {decision.outcome === Outcome.REJECT && (
        <AcquisitionScript key={decision.ruleId} questions={decision.questions} />
      )}
      <p className="wissel-decision__reason">{decision.reason}</p>
      {!locked && <Apply {...{ decision, draft, onApply }} />}
      {decision.outcome === Outcome.QUEUE && <NormOfTeam teamId={decision.teamId} draft={draft} />}
      <p className="wissel-decision__rule">
        {decision.ruleId
          ? `Afspraak ${decision.ruleId}, versie ${decision.sopVersion}`
          : "Geen afspraak gevonden"}
        {team && decision.outcome !== Outcome.QUEUE && `. Eigenaar: ${team}`}
      </p>
    </div>
  );
}

/** One press to end the contact as the agreement says. */
function Apply({ decision, draft, onApply }: Omit<ViewProps, "locked">) {
  const suggestions: Partial<Record<Outcome, { label: string; part: Partial<Draft> }>> = {
    [Outcome.ANSWER]: {
      label: "Vastleggen als beantwoord",
      part: {
        ending: "answered",
        kind: AnsweredKind.ANSWERED,
        answer: draft.answer || decision.script,
      },
    },
    [Outcome.STEER]: {
      label: "Vastleggen als doorverwezen",
      part: {
        ending: "answered",
        kind: AnsweredKind.STEERED,
        answer: draft.answer || decision.steerTo || decision.phoneNumber,
      },
    },
    [Outcome.REJECT]: {
      label: "Vastleggen als acquisitie",
      part: { ending: "answered", kind: AnsweredKind.ACQUISITION },
    },
  };
  const suggestion = suggestions[decision.outcome];
  if (!suggestion) return null;
  const { part, label } = suggestion;
  if (draft.ending === part.ending && draft.kind === part.kind) return null;
  return (
    <Button appearance="secondary-action-button" onClick={() => onApply(part)}>
      {label}
    </Button>
  );
}

/** The norm of the team that will own the contact. */
function NormOfTeam({ teamId, draft }: { teamId: string; draft: Draft }) {
  const { all } = useTeams();
  if (draft.ending !== "callback") return null;
  const norm = all
    .find((team) => team.teamId === teamId)
    ?.norms.find((n) => n.channel === Channel.CALLBACK);
  if (!norm) return null;
  const days = norm.workingDays === 1 ? "1 werkdag" : `${norm.workingDays} werkdagen`;
  return (
    <p className="wissel-decision__norm">
      Norm: teruggebeld binnen {days}. Doel: meer dan {Math.round(norm.targetShare * 100)}%.
    </p>
  );
}
