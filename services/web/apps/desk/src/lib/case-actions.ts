import { CaseState, Role, type CaseSummary, type Session } from "@wissel/api";

/** What a colleague can do with a case. */
export type CaseAction =
  | "claim"
  | "takeOver"
  | "unclaim"
  | "attempt"
  | "interim"
  | "answer"
  | "close"
  | "return"
  | "forward"
  | "reopen";

/** Who looks, and which team is the KCC's own. */
export interface Viewer {
  session: Session;
  kccTeamId: string;
}

const hasRole = (session: Session, ...roles: Role[]): boolean =>
  roles.some((role) => session.roles.includes(role));

/** Whether the viewer works the queue of a team. */
export function worksTeam({ session, kccTeamId }: Viewer, teamId: string): boolean {
  if (hasRole(session, Role.KCC_AGENT) && teamId === kccTeamId) return true;
  return hasRole(session, Role.TEAM_MEMBER, Role.TEAM_LEAD) && session.teamIds.includes(teamId);
}

/**
 * The actions to offer, in the order of the screen. The server decides in the end; this keeps
 * buttons away that would only lead to a refusal.
 */
export function allowedActions(summary: CaseSummary, viewer: Viewer): CaseAction[] {
  const { session, kccTeamId } = viewer;
  const { teamId, state } = summary;
  const works = worksTeam(viewer, teamId);
  const kcc = hasRole(session, Role.KCC_AGENT);
  const leads = hasRole(session, Role.TEAM_LEAD) && session.teamIds.includes(teamId);
  if (state === CaseState.CLOSED) return kcc || leads ? ["reopen"] : [];

  const held = state === CaseState.CLAIMED;
  if (held && summary.claimedBy !== session.accountId) {
    // What a colleague has in hand is taken over, with a reason, before anything else is done with
    // it; but for the KCC elsewhere and the team lead.
    const actions: CaseAction[] = works ? ["takeOver"] : [];
    if (kcc && teamId !== kccTeamId) actions.push("forward", "close");
    if (leads) actions.push("unclaim");
    return actions;
  }
  const actions: CaseAction[] = [];
  if (works && !held) actions.push("claim");
  if (works) actions.push("answer", "attempt", "interim");
  if (kcc) actions.push("forward");
  const secondLine = hasRole(session, Role.TEAM_MEMBER, Role.TEAM_LEAD);
  if (secondLine && works && teamId !== kccTeamId) actions.push("return");
  if (works || kcc) actions.push("close");
  if (works && held) actions.push("unclaim");
  return actions;
}
