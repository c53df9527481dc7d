import { Outcome, type Decision } from "@wissel/api";
import { proposedEnding, type RegistrationDraft } from "./registration-draft.ts";
import { registerWords } from "./words.ts";

/** What can still be filled in as the agreement says. */
export interface Proposal {
  /** On the button; it fills in and saves nothing. */
  label: string;
  part: Partial<RegistrationDraft>;
}

const chooses: Partial<Record<Outcome, string>> = {
  [Outcome.QUEUE]: registerWords.chooseCallback,
  [Outcome.ANSWER]: registerWords.chooseAnswered,
  [Outcome.STEER]: registerWords.chooseSteered,
  [Outcome.REJECT]: registerWords.chooseAcquisition,
};

/** The text of the agreement that belongs in the form, and what it is called there. */
function textOf(decision: Decision): { text: string; label: string } {
  const { outcome, script, steerTo, phoneNumber } = decision;
  if (outcome === Outcome.ANSWER) return { text: script, label: registerWords.fillInAnswer };
  if (outcome === Outcome.STEER)
    return { text: steerTo || phoneNumber, label: registerWords.fillInSteering };
  return { text: "", label: "" };
}

/** What following the decision would change on the form; undefined if nothing. */
export function proposalOf(
  decision: Decision | undefined,
  draft: RegistrationDraft,
): Proposal | undefined {
  const ending = proposedEnding(decision);
  if (!decision || !ending) return undefined;
  const { text, label } = textOf(decision);
  const fills = text !== "" && draft.answer.trim() === "";
  if (fills) return { label, part: { ...ending, answer: text } };
  const follows =
    draft.ending === ending.ending && (ending.ending === "callback" || draft.kind === ending.kind);
  return follows ? undefined : { label: chooses[decision.outcome] ?? "", part: ending };
}
