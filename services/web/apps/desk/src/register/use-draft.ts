import { useState } from "react";
import {
  changed,
  emptyDraft,
  isEmptyDraft,
  proposedEnding,
  withProposal,
  type RegistrationDraft,
} from "./registration-draft.ts";
import type { Kept } from "./kept-draft.ts";
import { useDecision } from "./use-decision.ts";

/** The form and what the agreements say about it: until a person chooses, they propose the ending. */
export function useDraft(kept: Kept | undefined) {
  const [own, setOwn] = useState<RegistrationDraft>(kept?.uncertain ? kept.draft : emptyDraft);
  // What was on the form when somebody emptied it.
  const [emptied, setEmptied] = useState<RegistrationDraft>();
  const decision = useDecision(own);
  const draft = withProposal(own, decision.decision);
  // A callback request is routed as such, whatever channel the customer is on now.
  const callback = useDecision(draft, draft.ending === "callback" ? "callback" : "none");

  const change = (part: Partial<RegistrationDraft>) => setOwn(changed(draft, part));
  const empty = () => {
    // Twice in a row must not lose what the first time took away.
    if (!isEmptyDraft(draft)) setEmptied(draft);
    setOwn(emptyDraft);
  };
  const putBack = (before: RegistrationDraft) => {
    setEmptied(isEmptyDraft(draft) ? undefined : draft);
    setOwn(before);
  };
  return {
    draft,
    decision,
    callback,
    /** What the decision would make of it, also when a person chose otherwise. */
    proposed: proposedEnding(decision.decision),
    change,
    /** From now on as it is, whatever is decided: it is being sent. */
    freeze: () => setOwn({ ...draft, endingChosen: true }),
    empty,
    /** Puts back what was emptied; what was typed since can be had back in the same way. */
    undo: emptied && (() => putBack(emptied)),
    resume: (left: RegistrationDraft) => setOwn(left),
    /** Begins anew; what was left can still be put back. */
    leave: (left: RegistrationDraft) => {
      setEmptied(left);
      setOwn(emptyDraft);
    },
    /** Ready for the next contact. */
    clear: () => {
      setEmptied(undefined);
      setOwn(emptyDraft);
    },
  };
}

export type DraftForm = ReturnType<typeof useDraft>;
