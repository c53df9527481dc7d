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

/** What was agreed and holds, or held; the drafts of what may come; and the versions. */
export function SopPage() {
  const [params] = useSearchParams();
  const asked = /^\d{1,18}$/.exec(params.get("versie") ?? "")?.[0];
  const version = asked ? BigInt(asked) : 0n;
  const now = useNow();
  const query = useSopVersion(version);
  const since = dateOf(query.data?.inForceFrom);
  const title = version === 0n ? "Werkafspraken" : `Werkafspraken, versie ${version}`;
  return (
    <Page
      title={title}
      heading={
        <>
          {title}
          {query.data && version === 0n && (
            <span className="wissel-page__sub wissel-sop__version">
              versie {query.data.version.toString()}
              {since && `, geldt sinds ${longMoment(since, now)}`}
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
  if (query.isPending) return <Loading what="de werkafspraken" />;
  if (query.isError) {
    if (problemOf(query.error).reason === "no_sop") {
      return (
        <Empty title="Er zijn nog geen werkafspraken">
          Maak een concept, of vraag uw functioneel beheerder om de eerste versie.
        </Empty>
      );
    }
    return <Failed error={query.error} retry={() => void query.refetch()} />;
  }
  if (!query.sop) return null;
  return <RuleList sop={query.sop} filter={filter} onFilter={setFilter} />;
}
