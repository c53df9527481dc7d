import { Verdict, type FigureRow, type GetFiguresResponse } from "@wissel/api";
import { Link } from "wouter";
import { channelLabel, verdictLabel } from "../lib/labels.ts";
import { rangeParams, type DayRange } from "../lib/period.ts";
import { percentWords } from "../lib/share.ts";

interface Props {
  figures: GetFiguresResponse;
  range: DayRange;
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
function casesPath(row: FigureRow, verdict: Verdict, range: DayRange): string {
  const params = new URLSearchParams({
    ...rangeParams(range),
    uitkomst: String(verdict),
    ...(row.teamId && { team: row.teamId }),
    ...(row.channel && { kanaal: String(row.channel) }),
  });
  return `/cijfers/zaken?${params}`;
}

export function FiguresTable({ figures, range, stale }: Props) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways on a small screen
    <div className="wissel-scroll" role="region" aria-label="Tabel met cijfers" tabIndex={0}>
      <table className="utrecht-table wissel-table wissel-table--figures" aria-busy={stale}>
        <caption className="wissel-unseen">
          Op tijd en te laat per team en kanaal, met het doel
        </caption>
        <thead>
          <tr>
            <th scope="col">Team</th>
            <th scope="col">Kanaal</th>
            <th scope="col" className="wissel-number">
              Zaken
            </th>
            <th scope="col" className="wissel-number">
              Contacten
            </th>
            {counted.map(({ verdict }) => (
              <th key={verdict} scope="col" className="wissel-number">
                {verdictLabel[verdict]}
              </th>
            ))}
            <th scope="col" className="wissel-number">
              Percentage op tijd
            </th>
            <th scope="col" className="wissel-number">
              Doel
            </th>
            <th scope="col">Doel gehaald</th>
          </tr>
        </thead>
        <tbody>
          {figures.rows.map((row, place) => (
            <Row
              key={`${row.teamId} ${row.channel}`}
              row={row}
              range={range}
              again={figures.rows[place - 1]?.teamId === row.teamId}
            />
          ))}
        </tbody>
        {figures.total && (
          <tfoot>
            <Row row={figures.total} range={range} total />
          </tfoot>
        )}
      </table>
      <p className="wissel-hint">
        Vraagt een klant het nog eens, dan is dat één zaak en een contact meer. Percentage op tijd =
        op tijd gedeeld door op tijd en te laat samen. Open zaken die nog op tijd zijn, tellen nog
        niet mee. Acquisitie, ingetrokken en doorverwezen contacten worden niet meegeteld.
      </p>
    </div>
  );
}

interface RowProps {
  row: FigureRow;
  range: DayRange;
  /** The team stands in the row above. */
  again?: boolean;
  total?: boolean;
}

function Row({ row, range, again = false, total = false }: RowProps) {
  const name = total ? "Totaal" : row.teamName || "Zonder team";
  const where = total ? "alle teams" : `${name}, ${channelLabel[row.channel]}`;
  return (
    <tr className={again ? "wissel-row--again" : undefined}>
      <th scope="row">{again ? <span className="wissel-unseen">{name}</span> : name}</th>
      <td>{channelLabel[row.channel]}</td>
      <td className="wissel-number">{number(row.received)}</td>
      <td className="wissel-number">{number(row.contacts)}</td>
      {counted.map(({ verdict, of }) => (
        <td key={verdict} className="wissel-number">
          <Count
            value={of(row)}
            to={casesPath(row, verdict, range)}
            what={`${verdictLabel[verdict]}, ${where}`}
          />
        </td>
      ))}
      <td className="wissel-number">
        {row.shareMetPercent === "" ? (
          <span className="wissel-muted">–</span>
        ) : (
          <Link
            href={casesPath(row, row.missed > 0n ? Verdict.MISSED : Verdict.MET, range)}
            className="utrecht-link utrecht-link--html-a"
            aria-label={`${percentWords(row.shareMetPercent)} op tijd, ${where}: toon ${row.missed > 0n ? "wat te laat was" : "de zaken"}`}
          >
            {percentWords(row.shareMetPercent)}
          </Link>
        )}
      </td>
      <td className="wissel-number">
        {row.targetPercent === "" ? (
          <span className="wissel-muted">–</span>
        ) : (
          `> ${percentWords(row.targetPercent)}`
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
  return row.onTarget ? (
    <span className="wissel-badge wissel-badge--good">gehaald</span>
  ) : (
    <span className="wissel-badge wissel-badge--bad">niet gehaald</span>
  );
}
