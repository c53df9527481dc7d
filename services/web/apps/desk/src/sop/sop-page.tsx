import { useState } from "react";
import { useSearchParams } from "wouter";
import { longMoment } from "../lib/amsterdam.ts";
import { problemOf } from "../lib/errors.ts";
import { dateOf } from "../ui/badges.tsx";
import { useNow } from "../ui/clock.ts";
import { Page } from "../ui/page.tsx";
import { Empty, Failed, Loading } from "../ui/states.tsx";
import { DraftsPanel } from "./drafts-panel.tsx";
import { RuleList } from "./rule-list.tsx";
import { SopNav } from "./sop-nav.tsx";
import { useSopVersion } from "./use-sop.ts";
import { VersionsPanel } from "./versions-panel.tsx";
import { sopWords } from "./words.ts";
import { commonWords } from "../lib/words.ts";

/** What was agreed and holds, or held; the drafts of what may come; and the versions. */
export function SopPage() {
  const [params] = useSearchParams();
  const asked = /^\d{1,18}$/.exec(params.get("versie") ?? "")?.[0];
  const version = asked ? BigInt(asked) : 0n;
  const now = useNow();
  const query = useSopVersion(version);
  const since = dateOf(query.data?.inForceFrom);
  const title = version === 0n ? commonWords.agreements : sopWords.titleOfVersion(version);
  return (
    <Page
      title={title}
      heading={
        <>
          {title}
          {query.data && version === 0n && (
            <span className="wissel-page__sub wissel-sop__version">
              {sopWords.version(query.data.version)}
              {since && sopWords.inForceSince(longMoment(since, now))}
            </span>
          )}
        </>
      }
      aside={<SopNav />}
    >
      <div className="wissel-sop">
        <div className="wissel-sop__main">
          <Agreements query={query} />
        </div>
        <div className="wissel-sop__side">
          <DraftsPanel />
          <VersionsPanel shown={query.data?.version} />
        </div>
      </div>
    </Page>
  );
}

function Agreements({ query }: { query: ReturnType<typeof useSopVersion> }) {
  const [params] = useSearchParams();
  const [filter, setFilter] = useState(params.get("zoek") ?? "");
  if (query.isPending) return <Loading what={sopWords.theAgreements} />;
  if (query.isError) {
    if (problemOf(query.error).reason === "no_sop") {
      return <Empty title={sopWords.noSop}>{sopWords.noSopAdvice}</Empty>;
    }
    return <Failed error={query.error} retry={() => void query.refetch()} />;
  }
  if (!query.sop) return null;
  return <RuleList sop={query.sop} filter={filter} onFilter={setFilter} />;
}
