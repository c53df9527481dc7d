import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { useQuery } from "@tanstack/react-query";
import { Verdict, type FigureCase } from "@wissel/api";
import { Link, useSearchParams } from "wouter";
import { mayOpenCases } from "../lib/access.ts";
import { longDay, shortMoment } from "../lib/amsterdam.ts";
import { api } from "../lib/clients.ts";
import { channelLabel, verdictLabel } from "../lib/labels.ts";
import { momentsOf, rangeOf } from "../lib/period.ts";
import { useTeams } from "../lib/queries.ts";
import { formatReference } from "../lib/reference.ts";
import { useSession } from "../lib/session-context.ts";
import { dateOf } from "../ui/badges.tsx";
import { useNow } from "../ui/clock.ts";
import { MessagePage, Page } from "../ui/page.tsx";
import { Empty, Failed, Loading, Notice } from "../ui/states.tsx";
import { figuresWords } from "./words.ts";
import { commonWords } from "../lib/words.ts";

/** A member of an enum from the address; the first (unspecified) if it is none. */
function enumOf<T extends number>(text: string | null, members: Readonly<Record<T, string>>): T {
  const values = Object.keys(members).map((key) => Number(key) as T);
  return values.find((value) => String(value) === text) ?? (0 as T);
}

function useAsked() {
  const [params] = useSearchParams();
  const now = useNow();
  return {
    range: rangeOf("vrij", params.get("van") ?? "", params.get("tot") ?? "", now),
    teamId: params.get("team") ?? "",
    channel: enumOf(params.get("kanaal"), channelLabel),
    verdict: enumOf(params.get("uitkomst"), verdictLabel),
  };
}

/** The cases behind one figure. */
export function FigureCasesPage() {
  const { range, teamId, channel, verdict } = useAsked();
  const teams = useTeams();
  const query = useQuery({
    queryKey: ["figure-cases", range?.first, range?.last, teamId, channel, verdict],
    queryFn: () => {
      const { from, to } = momentsOf(range ?? { first: 0, last: 0 });
      const received = { from: timestampFromDate(from), to: timestampFromDate(to) };
      return api.insight.listFigureCases({ received, teamId, channel, verdict });
    },
    enabled: range !== undefined,
  });
  if (!range || verdict === Verdict.UNSPECIFIED) {
    return <MessagePage title={figuresWords.casesTitle}>{figuresWords.chooseFigure}</MessagePage>;
  }
  const where = [
    teamId ? teams.nameOf(teamId) : commonWords.allTeams,
    channelLabel[channel].toLowerCase(),
    figuresWords.period(longDay(range.first), longDay(range.last)),
  ].join(", ");
  return (
    <Page title={figuresWords.casesOf(verdictLabel[verdict])} aside={<Back />}>
      <p className="wissel-page__lead">{where}</p>
      {query.isPending && <Loading what={commonWords.theCases} />}
      {query.isError && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.data?.truncated && (
        <Notice type="info">{figuresWords.truncated(query.data.cases.length)}</Notice>
      )}
      {query.data?.cases.length === 0 && <Empty title={figuresWords.noCases} />}
      {query.data && query.data.cases.length > 0 && <CasesTable cases={query.data.cases} />}
    </Page>
  );
}

function Back() {
  return (
    <button
      type="button"
      className="utrecht-link-button utrecht-link-button--html-button"
      onClick={() => window.history.back()}
    >
      {figuresWords.back}
    </button>
  );
}

const columns = [
  commonWords.case,
  commonWords.team,
  commonWords.channel,
  commonWords.received,
  commonWords.due,
  figuresWords.done,
];

function CasesTable({ cases }: { cases: readonly FigureCase[] }) {
  const teams = useTeams();
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways on a small screen
    <div className="wissel-scroll" role="region" aria-label={commonWords.cases} tabIndex={0}>
      <table className="utrecht-table wissel-table">
        <caption className="wissel-unseen">{figuresWords.casesCaption}</caption>
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cases.map((one) => (
            <CaseRow key={one.reference.toString()} one={one} team={teams.nameOf(one.teamId)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CaseRow({ one, team }: { one: FigureCase; team: string }) {
  const now = useNow();
  const session = useSession();
  const number = formatReference(one.reference);
  const words = (moment: Date | undefined, absent: string) =>
    moment ? shortMoment(moment, now) : <span className="wissel-muted">{absent}</span>;
  return (
    <tr>
      <th scope="row">
        {mayOpenCases(session) ? (
          <Link href={`/zaak/${one.reference}`} className="utrecht-link utrecht-link--html-a">
            {number}
          </Link>
        ) : (
          number
        )}
      </th>
      <td>{team}</td>
      <td>{channelLabel[one.channel]}</td>
      <td>{words(dateOf(one.receivedAt), "–")}</td>
      <td>{words(dateOf(one.dueAt), commonWords.noNorm)}</td>
      <td>{words(dateOf(one.satisfiedAt), commonWords.notYet)}</td>
    </tr>
  );
}
