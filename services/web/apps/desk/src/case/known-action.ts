import { CaseAction, type CaseSummary } from "@wissel/api";

/** What can be done with a case on this screen. */
export type KnownAction = Exclude<CaseAction, CaseAction.UNSPECIFIED>;

const known: ReadonlySet<CaseAction> = new Set<KnownAction>([
  CaseAction.CLAIM,
  CaseAction.TAKE_OVER,
  CaseAction.ANSWER,
  CaseAction.RECORD_ATTEMPT,
  CaseAction.SEND_INTERIM_REPLY,
  CaseAction.FORWARD,
  CaseAction.RETURN,
  CaseAction.CLOSE,
  CaseAction.UNCLAIM,
  CaseAction.REOPEN,
]);

/** What the server allows, in its order; a newer server may know more than this screen. */
export const allowedActions = ({ allowedActions }: CaseSummary): KnownAction[] =>
  allowedActions.filter((action): action is KnownAction => known.has(action));
