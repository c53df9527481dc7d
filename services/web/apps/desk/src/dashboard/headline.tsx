import { Channel, Verdict, type FigureRow, type GetDashboardResponse } from "@wissel/api";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { channelLabel } from "../lib/labels.ts";
import { partWords, percentWords } from "../lib/share.ts";
import { judgementOf, lineOf, sumOf, trendOf, type MonthPoint, type Trend } from "./figures.ts";
import { isNarrowed, type Filters } from "./filters.ts";
import { Spark } from "./spark.tsx";
import type { LinkTo } from "./use-dashboard.ts";
import { Verdict as VerdictBadge } from "./verdict.tsx";
import { dashboardWords as words } from "./words.ts";

interface Props {
  dashboard: GetDashboardResponse;
  filters: Filters;
  linkTo: LinkTo;
}

/** Channels with a norm of their own in every municipality. */
const HEADLINE_CHANNELS = [Channel.PHONE, Channel.CALLBACK, Channel.EMAIL];

function trendWords({ points, before }: Trend): string {
  const than = words.monthsBefore(before.last - before.first + 1);
  if (points === 0) return words.same(than);
  const size = words.points(Math.abs(points));
  return points > 0 ? words.higher(size, than) : words.lower(size, than);
}

interface TileProps {
  label: string;
  value: string;
  /** Absent: there is nothing to open. */
  to: string | undefined;
  tone?: "late" | "today";
  children?: ReactNode;
}

function Tile({ label, value, to, tone, children }: TileProps) {
  return (
    <li className={`wissel-figure-tile${tone ? ` wissel-figure-tile--${tone}` : ""}`}>
      <p className="wissel-figure-tile__label">{label}</p>
      <p className="wissel-figure-tile__value">
        {to === undefined ? (
          value
        ) : (
          <Link href={to} aria-label={words.tileLink(`${label}, ${value}`)}>
            {value}
          </Link>
        )}
      </p>
      {children}
    </li>
  );
}

interface ShareProps {
  label: string;
  row: FigureRow;
  line: readonly MonthPoint[];
  filters: Filters;
  to: string;
}

/** A share in time with its target, its verdict, and how it went. */
function ShareTile({ label, row, line, filters, to }: ShareProps) {
  const judged = judgementOf(row);
  const trend = trendOf(line, filters.months);
  const known = row.shareMetPercent !== "";
  return (
    <Tile
      label={label}
      value={known ? percentWords(row.shareMetPercent) : "–"}
      to={known ? to : undefined}
    >
      <p className="wissel-figure-tile__hint">
        {row.targetPercent ? words.target(percentWords(row.targetPercent)) : words.noTarget}
      </p>
      <VerdictBadge judgement={judged} />
      <Spark line={line} months={filters.months} />
      {trend && <p className="wissel-figure-tile__hint">{trendWords(trend)}</p>}
    </Tile>
  );
}

function OpenTiles({ dashboard, filters, linkTo }: Props) {
  const work = dashboard.openWork;
  const late = sumOf(work, (row) => row.late);
  const week = sumOf(work, (row) => row.dueThisWeek);
  const forecast = sumOf(work, (row) => row.forecastLate);
  return (
    <>
      <Tile
        label={words.lateTile}
        value={late.toLocaleString("nl-NL")}
        to={late > 0n ? linkTo({ kind: "open", late: true }) : undefined}
        {...(late > 0n && { tone: "late" })}
      >
        <p className="wissel-figure-tile__hint">{words.ofOpen(sumOf(work, (row) => row.open))}</p>
        {isNarrowed(filters) && <p className="wissel-figure-tile__hint">{words.ofAllWork}</p>}
      </Tile>
      <Tile
        label={words.forecastTile}
        value={forecast.toLocaleString("nl-NL")}
        to={week > 0n ? linkTo({ kind: "open", late: false }) : undefined}
        {...(forecast > 0n && { tone: "today" })}
      >
        <p className="wissel-figure-tile__hint">{words.ofDueThisWeek(week)}</p>
        {forecast > 0n && <p className="wissel-figure-tile__hint">{words.ifNothing}</p>}
      </Tile>
    </>
  );
}

/** The figures that a manager looks for first. */
export function Headline({ dashboard, filters, linkTo }: Props) {
  const { total, channels } = dashboard;
  const direct = sumOf(dashboard.answerTimes, (time) => time.atFirstContact);
  const verdictOf = (row: FigureRow) => (row.missed > 0n ? Verdict.MISSED : Verdict.MET);
  return (
    <section aria-label={words.headline}>
      <ul className="wissel-figure-tiles">
        {total && (
          <ShareTile
            label={words.inTime}
            row={total}
            line={lineOf(dashboard, filters.months, (month) => month.total)}
            filters={filters}
            to={linkTo({ kind: "verdict", verdict: verdictOf(total) })}
          />
        )}
        {HEADLINE_CHANNELS.flatMap((channel) => {
          const row = channels.find((each) => each.channel === channel);
          if (!row) return [];
          return (
            <ShareTile
              key={channel}
              label={words.inTimeOf(channelLabel[channel])}
              row={row}
              line={lineOf(dashboard, filters.months, (month) =>
                month.channels.find((each) => each.channel === channel),
              )}
              filters={filters}
              to={linkTo({ kind: "verdict", verdict: verdictOf(row) }, { channel })}
            />
          );
        })}
        <OpenTiles {...{ dashboard, filters, linkTo }} />
        {total && (
          <Tile
            label={words.directTile}
            value={partWords(direct, total.received)}
            to={direct > 0n ? linkTo({ kind: "first-contact", direct: true }) : undefined}
          >
            <p className="wissel-figure-tile__hint">{words.ofReceived(total.received)}</p>
          </Tile>
        )}
      </ul>
    </section>
  );
}
