import { DraftState, Role, type Draft, type Session, type SopFinding, Severity } from "@wissel/api";
import { sopWords } from "./words.ts";

// Where a draft is, and what a colleague may do with it.

export const draftStateLabel: Readonly<Record<DraftState, string>> = {
  [DraftState.UNSPECIFIED]: sopWords.unknown,
  [DraftState.DRAFT]: sopWords.draft,
  [DraftState.CHECKED]: sopWords.checked,
  [DraftState.ACCEPTED]: sopWords.accepted,
  [DraftState.IN_FORCE]: sopWords.inForce,
  [DraftState.DISCARDED]: sopWords.discarded,
};

export const isOpen = (draft: Draft): boolean =>
  draft.state !== DraftState.IN_FORCE && draft.state !== DraftState.DISCARDED;

export interface Consent {
  teamId: string;
  /** Who accepted; undefined: nobody yet. */
  by: string | undefined;
  at: Draft["acceptances"][number]["at"];
  /** This colleague may accept for the team. */
  mine: boolean;
}

/** Who has to agree, who did, and for whom this colleague may. */
export function consents(draft: Draft, session: Session, kccTeamId: string): Consent[] {
  const given = new Map(draft.acceptances.map((each) => [each.teamId, each]));
  const leads = session.roles.includes(Role.TEAM_LEAD);
  const administers = session.roles.includes(Role.FUNCTIONAL_ADMIN);
  return draft.concernedTeamIds.map((teamId) => ({
    teamId,
    by: given.get(teamId)?.by,
    at: given.get(teamId)?.at,
    mine: (leads && session.teamIds.includes(teamId)) || (administers && teamId === kccTeamId),
  }));
}

export interface FindingCount {
  errors: number;
  warnings: number;
}

export function countFindings(findings: readonly SopFinding[]): FindingCount {
  const errors = findings.filter((each) => each.severity === Severity.ERROR).length;
  return { errors, warnings: findings.length - errors };
}

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** "2 fouten en 1 waarschuwing". */
export function findingWords({ errors, warnings }: FindingCount): string {
  if (errors + warnings === 0) return sopWords.noFindings;
  const said = [
    ...(errors > 0 ? [plural(errors, "fout", "fouten")] : []),
    ...(warnings > 0 ? [plural(warnings, "waarschuwing", "waarschuwingen")] : []),
  ];
  return said.join(" en ");
}

/** The worst severity on each line. */
export function marksByLine(findings: readonly SopFinding[]): ReadonlyMap<number, Severity> {
  const marks = new Map<number, Severity>();
  for (const { line, severity } of findings) {
    if (line > 0) marks.set(line, marks.get(line) === Severity.ERROR ? Severity.ERROR : severity);
  }
  return marks;
}

/** A stretch of line numbers with the same mark, ready to be shown beside the text. */
export interface Gutter {
  text: string;
  mark: Severity | undefined;
}

export function gutter(lines: number, marks: ReadonlyMap<number, Severity>): Gutter[] {
  const parts: Gutter[] = [];
  let from = 1;
  const upTo = (to: number) => {
    if (to < from) return;
    const numbers = Array.from({ length: to - from + 1 }, (_, place) => from + place);
    parts.push({ text: numbers.join("\n"), mark: undefined });
  };
  for (const line of [...marks.keys()].sort((a, b) => a - b)) {
    if (line > lines) break;
    upTo(line - 1);
    parts.push({ text: String(line), mark: marks.get(line) });
    from = line + 1;
  }
  upTo(lines);
  return parts;
}
