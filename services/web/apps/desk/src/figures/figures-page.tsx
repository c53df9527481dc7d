import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Channel, FigureGrouping } from "@wissel/api";
import { useSearchParams } from "wouter";
import { dayWords, longMoment } from "../lib/amsterdam.ts";
import { api } from "../lib/clients.ts";
import { momentsOf, type DayRange } from "../lib/period.ts";
import { dateOf } from "../ui/badges.tsx";
import { Choice } from "../ui/choice.tsx";
import { useNow } from "../ui/clock.ts";
import { FiguresNav } from "../ui/figures-nav.tsx";
import { Page } from "../ui/page.tsx";
import { Empty, Failed, Loading } from "../ui/states.tsx";
import { FiguresTable } from "./figures-table.tsx";
import { usePeriod } from "../ui/use-period.tsx";
import { figuresWords } from "./words.ts";
import { commonWords } from "../lib/words.ts";

const REFRESH_MS = 60_000;

type Grouping = "team" | "kanaal";

/** What a row stands for, as the address of the page names it. */
function useGrouping() {
  const [params, setParams] = useSearchParams();
  const grouping: Grouping = params.get("per") === "kanaal" ? "kanaal" : "team";
  const choose = (per: Grouping) =>
    setParams((before) => {
      const next = new URLSearchParams(before);
      next.set("per", per);
      return next;
    });
  return { grouping, choose };
}

function useFigures(range: DayRange | undefined, grouping: Grouping) {
  return useQuery({
    queryKey: ["figures", range?.first, range?.last, grouping],
    queryFn: () => {
      const { from, to } = momentsOf(range ?? { first: 0, last: 0 });
      return api.insight.getFigures({
        received: { from: timestampFromDate(from), to: timestampFromDate(to) },
        grouping: grouping === "team" ? FigureGrouping.TEAM : FigureGrouping.TEAM_AND_CHANNEL,
      });
    },
    enabled: range !== undefined,
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
}

export function FiguresPage() {
  const now = useNow();
  const { range, form } = usePeriod();
  const { grouping, choose } = useGrouping();
  const query = useFigures(range, grouping);
  const asOf = dateOf(query.data?.asOf);
  return (
    <Page
      title={commonWords.figures}
      heading={figuresWords.heading(grouping === "kanaal")}
      aside={<FiguresNav />}
    >
      {range && (
        <p className="wissel-page__lead">
          {figuresWords.about(
            figuresWords.period(dayWords(range.first), dayWords(range.last)),
            asOf && longMoment(asOf, now),
          )}
        </p>
      )}
      {form}
      <div className="wissel-panel wissel-period">
        <Choice
          legend={figuresWords.groupBy}
          value={grouping}
          onChange={choose}
          options={[
            { value: "team", label: commonWords.team },
            { value: "kanaal", label: figuresWords.teamAndChannel },
          ]}
        />
      </div>
      {range && query.isPending && <Loading what={figuresWords.theFigures} />}
      {query.isError && <Failed error={query.error} retry={() => void query.refetch()} />}
      {range && query.data?.rows.length === 0 && (
        <Empty title={commonWords.noContactsInPeriod}>{commonWords.chooseOtherPeriod}</Empty>
      )}
      {range && query.data && query.data.rows.length > 0 && (
        <FiguresTable
          figures={query.data}
          range={range}
          byChannel={query.data.rows.some(({ channel }) => channel !== Channel.UNSPECIFIED)}
          stale={query.isPlaceholderData}
        />
      )}
    </Page>
  );
}
