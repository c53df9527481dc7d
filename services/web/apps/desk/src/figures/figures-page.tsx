import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { FigureGrouping } from "@wissel/api";
import { longMoment } from "../lib/amsterdam.ts";
import { api } from "../lib/clients.ts";
import { momentsOf, type DayRange } from "../lib/period.ts";
import { dateOf } from "../ui/badges.tsx";
import { useNow } from "../ui/clock.ts";
import { Page } from "../ui/page.tsx";
import { Empty, Failed, Loading } from "../ui/states.tsx";
import { FiguresTable } from "./figures-table.tsx";
import { usePeriod } from "../ui/use-period.tsx";
import { figuresWords } from "./words.ts";
import { commonWords } from "../lib/words.ts";

const REFRESH_MS = 60_000;

function useFigures(range: DayRange | undefined) {
  return useQuery({
    queryKey: ["figures", range?.first, range?.last],
    queryFn: () => {
      const { from, to } = momentsOf(range ?? { first: 0, last: 0 });
      return api.insight.getFigures({
        received: { from: timestampFromDate(from), to: timestampFromDate(to) },
        grouping: FigureGrouping.TEAM_AND_CHANNEL,
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
  const query = useFigures(range);
  const asOf = dateOf(query.data?.asOf);
  return (
    <Page
      title={commonWords.figures}
      heading={figuresWords.heading}
      aside={asOf && <p className="wissel-hint">{figuresWords.asOf(longMoment(asOf, now))}</p>}
    >
      {form}
      {range && query.isPending && <Loading what={figuresWords.theFigures} />}
      {query.isError && <Failed error={query.error} retry={() => void query.refetch()} />}
      {range && query.data?.rows.length === 0 && (
        <Empty title={commonWords.noContactsInPeriod}>{commonWords.chooseOtherPeriod}</Empty>
      )}
      {range && query.data && query.data.rows.length > 0 && (
        <FiguresTable figures={query.data} range={range} stale={query.isPlaceholderData} />
      )}
    </Page>
  );
}
