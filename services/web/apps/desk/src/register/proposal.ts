import { Outcome, type Decision } from "@wissel/api";
import { proposedEnding, type RegistrationDraft } from "./registration-draft.ts";

/** What can still be filled in as the agreement says. */
export interface Proposal {
  /** On the button; it fills in and saves nothing. */
  label: string;
  part: Partial<RegistrationDraft>;
}

const chooses: Partial<Record<Outcome, string>> = {
  [Outcome.QUEUE]: "Terugbelverzoek kiezen",
  [Outcome.ANSWER]: "Beantwoord kiezen",
  [Outcome.STEER]: "Doorverwezen kiezen",
  [Outcome.REJECT]: "Acquisitie kiezen",
};

/** The text of the agreement that belongs in the form, and what it is called there. */
function textOf(decision: Decision): { text: string; label: string } {
  const { outcome, script, steerTo, phoneNumber } = decision;
  if (outcome === Outcome.ANSWER) return { text: script, label: "Antwoord invullen" };
  if (outcome === Outcome.STEER)
    return { text: steerTo || phoneNumber, label: "Verwijzing invullen" };
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
