import * as Plot from "@observablehq/plot";

// What charts have in common that give each team or topic a row with its name before it.

const EM = 12;

/** Room for the names. */
export const nameRoom = (width: number): number => Math.min(200, Math.round(width * 0.38));

/** The names before the rows; one that is too long ends in three dots and stands whole in the table. */
export const nameAxis = (width: number, nameOf: (id: string) => string, dy = 0): Plot.Markish =>
  Plot.axisY({
    dy,
    label: null,
    tickSize: 0,
    tickPadding: 8,
    tickFormat: nameOf,
    lineWidth: (nameRoom(width) - 12) / EM,
    textOverflow: "ellipsis",
    className: "wissel-mark--name",
  });

/** Size and margins of a chart with rows. */
export const rowsLayout = (width: number, rows: number, rowHeight: number) => ({
  width,
  height: rows * rowHeight + 30,
  marginTop: 4,
  marginBottom: 26,
  marginLeft: nameRoom(width),
  marginRight: 28,
});

/** Whole numbers on an axis, so many as there is room for. */
export const wholeTicks = (most: number, width: number): number[] => {
  const room = Math.max(3, Math.floor((width - nameRoom(width)) / 80));
  const step = [
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000,
  ].find((each) => most / each <= room);
  const by = step ?? Math.ceil(most / room);
  return Array.from({ length: Math.floor(most / by) + 1 }, (_, place) => place * by);
};

/** An axis with whole numbers under the rows, and thin lines up from it. */
export const wholeAxis = (most: number, width: number): Plot.Markish[] => [
  Plot.ruleX(wholeTicks(most, width), { className: "wissel-mark--grid" }),
  Plot.axisX(wholeTicks(most, width), {
    label: null,
    tickSize: 0,
    tickFormat: (n: number) => n.toLocaleString("nl-NL"),
  }),
];
