import type { RepeatedQuestion } from "@wissel/api";
import { useMemo } from "react";
import { enumOf } from "../lib/figure-cases.ts";
import { channelLabel } from "../lib/labels.ts";
import { matrixOf } from "../lib/matrix.ts";
import { ChartPanel, CasesLink, type Table } from "./chart-panel.tsx";
import { repeatsFinding } from "./findings.ts";
import { MatrixChart } from "./matrix-chart.tsx";
import type { LinkTo } from "./use-dashboard.ts";
import { dashboardWords as words } from "./words.ts";

interface Props {
  repeats: readonly RepeatedQuestion[];
  linkTo: LinkTo;
}

const linkOfRepeat = (linkTo: LinkTo, { channel, again }: RepeatedQuestion): string =>
  linkTo({ kind: "again", channel: again }, { channel });

const titleOf = ({ channel, again, contacts }: RepeatedQuestion): string =>
  words.repeatOf(channelLabel[channel].toLowerCase(), channelLabel[again].toLowerCase(), contacts);

const channelName = (id: string): string => channelLabel[enumOf(id, channelLabel)];

const tableOf = ({ repeats, linkTo }: Props): Table => ({
  caption: words.repeatsKicker,
  columns: [
    { label: words.askedFirst },
    { label: words.askedAgain },
    { label: words.times, number: true },
  ],
  rows: repeats.map((repeat) => ({
    key: `${repeat.channel} ${repeat.again}`,
    cells: [
      channelLabel[repeat.channel],
      channelLabel[repeat.again],
      <CasesLink key="cases" to={linkOfRepeat(linkTo, repeat)} label={titleOf(repeat)}>
        {repeat.contacts.toLocaleString("nl-NL")}
      </CasesLink>,
    ],
  })),
});

/** Over which channel a question came, and over which one it was asked again. */
export function RepeatsPanel({ repeats, linkTo }: Props) {
  const { from, to, cells } = useMemo(() => {
    const matrix = matrixOf(
      repeats.map(({ channel, again, contacts }) => ({
        from: String(channel),
        to: String(again),
        count: contacts,
      })),
    );
    return {
      ...matrix,
      cells: repeats.map((repeat) => ({
        from: String(repeat.channel),
        to: String(repeat.again),
        count: Number(repeat.contacts),
        title: titleOf(repeat),
        href: linkOfRepeat(linkTo, repeat),
      })),
    };
  }, [repeats, linkTo]);
  const some = repeats.length > 0;
  return (
    <ChartPanel
      about={words.repeatsKicker}
      finding={repeatsFinding(repeats)}
      {...(some && { hint: words.repeatsHow, table: () => tableOf({ repeats, linkTo }) })}
    >
      {some && <MatrixChart {...{ from, to, cells }} fromName={channelName} toName={channelName} />}
    </ChartPanel>
  );
}
