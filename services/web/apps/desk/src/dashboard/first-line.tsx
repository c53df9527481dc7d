import * as Plot from "@observablehq/plot";
import type { TopicFigure } from "@wissel/api";
import { useCallback, useMemo } from "react";
import { partWords } from "../lib/share.ts";
import { commonWords } from "../lib/words.ts";
import { ChartPanel, Count, type Table } from "./chart-panel.tsx";
import { Chart } from "./chart.tsx";
import { firstLineFinding, handedOn } from "./findings.ts";
import { Legend } from "./legend.tsx";
import { nameAxis, nameRoom, rowsLayout } from "./rows.ts";
import type { LinkTo } from "./use-dashboard.ts";
import { dashboardWords as words } from "./words.ts";

const SHOWN = 8;
const ROW_HEIGHT = 36;
const ROOMY = 420;

interface Props {
  topics: readonly TopicFigure[];
  nameOf: (topicId: string) => string;
  linkTo: LinkTo;
}

const directShare = ({ cases, atFirstContact }: TopicFigure): number =>
  Number(atFirstContact) / Number(cases);

/** Those with the advice first, where there is the most to gain; then the most asked. */
const byAdvice = (topics: readonly TopicFigure[]): TopicFigure[] => {
  const gain = (topic: TopicFigure) => (topic.firstLineCould ? Number(handedOn(topic)) : 0);
  return topics
    .filter(({ topicId, cases }) => topicId !== "" && cases > 0n)
    .sort((a, b) => gain(b) - gain(a));
};

function FirstLineChart({ topics, nameOf, linkTo }: Props) {
  const draw = useCallback(
    (width: number): Plot.PlotOptions => {
      const title = (topic: TopicFigure) =>
        words.directOf(
          nameOf(topic.topicId),
          partWords(topic.atFirstContact, topic.cases),
          topic.cases,
        );
      const bar = { y: "topicId", insetTop: 3, insetBottom: 17, title };
      return {
        ...rowsLayout(width, topics.length, ROW_HEIGHT),
        x: { domain: [0, 1] },
        y: { domain: topics.map(({ topicId }) => topicId), padding: 0 },
        marks: [
          Plot.axisX([0, 0.5, 1], {
            label: null,
            tickSize: 0,
            tickFormat: (share: number) => `${share * 100} %`,
          }),
          nameAxis(width, nameOf, -7),
          Plot.barX(topics, {
            ...bar,
            x1: directShare,
            x2: 1,
            className: "wissel-mark--rest",
            href: ({ topicId }: TopicFigure) =>
              linkTo({ kind: "first-contact", direct: false }, { topicId }),
          }),
          Plot.barX(topics, {
            ...bar,
            x1: 0,
            x2: directShare,
            className: "wissel-mark--direct",
            href: ({ topicId }: TopicFigure) =>
              linkTo({ kind: "first-contact", direct: true }, { topicId }),
          }),
          Plot.text(
            topics.filter(({ firstLineCould }) => firstLineCould),
            {
              y: "topicId",
              x: 0,
              dy: 9,
              // On a small screen there is no room beside the names.
              dx: width < ROOMY ? 4 - nameRoom(width) : 0,
              text: () => words.canBeAnswered,
              textAnchor: "start",
              className: "wissel-mark--advice",
            },
          ),
        ],
      };
    },
    [topics, nameOf, linkTo],
  );
  return <Chart draw={draw} />;
}

const tableOf = ({ topics, nameOf, linkTo }: Props): Table => ({
  caption: words.firstKicker,
  columns: [
    { label: commonWords.topic },
    { label: words.direct, number: true },
    { label: words.notDirect, number: true },
    { label: commonWords.percentage, number: true },
    { label: words.advice },
  ],
  rows: topics.map((topic) => {
    const { topicId, cases, atFirstContact, firstLineCould } = topic;
    const cell = (direct: boolean, value: bigint) => (
      <Count
        key={String(direct)}
        value={value}
        to={linkTo({ kind: "first-contact", direct }, { topicId })}
        label={words.countOf(nameOf(topicId), direct ? words.direct : words.notDirect, value)}
      />
    );
    return {
      key: topicId,
      cells: [
        nameOf(topicId),
        cell(true, atFirstContact),
        cell(false, cases - atFirstContact),
        partWords(atFirstContact, cases),
        firstLineCould ? words.canBeAnswered : "",
      ],
    };
  }),
});

/** Which part of the questions of a topic the first line answers itself, and where it could more. */
export function FirstLinePanel({ topics, nameOf, linkTo }: Props) {
  const sorted = useMemo(() => byAdvice(topics), [topics]);
  const shown = useMemo(() => sorted.slice(0, SHOWN), [sorted]);
  const some = sorted.length > 0;
  return (
    <ChartPanel
      about={words.firstKicker}
      finding={firstLineFinding(topics, nameOf)}
      {...(some && { table: () => tableOf({ topics: sorted, nameOf, linkTo }) })}
    >
      {some && (
        <>
          <Legend
            items={[
              { mark: "direct", label: words.direct },
              { mark: "rest", label: words.notDirect },
            ]}
          />
          <FirstLineChart {...{ topics: shown, nameOf, linkTo }} />
        </>
      )}
    </ChartPanel>
  );
}
