import { useMemo } from "react";
import { useSearchParams } from "wouter";
import { useTeams } from "../lib/queries.ts";
import { useNow } from "../ui/clock.ts";
import { filterParams, monthAt, readFilters, type Filters, type ReadFilters } from "./filters.ts";

/** The filters of the address. The same object until one of them changes, so that charts can rest. */
export function useFilters(): ReadFilters & { choose: (filters: Filters) => void } {
  const [params, setParams] = useSearchParams();
  const teams = useTeams();
  const now = useNow();
  const asked = params.toString();
  const thisMonth = monthAt(now);
  const known = teams.all.length > 0 ? teams.all : undefined;
  const read = useMemo(
    () =>
      readFilters(
        new URLSearchParams(asked),
        thisMonth,
        known && new Set(known.map(({ teamId }) => teamId)),
      ),
    [asked, thisMonth, known],
  );
  return { ...read, choose: (filters) => setParams(filterParams(filters)) };
}
