import * as Plot from "@observablehq/plot";
import type { Arrival } from "@wissel/api";
import { useCallback } from "react";
import { ChartPanel, Count, type Table } from "./chart-panel.tsx";
import { Chart } from "./chart.tsx";
import { arrivalsFinding, weekdayWords } from "./findings.ts";
import type { LinkTo } from "./use-dashboard.ts";
import { dashboardWords as words } from "./words.ts";

const HEIGHT = 290;
const WEEK = [1, 2, 3, 4, 5, 6, 7];

interface Props {
  arrivals: readonly Arrival[];
  linkTo: LinkTo;
}

interface Cell {
  weekday: number;
  hour: number;
  cases: bigint;
}

/** Every hour of the week between the first and the last one at which something came in. */
function cellsOf(arrivals: readonly Arrival[]): { hours: number[]; cells: Cell[] } {
  const at = new Map(
    arrivals.map(({ when, cases }) => [`${when?.weekday}-${when?.hour}`, cases] as const),
  );
  const seen = arrivals.map(({ when }) => when?.hour ?? 0);
  const first = Math.min(8, ...seen);
  const last = Math.max(17, ...seen);
  const hours = Array.from({ length: last - first + 1 }, (_, after) => first + after);
  const cells = WEEK.flatMap((weekday) =>
    hours.map((hour) => ({ weekday, hour, cases: at.get(`${weekday}-${hour}`) ?? 0n })),
  );
  return { hours, cells };
}

function HeatMap({ arrivals, linkTo }: Props) {
  const draw = useCallback(
    (width: number): Plot.PlotOptions => {
      const { hours, cells } = cellsOf(arrivals);
      const most = Math.max(1, ...cells.map(({ cases }) => Number(cases)));
      const every = width < 420 ? 3 : hours.length > 16 && width < 700 ? 2 : 1;
      const options = {
        x: "hour",
        y: "weekday",
        inset: 1,
        rx: 2,
        title: (cell: Cell) => words.arrivalAt(weekdayWords(cell.weekday), cell.hour, cell.cases),
      };
      return {
        width,
        height: HEIGHT,
        marginTop: 20,
        marginBottom: 4,
        marginLeft: 30,
        marginRight: 0,
        padding: 0,
        x: { domain: hours },
        y: { domain: WEEK },
        opacity: { type: "identity" },
        marks: [
          Plot.axisX(
            hours.filter((hour) => (hour - (hours[0] ?? 0)) % every === 0),
            { anchor: "top", tickSize: 0, label: null, tickFormat: String },
          ),
          Plot.axisY({
            tickSize: 0,
            label: null,
            tickFormat: (weekday: number) => words.weekdaysShort[weekday - 1] ?? "",
          }),
          Plot.text([words.hour], {
            frameAnchor: "top-left",
            dx: -28,
            dy: -18,
            textAnchor: "start",
          }),
          Plot.cell(
            cells.filter(({ cases }) => cases === 0n),
            { ...options, className: "wissel-mark--empty" },
          ),
          Plot.cell(
            cells.filter(({ cases }) => cases > 0n),
            {
              ...options,
              fillOpacity: ({ cases }: Cell) => 0.1 + (0.9 * Number(cases)) / most,
              className: "wissel-mark--heat",
              href: ({ weekday, hour }: Cell) => linkTo({ kind: "arrival", weekday, hour }),
            },
          ),
        ],
      };
    },
    [arrivals, linkTo],
  );
  return <Chart draw={draw} />;
}

function tableOf({ arrivals, linkTo }: Props): Table {
  const { hours, cells } = cellsOf(arrivals);
  return {
    caption: words.arrivalsKicker,
    columns: [
      { label: words.weekday },
      ...hours.map((hour) => ({ label: words.hourColumn(hour), number: true })),
    ],
    rows: WEEK.map((weekday) => ({
      key: String(weekday),
      cells: [
        weekdayWords(weekday),
        ...cells
          .filter((cell) => cell.weekday === weekday)
          .map(({ hour, cases }) => (
            <Count
              key={hour}
              value={cases}
              to={linkTo({ kind: "arrival", weekday, hour })}
              label={words.arrivalAt(weekdayWords(weekday), hour, cases)}
            />
          )),
      ],
    })),
  };
}

/** On which day of the week and at which hour cases come in. */
export function ArrivalsPanel(props: Props) {
  const most = props.arrivals.reduce((n, { cases }) => (cases > n ? cases : n), 0n);
  const some = most > 0n;
  return (
    <ChartPanel
      about={words.arrivalsKicker}
      finding={arrivalsFinding(props.arrivals)}
      {...(some && { table: () => tableOf(props) })}
    >
      {some && (
        <>
          <HeatMap {...props} />
          <p className="wissel-scale" aria-hidden="true">
            {words.few}
            <span className="wissel-scale__bar" />
            {words.many(most)}
          </p>
        </>
      )}
    </ChartPanel>
  );
}
