import * as Plot from "@observablehq/plot";
import type { HoldTime } from "@wissel/api";
import { useCallback, useMemo } from "react";
import { commonWords } from "../lib/words.ts";
import { ChartPanel, CasesLink, type Table } from "./chart-panel.tsx";
import { Chart } from "./chart.tsx";
import { holdFinding, withinWords } from "./findings.ts";
import { nameAxis, rowsLayout, wholeAxis } from "./rows.ts";
import type { LinkTo } from "./use-dashboard.ts";
import { dashboardWords as words } from "./words.ts";

const SHOWN = 10;
const ROW_HEIGHT = 26;

interface Props {
  times: readonly HoldTime[];
  nameOf: (teamId: string) => string;
  linkTo: LinkTo;
}

const titleOf = (nameOf: Props["nameOf"], time: HoldTime): string =>
  words.holdOf(
    nameOf(time.teamId),
    withinWords(time.medianWorkingDays),
    withinWords(time.mostWorkingDays),
  );

function HoldChart({ times, nameOf, linkTo }: Props) {
  const draw = useCallback(
    (width: number): Plot.PlotOptions => {
      const most = Math.max(1, ...times.map(({ mostWorkingDays }) => mostWorkingDays));
      return {
        ...rowsLayout(width, times.length, ROW_HEIGHT),
        x: { domain: [0, most] },
        y: { domain: times.map(({ teamId }) => teamId), padding: 0 },
        marks: [
          ...wholeAxis(most, width),
          nameAxis(width, nameOf),
          Plot.barX(times, {
            y: "teamId",
            x1: 0,
            x2: "mostWorkingDays",
            insetTop: 9,
            insetBottom: 9,
            className: "wissel-mark--stretch",
          }),
          Plot.dot(times, {
            y: "teamId",
            x: "medianWorkingDays",
            r: 5.5,
            className: "wissel-mark--middle",
          }),
          Plot.barX(times, {
            y: "teamId",
            x1: 0,
            x2: most,
            className: "wissel-mark--hit",
            title: (time: HoldTime) => titleOf(nameOf, time),
            href: ({ teamId }: HoldTime) => linkTo({ kind: "held", by: teamId }, { teamId: "" }),
          }),
        ],
      };
    },
    [times, nameOf, linkTo],
  );
  return <Chart draw={draw} />;
}

const tableOf = ({ times, nameOf, linkTo }: Props): Table => ({
  caption: words.holdKicker,
  columns: [
    { label: commonWords.team },
    { label: words.half },
    { label: words.most },
    { label: words.stays, number: true },
  ],
  rows: times.map((time) => ({
    key: time.teamId,
    cells: [
      <CasesLink
        key="team"
        to={linkTo({ kind: "held", by: time.teamId }, { teamId: "" })}
        label={words.tileLink(nameOf(time.teamId))}
      >
        {nameOf(time.teamId)}
      </CasesLink>,
      withinWords(time.medianWorkingDays),
      withinWords(time.mostWorkingDays),
      time.stays.toLocaleString("nl-NL"),
    ],
  })),
});

/** How long cases lie with a team before it passes them on or ends them. */
export function HoldTimesPanel(props: Props) {
  const { times, nameOf } = props;
  const shown = useMemo(() => times.slice(0, SHOWN), [times]);
  const some = times.length > 0;
  return (
    <ChartPanel
      about={words.holdKicker}
      finding={holdFinding(times, nameOf)}
      {...(some && { hint: words.holdHow, table: () => tableOf(props) })}
    >
      {some && <HoldChart {...props} times={shown} />}
    </ChartPanel>
  );
}
