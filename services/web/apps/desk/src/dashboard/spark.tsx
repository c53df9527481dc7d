import { useCallback } from "react";
import type { MonthRange } from "../lib/months.ts";
import { Chart } from "./chart.tsx";
import type { MonthPoint } from "./figures.ts";
import { floorOf, periodMark, pointsOf, shareMarks, targetMark } from "./share-marks.ts";

const HEIGHT = 36;

/** How a share went, without axes: beside a number that says it. */
export function Spark({ line, months }: { line: readonly MonthPoint[]; months: MonthRange }) {
  const draw = useCallback(
    (width: number) => {
      const points = pointsOf(line);
      const first = points[0]?.month ?? 0;
      return {
        width,
        height: HEIGHT,
        marginTop: 4,
        marginBottom: 4,
        marginLeft: 2,
        marginRight: 2,
        x: { axis: null, domain: [first - 0.5, first + points.length - 0.5] },
        y: { axis: null, domain: [floorOf(points), 1.02] },
        marks: [periodMark(months), targetMark(points), ...shareMarks(points, 1.75)],
      };
    },
    [line, months],
  );
  return <Chart draw={draw} className="wissel-spark" />;
}
