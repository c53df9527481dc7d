import { Button } from "@utrecht/component-library-react";
import { Channel, Outcome, type Decision } from "@wissel/api";
import { useEffect } from "react";
import type { RegistrationDraft } from "./registration-draft.ts";
import { outcomeLabel } from "../lib/labels.ts";
import { useTeams } from "../lib/queries.ts";
import { targetShareWords } from "../lib/share.ts";
import { useAnnounce } from "../ui/announcer.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { AcquisitionScript } from "./acquisition-script.tsx";
import { DecisionSteps } from "../ui/decision-steps.tsx";
import type { Proposal } from "./proposal.ts";
import type { DecisionState } from "./use-decision.ts";
import { registerWords } from "./words.ts";
import { commonWords } from "../lib/words.ts";

interface Props {
  /** For the channel that the customer is on. */
  state: DecisionState;
  /** What a callback request would be decided as; undefined while none is made. */
  callback: Decision | undefined;
  proposal: Proposal | undefined;
  /** Fills in the form what the decision asks for. */
  onApply: (part: Partial<RegistrationDraft>) => void;
  /** The form is being sent: nothing may change. */
  locked: boolean;
}

/** What the agreements say about this contact, before it is saved. */
export function DecisionPanel({ state, ...view }: Props) {
  const { decision, asked, away, stale } = state;
  return (
    <section
      className="wissel-panel wissel-decision"
      aria-labelledby="deel-keuze"
      aria-busy={stale}
      data-outcome={decision ? Outcome[decision.outcome].toLowerCase() : undefined}
    >
      <h2 id="deel-keuze" className="wissel-panel__title">
        {commonWords.agreement}
      </h2>
      {!asked && <p className="wissel-hint">{registerWords.decisionHint}</p>}
      {away && <p className="wissel-decision__away">{registerWords.decisionAway}</p>}
      {asked && !away && !decision && <p className="wissel-hint">{registerWords.deciding}</p>}
      {decision && <DecisionView decision={decision} {...view} />}
    </section>
  );
}

interface ViewProps extends Omit<Props, "state"> {
  decision: Decision;
}

function DecisionView({ decision, callback, proposal, onApply, locked }: ViewProps) {
  const teams = useTeams();
  const announce = useAnnounce();
  const team = decision.teamId ? teams.nameOf(decision.teamId) : "";
  const headline =
    decision.outcome === Outcome.QUEUE
      ? registerWords.toTeam(team)
      : outcomeLabel[decision.outcome];
  useEffect(() => announce(registerWords.decided(headline)), [announce, headline]);
  return (
    <div className="wissel-decision__body">
      <p className="wissel-decision__headline">{headline}</p>
      <DecisionSteps decision={decision} />
      {decision.outcome === Outcome.REJECT && (
        <AcquisitionScript key={decision.ruleId} questions={decision.questions} />
      )}
      <p className="wissel-decision__reason">{decision.reason}</p>
      {!locked && proposal && <Apply proposal={proposal} onApply={onApply} />}
      {callback && (
        <AsCallback
          teamId={callback.teamId || teams.kccTeamId}
          told={decision.outcome === Outcome.QUEUE && decision.teamId === callback.teamId}
        />
      )}
      <p className="wissel-decision__rule">
        {decision.ruleId
          ? registerWords.ruleOfVersion(decision.ruleId, decision.sopVersion)
          : commonWords.noRuleFound}
        {team && decision.outcome !== Outcome.QUEUE && registerWords.owner(team)}
      </p>
    </div>
  );
}

/** One press to fill in what the agreement says. */
function Apply({ proposal, onApply }: { proposal: Proposal } & Pick<Props, "onApply">) {
  return (
    <p className="wissel-decision__apply">
      <Button appearance="secondary-action-button" onClick={() => onApply(proposal.part)}>
        {proposal.label}
      </Button>
      <Kbd>Alt+V</Kbd>
    </p>
  );
}

interface CallbackProps {
  teamId: string;
  /** The team stands above already. */
  told: boolean;
}

/** Where a callback request goes, and the norm of that team. */
function AsCallback({ teamId, told }: CallbackProps) {
  const { all, nameOf } = useTeams();
  const norm = all
    .find((team) => team.teamId === teamId)
    ?.norms.find((n) => n.channel === Channel.CALLBACK);
  return (
    <div className="wissel-decision__norm">
      {!told && <p>{registerWords.callbackGoesTo(nameOf(teamId))}</p>}
      {norm && <p>{registerWords.norm(norm.workingDays, targetShareWords(norm.targetShare))}</p>}
    </div>
  );
}
