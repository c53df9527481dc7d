import * as Plot from "@observablehq/plot";
import { percentWords } from "../lib/share.ts";
import type { MonthRange } from "../lib/months.ts";
import { judgementOf, type Judgement, type MonthPoint } from "./figures.ts";

// The line of a share in time against its target, small and large.

export interface Point {
  month: number;
  /** NaN: nothing to draw, and a gap in the line. */
  share: number;
  target: number;
  judgement: Judgement;
  few: boolean;
}

/** The points of a line. Few cases are no point of the line: one late of two is not 50 %. */
export const pointsOf = (line: readonly MonthPoint[]): Point[] =>
  line.map(({ month, row }) => {
    const judgement = judgementOf(row);
    return {
      month,
      share: row?.shareMet ?? NaN,
      target: row?.targetShare ?? NaN,
      judgement,
      few: judgement === "few",
    };
  });

/** The least share that a chart must have room for, in whole tens of percents. */
export function floorOf(points: readonly Point[]): number {
  const shown = points.flatMap(({ share, target }) => [share, target]).filter((v) => !isNaN(v));
  return Math.max(0, Math.floor(Math.min(0.9, ...shown) * 10 - 0.2) / 10);
}

const chosen = (judgement: Judgement) => (point: Point) =>
  point.judgement === judgement && !isNaN(point.share);

/** The period that was chosen, as a ground behind the line. */
export const periodMark = ({ first, last }: MonthRange): Plot.Markish =>
  Plot.rect([{ first, last }], {
    x1: (d: MonthRange) => d.first - 0.5,
    x2: (d: MonthRange) => d.last + 0.5,
    className: "wissel-mark--period",
  });

export const targetMark = (points: readonly Point[]): Plot.Markish =>
  Plot.line(points, {
    x: "month",
    y: "target",
    curve: "step",
    className: "wissel-mark--target",
  });

/** The line and its points; met and missed differ in colour and in shape. */
export const shareMarks = (points: readonly Point[], radius: number): Plot.Markish[] => [
  Plot.line(points, {
    x: "month",
    y: (point: Point) => (point.few ? NaN : point.share),
    className: "wissel-mark--line",
  }),
  Plot.dot(points.filter(chosen("few")), {
    x: "month",
    y: "share",
    r: radius * 0.8,
    className: "wissel-mark--few",
  }),
  Plot.dot(points.filter(chosen("met")), {
    x: "month",
    y: "share",
    r: radius,
    className: "wissel-mark--met",
  }),
  Plot.dot(points.filter(chosen("none")), {
    x: "month",
    y: "share",
    r: radius,
    className: "wissel-mark--met",
  }),
  Plot.dot(points.filter(chosen("missed")), {
    x: "month",
    y: "share",
    r: radius * 1.25,
    symbol: "diamond",
    className: "wissel-mark--missed",
  }),
];

/** The shares beside the axis: the ends, and the target if its words fit between them. */
function sharesOn(floor: number, target = NaN): number[] {
  const fits = [target - floor, 1 - target].every((gap) => gap / (1 - floor) > 0.15);
  return fits ? [floor, target, 1] : [floor, 1];
}

/** The shares beside the line. */
export const shareAxis = (points: readonly Point[], floor: number): Plot.Markish =>
  Plot.axisY(sharesOn(floor, points.at(-1)?.target), {
    tickFormat: (share: number) => percentWords(String(Number((share * 100).toFixed(4)))),
    tickSize: 0,
    label: null,
  });
