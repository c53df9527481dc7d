import * as Plot from "@observablehq/plot";
import { useCallback } from "react";
import { Chart } from "./chart.tsx";
import { nameAxis, nameRoom } from "./rows.ts";

const ROW_HEIGHT = 30;
const HEAD = 84;

export interface MatrixCell {
  from: string;
  to: string;
  count: number;
  title: string;
  href: string;
}

interface Props {
  from: readonly string[];
  to: readonly string[];
  cells: readonly MatrixCell[];
  fromName: (id: string) => string;
  toName: (id: string) => string;
}

/** From and to, with the number in each cell; the darker the more. */
export function MatrixChart({ from, to, cells, fromName, toName }: Props) {
  const draw = useCallback(
    (width: number): Plot.PlotOptions => {
      const room = Math.max(2, Math.floor((width - nameRoom(width) - 40) / 40));
      const columns = to.slice(0, room);
      const shown = cells.filter((cell) => from.includes(cell.from) && columns.includes(cell.to));
      const most = Math.max(1, ...shown.map(({ count }) => count));
      const every = from.flatMap((f) => columns.map((t) => ({ from: f, to: t })));
      return {
        width: Math.min(width, nameRoom(width) + columns.length * 72 + 48),
        height: HEAD + from.length * ROW_HEIGHT,
        marginTop: HEAD,
        marginBottom: 0,
        marginLeft: nameRoom(width),
        marginRight: 48,
        padding: 0,
        x: { domain: columns },
        y: { domain: from },
        opacity: { type: "identity" },
        marks: [
          nameAxis(width, fromName),
          Plot.axisX({
            anchor: "top",
            label: null,
            tickSize: 0,
            tickRotate: -35,
            tickFormat: toName,
            textAnchor: "start",
            lineWidth: 9,
            textOverflow: "ellipsis",
          }),
          Plot.cell(every, {
            x: "to",
            y: "from",
            inset: 1,
            rx: 2,
            className: "wissel-mark--empty",
          }),
          Plot.cell(shown, {
            x: "to",
            y: "from",
            inset: 1,
            rx: 2,
            fillOpacity: ({ count }: MatrixCell) => 0.08 + (0.42 * count) / most,
            className: "wissel-mark--heat",
            title: "title",
            href: "href",
          }),
          Plot.text(shown, {
            x: "to",
            y: "from",
            text: ({ count }: MatrixCell) => count.toLocaleString("nl-NL"),
            className: "wissel-mark--count",
          }),
        ],
      };
    },
    [from, to, cells, fromName, toName],
  );
  return <Chart draw={draw} />;
}
