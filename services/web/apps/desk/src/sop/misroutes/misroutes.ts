import type { Misroute, MisroutedCase } from "@wissel/api";
import { matrixOf } from "../../lib/matrix.ts";

// Misroutes come as cells; the screen has a row for each rule and team.

export interface RuleMisroutes {
  ruleId: string;
  sopVersion: bigint;
  fromTeamId: string;
  /** Contacts that belonged with a team; empty: nobody said which. */
  count: (toTeamId: string) => bigint;
  cases: bigint;
  /** All that this rule gave to this team. */
  routed: bigint;
  examples: readonly MisroutedCase[];
}

export interface MisrouteTable {
  rows: readonly RuleMisroutes[];
  /** Columns; a team that nobody named comes last. */
  to: readonly string[];
}

const keyOf = ({ ruleId, fromTeamId }: Misroute): string => `${ruleId}\n${fromTeamId}`;

export function byRule(misroutes: readonly Misroute[]): MisrouteTable {
  const matrix = matrixOf(
    misroutes.map((each) => ({ from: keyOf(each), to: each.toTeamId, count: each.cases })),
  );
  const rows = matrix.from.flatMap((key) => {
    const cells = misroutes.filter((each) => keyOf(each) === key);
    const [first] = cells;
    if (!first) return [];
    const versions = cells.map(({ sopVersion }) => sopVersion);
    return [
      {
        ruleId: first.ruleId,
        fromTeamId: first.fromTeamId,
        sopVersion: versions.reduce((a, b) => (a > b ? a : b)),
        count: (to: string) => matrix.at(key, to),
        cases: matrix.rowTotal(key),
        routed: first.routed,
        examples: cells.flatMap(({ examples }) => examples),
      },
    ];
  });
  const named = matrix.to.filter(Boolean);
  return { rows, to: matrix.to.includes("") ? [...named, ""] : named };
}
