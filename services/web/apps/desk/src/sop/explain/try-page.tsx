import { Button } from "@utrecht/component-library-react";
import { useMutation } from "@tanstack/react-query";
import { Outcome, type ExplainDecisionResponse } from "@wissel/api";
import { useMemo, useState, type SubmitEvent } from "react";
import { useSearchParams } from "wouter";
import { api } from "../../lib/clients.ts";
import { emptyInquiry, inquiryRequest, type Inquiry } from "./inquiry.ts";
import { outcomeLabel } from "../../lib/labels.ts";
import { useTeams } from "../../lib/queries.ts";
import { readSop, type Sop } from "../document/model.ts";
import { DecisionSteps } from "../../ui/decision-steps.tsx";
import { SelectField } from "../../ui/fields.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { Page } from "../../ui/page.tsx";
import { useShortcuts } from "../../ui/shortcuts.ts";
import { Failed } from "../../ui/states.tsx";
import { Explanation } from "../../ui/decision-explanation.tsx";
import { InquiryFields } from "./inquiry-fields.tsx";
import { SopNav } from "../sop-nav.tsx";
import { useDraft, useDrafts, useSopVersion } from "../use-sop.ts";
import { sopWords } from "../words.ts";
import { commonWords } from "../../lib/words.ts";

/** Where a thought-up contact would go, by what is in force or by a draft. */
export function TryPage() {
  const [params, setParams] = useSearchParams();
  const draftId = /^\d{1,18}$/.exec(params.get("concept") ?? "")?.[0] ?? "";
  return (
    <Page title={sopWords.try} heading={sopWords.tryHeading} aside={<SopNav />}>
      <p className="wissel-page__lead">{sopWords.tryHint}</p>
      <TryForm
        key={draftId}
        draftId={draftId}
        onDraft={(concept) => setParams(concept ? { concept } : {})}
      />
    </Page>
  );
}

interface Props {
  draftId: string;
  onDraft: (draftId: string) => void;
}

const nothing = readSop("");

/** The document by which is tried, for what one can choose from. */
function useDocument(draftId: string): Sop {
  const inForce = useSopVersion(0n, draftId === "");
  const draft = useDraft(BigInt(draftId || "0"), draftId !== "");
  const document = draft.data?.document;
  const ofDraft = useMemo(() => (document ? readSop(document) : undefined), [document]);
  return (draftId ? ofDraft : inForce.sop) ?? nothing;
}

function TryForm({ draftId, onDraft }: Props) {
  const sop = useDocument(draftId);
  const drafts = useDrafts();
  const [inquiry, setInquiry] = useState<Inquiry>(emptyInquiry);
  const explain = useMutation({
    mutationFn: () =>
      api.sop.explainDecision({
        ...(draftId && { sop: { which: { case: "draftId" as const, value: BigInt(draftId) } } }),
        inquiry: inquiryRequest(inquiry),
      }),
  });
  const run = () => {
    if (!explain.isPending) explain.mutate();
  };
  useShortcuts({ "Ctrl+Enter": run });
  const options = (drafts.data ?? []).map((each) => ({
    value: each.draftId.toString(),
    label: sopWords.draftOf(each.title),
  }));
  return (
    <form
      className="wissel-sop wissel-sop--half"
      noValidate
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault();
        run();
      }}
    >
      <div className="wissel-panel wissel-stack">
        <SelectField
          label={sopWords.accordingTo}
          value={draftId}
          onChange={onDraft}
          options={[{ value: "", label: sopWords.rulesInForce }, ...options]}
        />
        <InquiryFields
          inquiry={inquiry}
          sop={sop}
          change={(part) => setInquiry((now) => ({ ...now, ...part }))}
        />
        <div className="wissel-form__submit wissel-form__submit--tight">
          <Button type="submit" appearance="primary-action-button" busy={explain.isPending}>
            {sopWords.try}
          </Button>
          <span className="wissel-hint">
            {commonWords.orKey}
            <Kbd>Ctrl+Enter</Kbd>
          </span>
        </div>
      </div>
      <div>
        {explain.isError && <Failed error={explain.error} />}
        <Result answer={explain.data} />
      </div>
    </form>
  );
}

function Result({ answer }: { answer: ExplainDecisionResponse | undefined }) {
  const { nameOf } = useTeams();
  const decision = answer?.decision;
  const queued = decision?.outcome === Outcome.QUEUE;
  const team = decision ? nameOf(decision.teamId) : "";
  return (
    <section
      className="wissel-panel wissel-decision"
      aria-labelledby="deel-uitkomst"
      data-outcome={decision && Outcome[decision.outcome].toLowerCase()}
    >
      <h2 id="deel-uitkomst" className="wissel-panel__title">
        {sopWords.outcome}
      </h2>
      {answer && decision ? (
        <div role="status">
          <p className="wissel-decision__headline">
            {queued ? sopWords.toTeam(team) : outcomeLabel[decision.outcome]}
          </p>
          <DecisionSteps decision={decision} />
          <Explanation answer={answer} />
          {decision.ruleId && (
            <p className="wissel-decision__rule">
              {sopWords.rule(decision.ruleId)}
              {decision.sopVersion > 0n && sopWords.ofVersion(decision.sopVersion)}
              {!queued && team && sopWords.ownedBy(team)}
            </p>
          )}
        </div>
      ) : (
        <p className="wissel-hint">{sopWords.noOutcomeYet}</p>
      )}
    </section>
  );
}
