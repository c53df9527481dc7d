import * as Plot from "@observablehq/plot";
import type { OpenWork } from "@wissel/api";
import { useCallback, useMemo } from "react";
import { commonWords } from "../lib/words.ts";
import { ChartPanel, Count, type Table } from "./chart-panel.tsx";
import { Chart } from "./chart.tsx";
import { openFinding } from "./findings.ts";
import { Legend } from "./legend.tsx";
import { nameAxis, nameRoom, rowsLayout, wholeAxis } from "./rows.ts";
import type { LinkTo } from "./use-dashboard.ts";
import { dashboardWords as words } from "./words.ts";

const SHOWN = 10;
const ROW_HEIGHT = 30;

const kinds = ["week", "forecast", "late"] as const;

interface Part {
  teamId: string;
  from: number;
  to: number;
  kind: (typeof kinds)[number];
  title: string;
  href: string;
}

/** The bar of a team: what is late, what will be, and the rest of the week. */
function partsOf(row: OpenWork, linkTo: LinkTo): Part[] {
  const { teamId, teamName } = row;
  const [late, forecast, week] = [row.late, row.forecastLate, row.dueThisWeek].map(Number) as [
    number,
    number,
    number,
  ];
  const ofWeek = {
    href: linkTo({ kind: "open", late: false }, { teamId }),
    title: words.weekOf(teamName, row.dueThisWeek, row.forecastLate),
  };
  const parts: Part[] = [
    {
      teamId,
      from: 0,
      to: late,
      kind: "late",
      title: words.lateOf(teamName, row.late),
      href: linkTo({ kind: "open", late: true }, { teamId }),
    },
    { teamId, from: late, to: late + forecast, kind: "forecast", ...ofWeek },
    { teamId, from: late + forecast, to: late + week, kind: "week", ...ofWeek },
  ];
  return parts.filter(({ from, to }) => to > from);
}

function OpenChart({ rows, linkTo }: { rows: readonly OpenWork[]; linkTo: LinkTo }) {
  const draw = useCallback(
    (width: number): Plot.PlotOptions => {
      const parts = rows.flatMap((row) => partsOf(row, linkTo));
      const most = Math.max(1, ...parts.map(({ to }) => to));
      const names = new Map(rows.map((row) => [row.teamId, row.teamName || commonWords.noTeam]));
      const layout = rowsLayout(width, rows.length, ROW_HEIGHT);
      const pixels = (width - nameRoom(width) - layout.marginRight) / most;
      const bars = (kind: Part["kind"]) =>
        Plot.barX(
          parts.filter((part) => part.kind === kind),
          {
            y: "teamId",
            x1: "from",
            x2: "to",
            insetTop: 4,
            insetBottom: 4,
            className: `wissel-mark--${kind}`,
            title: "title",
            href: "href",
          },
        );
      return {
        ...layout,
        x: { domain: [0, most] },
        y: { domain: rows.map(({ teamId }) => teamId) },
        marks: [
          ...wholeAxis(most, width),
          nameAxis(width, (id) => names.get(id) ?? id),
          ...kinds.map(bars),
          ...kinds.map((kind) =>
            Plot.text(
              parts.filter((part) => part.kind === kind && (part.to - part.from) * pixels > 20),
              {
                y: "teamId",
                x: (part: Part) => (part.from + part.to) / 2,
                text: (part: Part) => (part.to - part.from).toLocaleString("nl-NL"),
                className: `wissel-mark--number wissel-mark--number-${kind}`,
              },
            ),
          ),
        ],
      };
    },
    [rows, linkTo],
  );
  return <Chart draw={draw} />;
}

function tableOf(work: readonly OpenWork[], linkTo: LinkTo): Table {
  return {
    caption: words.openKicker,
    columns: [
      { label: commonWords.team },
      { label: words.late, number: true },
      { label: words.dueThisWeek, number: true },
      { label: words.forecast, number: true },
      { label: words.open, number: true },
      { label: words.pace, number: true },
    ],
    rows: work.map((row) => ({
      key: row.teamId,
      cells: [
        row.teamName || commonWords.noTeam,
        <Count
          key="late"
          value={row.late}
          to={linkTo({ kind: "open", late: true }, { teamId: row.teamId })}
          label={words.lateOf(row.teamName, row.late)}
        />,
        <Count
          key="week"
          value={row.dueThisWeek}
          to={linkTo({ kind: "open", late: false }, { teamId: row.teamId })}
          label={words.weekOf(row.teamName, row.dueThisWeek, row.forecastLate)}
        />,
        row.forecastLate.toLocaleString("nl-NL"),
        row.open.toLocaleString("nl-NL"),
        row.pace.toLocaleString("nl-NL", { maximumFractionDigits: 1 }),
      ],
    })),
  };
}

interface PanelProps {
  work: readonly OpenWork[];
  /** The other charts are about one channel or topic; this one never is. */
  narrowed: boolean;
  linkTo: LinkTo;
}

/** What is late now, and what will be late this week if nothing happens. */
export function OpenWorkPanel({ work, narrowed, linkTo }: PanelProps) {
  const pressing = useMemo(() => work.filter((row) => row.late + row.dueThisWeek > 0n), [work]);
  const shown = useMemo(() => pressing.slice(0, SHOWN), [pressing]);
  const rest = pressing.length - shown.length;
  return (
    <ChartPanel
      about={words.openKicker}
      finding={openFinding(work)}
      hint={
        <>
          {words.openHow} {narrowed && words.openOfAll} {rest > 0 && words.othersNotShown(rest)}
        </>
      }
      {...(work.length > 0 && { table: () => tableOf(work, linkTo) })}
    >
      {shown.length > 0 && (
        <>
          <Legend
            items={[
              { mark: "late", label: words.late },
              { mark: "forecast", label: words.forecast },
              { mark: "week", label: words.restOfWeek },
            ]}
          />
          <OpenChart rows={shown} linkTo={linkTo} />
        </>
      )}
    </ChartPanel>
  );
}
