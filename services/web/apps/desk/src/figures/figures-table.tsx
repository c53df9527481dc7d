import { Verdict, type FigureRow, type GetFiguresResponse } from "@wissel/api";
import { Link } from "wouter";
import { casesPath } from "../lib/figure-cases.ts";
import { channelLabel, verdictLabel } from "../lib/labels.ts";
import type { DayRange } from "../lib/period.ts";
import { percentWords } from "../lib/share.ts";
import { figuresWords } from "./words.ts";
import { isFew, worstFirst } from "../lib/worst-first.ts";
import { commonWords } from "../lib/words.ts";

interface Props {
  figures: GetFiguresResponse;
  range: DayRange;
  /** A row a team and channel, by name; else a row a team, the worst first. */
  byChannel: boolean;
  /** Of the period before, while the new one loads. */
  stale: boolean;
}

const number = (n: bigint): string => n.toLocaleString("nl-NL");

const counted: readonly { verdict: Verdict; of: (row: FigureRow) => bigint }[] = [
  { verdict: Verdict.MET, of: (row) => row.met },
  { verdict: Verdict.MISSED, of: (row) => row.missed },
  { verdict: Verdict.OPEN_NOT_DUE, of: (row) => row.openNotDue },
  { verdict: Verdict.NO_NORM, of: (row) => row.noNorm },
  { verdict: Verdict.EXCLUDED, of: (row) => row.excluded },
];

/** The address of the cases behind a figure. */
function pathOf(row: FigureRow, verdict: Verdict, range: DayRange): string {
  const { teamId, channel } = row;
  return casesPath({ range, teamId, channel, topicId: "", figure: { kind: "verdict", verdict } });
}

export function FiguresTable({ figures, range, byChannel, stale }: Props) {
  const rows = byChannel ? figures.rows : worstFirst(figures.rows);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways on a small screen
    <div className="wissel-scroll" role="region" aria-label={figuresWords.table} tabIndex={0}>
      <table className="utrecht-table wissel-table wissel-table--figures" aria-busy={stale}>
        <caption className="wissel-unseen">{figuresWords.caption(byChannel)}</caption>
        <thead>
          <tr>
            <th scope="col">{commonWords.team}</th>
            {byChannel && <th scope="col">{commonWords.channel}</th>}
            <th scope="col" className="wissel-number">
              {commonWords.cases}
            </th>
            <th scope="col" className="wissel-number">
              {commonWords.contacts}
            </th>
            {counted.map(({ verdict }) => (
              <th key={verdict} scope="col" className="wissel-number">
                {verdictLabel[verdict]}
              </th>
            ))}
            <th scope="col" className="wissel-number">
              {figuresWords.shareMet}
            </th>
            <th scope="col" className="wissel-number">
              {figuresWords.target}
            </th>
            <th scope="col">{figuresWords.onTarget}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            <Row
              key={`${row.teamId} ${row.channel}`}
              row={row}
              {...{ range, byChannel }}
              again={rows[place - 1]?.teamId === row.teamId}
            />
          ))}
        </tbody>
        {figures.total && (
          <tfoot>
            <Row row={figures.total} {...{ range, byChannel }} total />
          </tfoot>
        )}
      </table>
      <p className="wissel-hint">
        {!byChannel && figuresWords.worstFirst}
        {figuresWords.howCounted}
      </p>
    </div>
  );
}

interface RowProps {
  row: FigureRow;
  range: DayRange;
  byChannel: boolean;
  /** The team stands in the row above. */
  again?: boolean;
  total?: boolean;
}

function Row({ row, range, byChannel, again = false, total = false }: RowProps) {
  const name = total ? figuresWords.total : row.teamName || commonWords.noTeam;
  const ofTeam = byChannel ? `${name}, ${channelLabel[row.channel]}` : name;
  const where = total ? commonWords.allTeams : ofTeam;
  return (
    <tr className={again ? "wissel-row--again" : undefined}>
      <th scope="row">{again ? <span className="wissel-unseen">{name}</span> : name}</th>
      {byChannel && <td>{channelLabel[row.channel]}</td>}
      <td className="wissel-number">{number(row.received)}</td>
      <td className="wissel-number">{number(row.contacts)}</td>
      {counted.map(({ verdict, of }) => (
        <td key={verdict} className="wissel-number">
          <Count
            value={of(row)}
            to={pathOf(row, verdict, range)}
            what={`${verdictLabel[verdict]}, ${where}`}
          />
        </td>
      ))}
      <td className="wissel-number">
        {row.shareMetPercent === "" ? (
          <span className="wissel-muted">–</span>
        ) : (
          <Link
            href={pathOf(row, row.missed > 0n ? Verdict.MISSED : Verdict.MET, range)}
            className="utrecht-link utrecht-link--html-a"
            aria-label={figuresWords.showBehind(
              percentWords(row.shareMetPercent),
              where,
              row.missed > 0n ? figuresWords.whatWasLate : commonWords.theCases,
            )}
          >
            {percentWords(row.shareMetPercent)}
          </Link>
        )}
      </td>
      <td className="wissel-number">
        {row.targetPercent === "" ? (
          <span className="wissel-muted">–</span>
        ) : (
          `>\u00a0${percentWords(row.targetPercent)}`
        )}
      </td>
      <td>
        <OnTarget row={row} />
      </td>
    </tr>
  );
}

function Count({ value, to, what }: { value: bigint; to: string; what: string }) {
  if (value === 0n) return <span className="wissel-muted">0</span>;
  return (
    <Link
      href={to}
      className="utrecht-link utrecht-link--html-a"
      aria-label={`${number(value)} ${what}`}
    >
      {number(value)}
    </Link>
  );
}

function OnTarget({ row }: { row: FigureRow }) {
  if (row.shareMetPercent === "" || row.targetPercent === "") {
    return <span className="wissel-muted">–</span>;
  }
  if (isFew(row)) return <span className="wissel-badge">{commonWords.tooFew}</span>;
  return row.onTarget ? (
    <span className="wissel-badge wissel-badge--good">{commonWords.met}</span>
  ) : (
    <span className="wissel-badge wissel-badge--bad">{commonWords.notMet}</span>
  );
}
