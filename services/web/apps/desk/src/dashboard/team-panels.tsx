import * as Plot from "@observablehq/plot";
import { Button } from "@utrecht/component-library-react";
import { Verdict, type FigureRow, type GetDashboardResponse } from "@wissel/api";
import { useCallback, useMemo, useState } from "react";
import { Link } from "wouter";
import { daysOf, monthWords, shortMonth, type MonthRange } from "../lib/months.ts";
import { percentWords } from "../lib/share.ts";
import { commonWords } from "../lib/words.ts";
import { worstFirst } from "../lib/worst-first.ts";
import { CasesLink, ChartPanel, type Table } from "./chart-panel.tsx";
import { Chart } from "./chart.tsx";
import { judgementOf, lineOf, type MonthPoint } from "./figures.ts";
import type { Filters } from "./filters.ts";
import { teamFinding, teamsFinding } from "./findings.ts";
import { Legend } from "./legend.tsx";
import { floorOf, periodMark, pointsOf, shareAxis, shareMarks, targetMark } from "./share-marks.ts";
import type { LinkTo } from "./use-dashboard.ts";
import { Verdict as VerdictBadge } from "./verdict.tsx";
import { dashboardWords as words } from "./words.ts";

interface Props {
  dashboard: GetDashboardResponse;
  filters: Filters;
  linkTo: LinkTo;
}

interface TeamLine {
  row: FigureRow;
  name: string;
  line: MonthPoint[];
}

const SHOWN_AT_FIRST = 8;
const FEW = 3;
const HEIGHT = 132;

const verdictOf = (row: FigureRow): Verdict => (row.missed > 0n ? Verdict.MISSED : Verdict.MET);

/** The cases behind one month of a team: what was late, or all if nothing was. */
const monthLink = (linkTo: LinkTo, { month, row }: MonthPoint): string | undefined =>
  row?.shareMet === undefined
    ? undefined
    : linkTo(
        { kind: "verdict", verdict: verdictOf(row) },
        { teamId: row.teamId, range: daysOf({ first: month, last: month }) },
      );

const monthTitle = (name: string, { month, row }: MonthPoint): string =>
  words.shareOfMonth(
    words.ofMonth(name, monthWords(month)),
    percentWords(row?.shareMetPercent ?? ""),
    (row?.missed ?? 0n).toLocaleString("nl-NL"),
  );

interface ChartProps {
  team: TeamLine;
  months: MonthRange;
  floor: number;
  linkTo: LinkTo;
}

function TeamChart({ team, months, floor, linkTo }: ChartProps) {
  const draw = useCallback(
    (width: number): Plot.PlotOptions => {
      const { line, name } = team;
      const points = pointsOf(line);
      const first = points[0]?.month ?? 0;
      const last = points.at(-1)?.month ?? 0;
      const middle = Math.round((first + last) / 2);
      return {
        width,
        height: HEIGHT,
        marginTop: 8,
        marginBottom: 22,
        marginLeft: 40,
        marginRight: 12,
        x: { axis: null, domain: [first - 0.5, last + 0.5] },
        y: { axis: null, domain: [floor, 1] },
        marks: [
          periodMark(months),
          shareAxis(points, floor),
          Plot.axisX([first, middle, last], {
            tickFormat: (month: number) => shortMonth(month, month !== middle),
            tickSize: 3,
            label: null,
          }),
          Plot.ruleY([floor, 1], { className: "wissel-mark--grid" }),
          targetMark(points),
          ...shareMarks(points, 3.5),
          // As wide as the month, so that a point is easy to hit.
          Plot.rect(
            line.filter(({ row }) => row?.shareMet !== undefined),
            {
              x1: (point: MonthPoint) => point.month - 0.5,
              x2: (point: MonthPoint) => point.month + 0.5,
              y1: floor,
              y2: 1,
              className: "wissel-mark--hit",
              title: (point: MonthPoint) => monthTitle(name, point),
              href: (point: MonthPoint) => monthLink(linkTo, point) ?? "",
            },
          ),
        ],
      };
    },
    [team, months, floor, linkTo],
  );
  return <Chart draw={draw} />;
}

function TeamPanel(props: ChartProps) {
  const { row, name, line } = props.team;
  const known = row.shareMetPercent !== "";
  return (
    <li className="wissel-team">
      <div className="wissel-team__head">
        <h3 className="wissel-team__name">
          {name}
          <span className="wissel-team__finding">{teamFinding(line)}</span>
        </h3>
        <p className="wissel-team__share">
          {known ? (
            <Link
              href={props.linkTo(
                { kind: "verdict", verdict: verdictOf(row) },
                { teamId: row.teamId },
              )}
              aria-label={words.tileLink(`${name}, ${percentWords(row.shareMetPercent)}`)}
            >
              {percentWords(row.shareMetPercent)}
            </Link>
          ) : (
            "–"
          )}
          <VerdictBadge judgement={judgementOf(row)} />
        </p>
      </div>
      <TeamChart {...props} />
    </li>
  );
}

function tableOf(teams: readonly TeamLine[], linkTo: LinkTo): Table {
  const months = teams[0]?.line.map(({ month }) => month) ?? [];
  return {
    caption: words.teamsKicker,
    columns: [
      { label: commonWords.team },
      ...months.map((month) => ({ label: shortMonth(month, true), number: true })),
    ],
    rows: teams.map(({ row, name, line }) => ({
      key: row.teamId,
      cells: [
        name,
        ...line.map((point) => {
          const to = monthLink(linkTo, point);
          return to === undefined ? (
            <span key={point.month} className="wissel-muted">
              –
            </span>
          ) : (
            <CasesLink key={point.month} to={to} label={monthTitle(name, point)}>
              {percentWords(point.row?.shareMetPercent ?? "")}
            </CasesLink>
          );
        }),
      ],
    })),
  };
}

/** The share in time of each team over the months against its target line, the worst first. */
export function TeamPanels({ dashboard, filters, linkTo }: Props) {
  const [all, setAll] = useState(false);
  const { months } = filters;
  const teams = useMemo(
    () =>
      worstFirst(dashboard.teams).map((row) => ({
        row,
        name: row.teamName || commonWords.noTeam,
        line: lineOf(dashboard, months, (month) =>
          month.teams.find((each) => each.teamId === row.teamId),
        ),
      })),
    [dashboard, months],
  );
  const floor = useMemo(() => floorOf(teams.flatMap(({ line }) => pointsOf(line))), [teams]);
  if (teams.length === 0) return null;
  const shown = all ? teams : teams.slice(0, SHOWN_AT_FIRST);
  return (
    <ChartPanel
      wide
      about={words.teamsKicker}
      finding={teamsFinding(dashboard.teams)}
      hint={words.teamsHow(teams.length)}
      table={() => tableOf(teams, linkTo)}
    >
      <Legend
        items={[
          { mark: "met", label: words.legendMet },
          { mark: "missed", label: words.legendMissed },
          { mark: "few", label: words.legendFew },
          { mark: "target", label: words.legendTarget },
        ]}
      />
      <ul className={`wissel-team-list${teams.length <= FEW ? " wissel-team-list--few" : ""}`}>
        {shown.map((team) => (
          <TeamPanel key={team.row.teamId} {...{ team, months, floor, linkTo }} />
        ))}
      </ul>
      {teams.length > SHOWN_AT_FIRST && (
        <Button
          appearance="secondary-action-button"
          className="wissel-no-print"
          aria-expanded={all}
          onClick={() => setAll(!all)}
        >
          {all ? words.fewerTeams : words.allTeamsShown(teams.length)}
        </Button>
      )}
    </ChartPanel>
  );
}
