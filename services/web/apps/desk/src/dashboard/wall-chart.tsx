import * as Plot from "@observablehq/plot";
import { useCallback, useLayoutEffect, useRef, useState } from "react";
import { monthWords, shortMonth, type MonthRange } from "../lib/months.ts";
import { percentWords } from "../lib/share.ts";
import { Chart } from "./chart.tsx";
import type { MonthPoint } from "./figures.ts";
import { floorOf, periodMark, pointsOf, shareAxis, shareMarks, targetMark } from "./share-marks.ts";
import { dashboardWords as words } from "./words.ts";

interface Props {
  line: readonly MonthPoint[];
  months: MonthRange;
}

/** The months with their shares, for who cannot see the line. */
function Said({ line }: { line: readonly MonthPoint[] }) {
  return (
    <ul className="wissel-unseen">
      {line.map(({ month, row }) => (
        <li key={month}>
          {monthWords(month)}:{" "}
          {row?.shareMetPercent ? percentWords(row.shareMetPercent) : words.noCases}
        </li>
      ))}
    </ul>
  );
}

/** The share in time over the months, as high as the screen has room for. */
export function WallChart({ line, months }: Props) {
  const ref = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const measure = () => setHeight(element.clientHeight);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const draw = useCallback(
    (width: number): Plot.PlotOptions => {
      const points = pointsOf(line);
      const first = points[0]?.month ?? 0;
      const floor = floorOf(points);
      const some = line.some(({ row }) => row?.shareMet !== undefined);
      return {
        width,
        height: Math.max(120, height),
        marginTop: 16,
        marginBottom: 40,
        marginLeft: 76,
        marginRight: 24,
        x: { axis: null, domain: [first - 0.5, first + points.length - 0.5] },
        y: { axis: null, domain: [floor, 1] },
        marks: [
          periodMark(months),
          shareAxis(points, floor),
          Plot.axisX(
            points.map(({ month }) => month),
            {
              tickFormat: (month: number) => shortMonth(month, month % 12 === 0),
              tickSize: 0,
              tickPadding: 12,
              label: null,
            },
          ),
          Plot.ruleY([floor, 1], { className: "wissel-mark--grid" }),
          targetMark(points),
          ...shareMarks(points, 7),
          ...(some ? [] : [Plot.text([words.noCases], { frameAnchor: "middle" })]),
        ],
      };
    },
    [line, months, height],
  );
  return (
    <div ref={ref} className="wissel-wall__chart">
      {height > 0 && <Chart draw={draw} />}
      <Said line={line} />
    </div>
  );
}
