import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "../../lib/clients.ts";
import { partWords } from "../../lib/share.ts";
import { momentsOf, type DayRange } from "../../lib/period.ts";
import { usePeriod } from "../../ui/use-period.tsx";
import { SopNav } from "../sop-nav.tsx";
import { Page } from "../../ui/page.tsx";
import { Empty, Failed, Loading } from "../../ui/states.tsx";
import { MisroutesTable } from "./misroutes-table.tsx";
import { sopWords } from "../words.ts";
import { commonWords } from "../../lib/words.ts";

function useMisroutes(range: DayRange | undefined) {
  return useQuery({
    queryKey: ["misroutes", range?.first, range?.last],
    queryFn: () => {
      const { from, to } = momentsOf(range ?? { first: 0, last: 0 });
      const period = { from: timestampFromDate(from), to: timestampFromDate(to) };
      return api.insight.listMisroutes({ period });
    },
    enabled: range !== undefined,
    placeholderData: keepPreviousData,
  });
}

/** Which rule gave contacts to a team where they did not belong, and where they did. */
export function MisroutesPage() {
  const { range, form } = usePeriod();
  const query = useMisroutes(range);
  const { routed = 0n, misrouted = 0n, misroutes = [] } = query.data ?? {};
  return (
    <Page title={sopWords.misroutes} aside={<SopNav />}>
      {form}
      {range && query.isPending && <Loading what={sopWords.whatWentWrong} />}
      {query.isError && <Failed error={query.error} retry={() => void query.refetch()} />}
      {range && query.data && (
        <p className="wissel-page__lead" role="status">
          {sopWords.misrouted(
            misrouted.toLocaleString("nl-NL"),
            routed.toLocaleString("nl-NL"),
            partWords(misrouted, routed),
          )}
        </p>
      )}
      {range && query.data && misroutes.length === 0 && (
        <Empty title={sopWords.noMisroutes}>{commonWords.chooseOtherPeriod}</Empty>
      )}
      {misroutes.length > 0 && (
        <MisroutesTable misroutes={misroutes} stale={query.isPlaceholderData} />
      )}
    </Page>
  );
}
