import type { CaseSummary } from "@wissel/api";
import { useEffect, useState } from "react";

const SHOWN_MS = 4_000;

interface Seen {
  cases: readonly CaseSummary[];
  versions: ReadonlyMap<bigint, bigint>;
}

const versionsOf = (cases: readonly CaseSummary[]) =>
  new Map(cases.map((c) => [c.reference, c.version]));

/** Cases that came or changed just now, so that the eye finds them. Not those of a first load. */
export function useFresh(cases: readonly CaseSummary[]): ReadonlySet<bigint> {
  const [seen, setSeen] = useState<Seen>({ cases, versions: versionsOf(cases) });
  const [fresh, setFresh] = useState<ReadonlySet<bigint>>(new Set());
  if (seen.cases !== cases) {
    const changed = cases.filter((c) => seen.versions.get(c.reference) !== c.version);
    setSeen({ cases, versions: versionsOf(cases) });
    // A whole page at once is a snapshot or "meer laden".
    if (changed.length > 0 && changed.length < 10) {
      setFresh(new Set(changed.map((c) => c.reference)));
    }
  }
  useEffect(() => {
    if (fresh.size === 0) return undefined;
    const timer = window.setTimeout(() => setFresh(new Set()), SHOWN_MS);
    return () => window.clearTimeout(timer);
  }, [fresh]);
  return fresh;
}
