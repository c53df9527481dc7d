import { Role, type Session } from "@wissel/api";

// Which screens a colleague gets. The server guards the data; this only keeps doors away that
// would not open.

const any = (session: Session, ...roles: Role[]): boolean =>
  roles.some((role) => session.roles.includes(role));

export const mayRegister = (s: Session): boolean => any(s, Role.KCC_AGENT);

export const maySeeQueues = (s: Session): boolean =>
  any(s, Role.KCC_AGENT, Role.TEAM_MEMBER, Role.TEAM_LEAD, Role.MANAGER);

export const mayOpenCases = (s: Session): boolean =>
  any(s, Role.KCC_AGENT, Role.TEAM_MEMBER, Role.TEAM_LEAD);

export const maySeeFigures = (s: Session): boolean => any(s, Role.MANAGER, Role.TEAM_LEAD);

/** Anybody who works with the agreements may read them. */
export const maySeeSop = (s: Session): boolean =>
  any(s, Role.KCC_AGENT, Role.TEAM_MEMBER, Role.TEAM_LEAD, Role.MANAGER, Role.FUNCTIONAL_ADMIN);

export const mayEditSop = (s: Session): boolean => any(s, Role.TEAM_LEAD, Role.FUNCTIONAL_ADMIN);

export const mayPutInForce = (s: Session): boolean => any(s, Role.FUNCTIONAL_ADMIN);

export const mayExplain = (s: Session): boolean =>
  any(s, Role.KCC_AGENT, Role.TEAM_MEMBER, Role.TEAM_LEAD, Role.FUNCTIONAL_ADMIN);

export const maySeeMisroutes = (s: Session): boolean =>
  any(s, Role.KCC_AGENT, Role.TEAM_LEAD, Role.MANAGER, Role.FUNCTIONAL_ADMIN);

/** Where a colleague begins the day. */
export function startPage(s: Session): string {
  if (mayRegister(s)) return "/registreren";
  if (any(s, Role.TEAM_MEMBER, Role.TEAM_LEAD)) return "/werkvoorraad";
  if (maySeeFigures(s)) return "/cijfers";
  if (maySeeSop(s)) return "/werkafspraken";
  return "/welkom";
}
