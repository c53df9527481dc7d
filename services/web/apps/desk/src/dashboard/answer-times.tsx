import * as Plot from "@observablehq/plot";
import type { AnswerTime } from "@wissel/api";
import { useCallback, useMemo } from "react";
import { ChartPanel, Count, type Table } from "./chart-panel.tsx";
import { Chart } from "./chart.tsx";
import { dayReached, sumOf } from "./figures.ts";
import { MOST_WORKING_DAYS } from "../lib/figure-cases.ts";
import { leadFinding } from "./findings.ts";
import { wholeTicks } from "./rows.ts";
import type { LinkTo } from "./use-dashboard.ts";
import { dashboardWords as words } from "./words.ts";

const HEIGHT = 280;
const LEAST_SHOWN = 10;

function dayWords(days: number): string {
  if (days === 0) return words.dayZero;
  return days >= MOST_WORKING_DAYS ? words.dayMost(days) : words.dayN(days);
}

interface Props {
  times: readonly AnswerTime[];
  linkTo: LinkTo;
}

/** Where the chart ends: a tail of one case in a hundred would press all others together. */
const lastShown = (times: readonly AnswerTime[]): number =>
  Math.max(LEAST_SHOWN, dayReached(times, { of: 99n, in: 100n }) ?? 0);

function LeadChart({ times, last, linkTo }: Props & { last: number }) {
  const draw = useCallback(
    (width: number): Plot.PlotOptions => {
      const mostCases = Math.max(...times.map(({ cases }) => Number(cases)));
      const days = wholeTicks(last, width + 60);
      return {
        width,
        height: HEIGHT,
        marginTop: 8,
        marginBottom: 36,
        marginLeft: 44,
        marginRight: 8,
        x: { domain: [-0.5, last + 0.5] },
        y: { domain: [0, mostCases] },
        marks: [
          Plot.gridY({ ticks: 4, className: "wissel-mark--grid" }),
          Plot.axisY({
            ticks: 4,
            tickSize: 0,
            label: null,
            tickFormat: (n: number) => (Number.isInteger(n) ? n.toLocaleString("nl-NL") : ""),
          }),
          Plot.axisX(days, {
            tickSize: 0,
            label: words.workingDays,
            labelAnchor: "right",
            labelArrow: false,
            tickFormat: (day: number) => (day >= MOST_WORKING_DAYS ? `${day}+` : String(day)),
          }),
          Plot.rectY(times, {
            x1: ({ workingDays }: AnswerTime) => workingDays - 0.42,
            x2: ({ workingDays }: AnswerTime) => workingDays + 0.42,
            y: ({ cases }: AnswerTime) => Number(cases),
            className: "wissel-mark--plain",
            title: ({ workingDays, cases }: AnswerTime) =>
              words.answeredOn(dayWords(workingDays), cases),
            href: ({ workingDays }: AnswerTime) => linkTo({ kind: "answered", workingDays }),
          }),
        ],
      };
    },
    [times, last, linkTo],
  );
  return <Chart draw={draw} />;
}

const tableOf = ({ times, linkTo }: Props): Table => ({
  caption: words.leadKicker,
  columns: [
    { label: words.workingDays },
    { label: words.answered, number: true },
    { label: words.ofWhichDirect, number: true },
  ],
  rows: times.map(({ workingDays, cases, atFirstContact }) => ({
    key: String(workingDays),
    cells: [
      dayWords(workingDays),
      <Count
        key="cases"
        value={cases}
        to={linkTo({ kind: "answered", workingDays })}
        label={words.answeredOn(dayWords(workingDays), cases)}
      />,
      atFirstContact.toLocaleString("nl-NL"),
    ],
  })),
});

/** How many cases were answered after how many working days. */
export function AnswerTimesPanel(props: Props) {
  const { times } = props;
  const some = times.length > 0;
  const last = useMemo(() => lastShown(times), [times]);
  const shown = useMemo(
    () => times.filter(({ workingDays }) => workingDays <= last),
    [times, last],
  );
  const longer = sumOf(
    times.filter(({ workingDays }) => workingDays > last),
    ({ cases }) => cases,
  );
  return (
    <ChartPanel
      about={words.leadKicker}
      finding={leadFinding(times)}
      {...(longer > 0n && { hint: words.longer(longer, last) })}
      {...(some && { table: () => tableOf(props) })}
    >
      {some && <LeadChart {...props} times={shown} last={last} />}
    </ChartPanel>
  );
}
