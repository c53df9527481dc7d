import type { Move } from "@wissel/api";
import { useMemo } from "react";
import { matrixOf } from "../lib/matrix.ts";
import { ChartPanel, CasesLink, type Table } from "./chart-panel.tsx";
import { movesFinding } from "./findings.ts";
import { MatrixChart } from "./matrix-chart.tsx";
import type { LinkTo } from "./use-dashboard.ts";
import { dashboardWords as words } from "./words.ts";

/** Rows and columns of the matrix; every pair stands in the table. */
const SHOWN = 8;

interface Props {
  moves: readonly Move[];
  nameOf: (teamId: string) => string;
  linkTo: LinkTo;
}

interface NamedMove {
  from: string;
  to: string;
  cases: bigint;
  title: string;
  href: string;
}

const named = ({ moves, nameOf, linkTo }: Props): NamedMove[] =>
  moves.map(({ teams, cases }) => {
    const from = teams?.fromTeamId ?? "";
    const to = teams?.toTeamId ?? "";
    return {
      from,
      to,
      cases,
      title: words.moveOf(nameOf(from), nameOf(to), cases),
      // Whose case it is in the end does not matter: the two teams of the mark do.
      href: linkTo({ kind: "moved", from, to }, { teamId: "" }),
    };
  });

const tableOf = (moves: readonly NamedMove[], nameOf: Props["nameOf"]): Table => ({
  caption: words.movesKicker,
  columns: [
    { label: words.fromTeam },
    { label: words.toTeam },
    { label: words.times, number: true },
  ],
  rows: moves.map(({ from, to, cases, title, href }) => ({
    key: `${from}\n${to}`,
    cells: [
      nameOf(from),
      nameOf(to),
      <CasesLink key="cases" to={href} label={title}>
        {cases.toLocaleString("nl-NL")}
      </CasesLink>,
    ],
  })),
});

/** Which team passed cases on to which. */
export function MovesPanel({ moves, nameOf, linkTo }: Props) {
  const shown = useMemo(() => named({ moves, nameOf, linkTo }), [moves, nameOf, linkTo]);
  const { from, to, cells } = useMemo(() => {
    const matrix = matrixOf(shown.map(({ cases, ...move }) => ({ ...move, count: cases })));
    return {
      from: matrix.from.slice(0, SHOWN),
      to: matrix.to.slice(0, SHOWN),
      cells: shown.map(({ cases, ...move }) => ({ ...move, count: Number(cases) })),
    };
  }, [shown]);
  const some = moves.length > 0;
  return (
    <ChartPanel
      about={words.movesKicker}
      finding={movesFinding(moves, nameOf)}
      {...(some && { hint: words.movesHow, table: () => tableOf(shown, nameOf) })}
    >
      {some && <MatrixChart {...{ from, to, cells }} fromName={nameOf} toName={nameOf} />}
    </ChartPanel>
  );
}
