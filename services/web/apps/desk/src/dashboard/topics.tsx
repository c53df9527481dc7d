import * as Plot from "@observablehq/plot";
import type { TopicFigure } from "@wissel/api";
import { useCallback, useMemo } from "react";
import { monthsWords, type MonthRange } from "../lib/months.ts";
import { commonWords } from "../lib/words.ts";
import { ChartPanel, Count, type Table } from "./chart-panel.tsx";
import { Chart } from "./chart.tsx";
import { isRising, topicsFinding } from "./findings.ts";
import { Legend } from "./legend.tsx";
import { nameAxis, rowsLayout, wholeAxis } from "./rows.ts";
import type { LinkTo } from "./use-dashboard.ts";
import { dashboardWords as words } from "./words.ts";

const SHOWN = 10;
const ROW_HEIGHT = 28;

interface Props {
  topics: readonly TopicFigure[];
  months: MonthRange;
  nameOf: (topicId: string) => string;
  linkTo: LinkTo;
}

/** The cases of a topic; those without one cannot be asked for by themselves. */
const linkOfTopic = (linkTo: LinkTo, { topicId }: TopicFigure): string | undefined =>
  topicId ? linkTo({ kind: "all" }, { topicId }) : undefined;

function TopicsChart({ topics, nameOf, linkTo }: Omit<Props, "months">) {
  const draw = useCallback(
    (width: number): Plot.PlotOptions => {
      const most = Math.max(
        1,
        ...topics.map(({ cases, casesBefore }) =>
          Number(cases > casesBefore ? cases : casesBefore),
        ),
      );
      return {
        ...rowsLayout(width, topics.length, ROW_HEIGHT),
        marginRight: 60,
        x: { domain: [0, most] },
        y: { domain: topics.map(({ topicId }) => topicId) },
        marks: [
          ...wholeAxis(most, width),
          nameAxis(width, nameOf),
          Plot.barX(topics, {
            y: "topicId",
            x: ({ cases }: TopicFigure) => Number(cases),
            insetTop: 4,
            insetBottom: 4,
            className: "wissel-mark--plain",
            title: (topic: TopicFigure) =>
              words.topicCases(nameOf(topic.topicId), topic.cases, topic.casesBefore),
            href: (topic: TopicFigure) => linkOfTopic(linkTo, topic) ?? null,
          }),
          Plot.tickX(topics, {
            y: "topicId",
            x: ({ casesBefore }: TopicFigure) => Number(casesBefore),
            insetTop: 1,
            insetBottom: 1,
            className: "wissel-mark--before",
          }),
          Plot.text(topics.filter(isRising), {
            y: "topicId",
            x: ({ cases }: TopicFigure) => Number(cases),
            text: () => `▲ ${words.rises}`,
            textAnchor: "start",
            dx: 6,
            className: "wissel-mark--rise",
          }),
        ],
      };
    },
    [topics, nameOf, linkTo],
  );
  return <Chart draw={draw} />;
}

const tableOf = ({ topics, nameOf, linkTo }: Props): Table => ({
  caption: words.topicsKicker,
  columns: [
    { label: commonWords.topic },
    { label: words.now, number: true },
    { label: words.before, number: true },
    { label: words.change, number: true },
  ],
  rows: topics.map((topic) => {
    const to = linkOfTopic(linkTo, topic);
    const { cases, casesBefore } = topic;
    return {
      key: topic.topicId,
      cells: [
        nameOf(topic.topicId),
        to === undefined ? (
          cases.toLocaleString("nl-NL")
        ) : (
          <Count
            key="cases"
            value={cases}
            to={to}
            label={words.topicCases(nameOf(topic.topicId), cases, casesBefore)}
          />
        ),
        casesBefore.toLocaleString("nl-NL"),
        words.changeOf(cases - casesBefore) + (isRising(topic) ? ` ▲ ${words.rises}` : ""),
      ],
    };
  }),
});

/** What is asked the most, and what is asked more often than before. */
export function TopicsPanel(props: Props) {
  const { topics, months, nameOf } = props;
  const length = months.last - months.first + 1;
  const before = { first: months.first - length, last: months.first - 1 };
  const shown = useMemo(() => topics.slice(0, SHOWN), [topics]);
  const some = topics.length > 0;
  return (
    <ChartPanel
      about={words.topicsKicker}
      finding={topicsFinding(topics, nameOf)}
      {...(some && { hint: words.topicsHow, table: () => tableOf(props) })}
    >
      {some && (
        <>
          <Legend
            items={[
              { mark: "plain", label: monthsWords(months) },
              { mark: "before", label: monthsWords(before) },
            ]}
          />
          <TopicsChart {...props} topics={shown} />
        </>
      )}
    </ChartPanel>
  );
}
