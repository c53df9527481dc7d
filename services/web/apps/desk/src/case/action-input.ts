import { CaseOutcome } from "@wissel/api";

/** What the form of an action gathers; each action uses its own part. */
export interface ActionInput {
  text: string;
  note: string;
  teamId: string;
  reached: boolean;
  outcome: CaseOutcome;
}

export const emptyInput: ActionInput = {
  text: "",
  note: "",
  teamId: "",
  reached: true,
  outcome: CaseOutcome.UNSPECIFIED,
};
