import { useSearchParams } from "wouter";
import { periodChoice, rangeOf, rangeParams } from "../lib/period.ts";
import { commonWords } from "../lib/words.ts";
import { useNow } from "./clock.ts";
import { PeriodForm } from "./period-form.tsx";
import { Empty } from "./states.tsx";

/** The address with another period; what else it says stays. */
function withPeriod(before: URLSearchParams, next: Readonly<Record<string, string>>) {
  const params = new URLSearchParams(before);
  for (const name of ["periode", "van", "tot"]) params.delete(name);
  for (const [name, value] of Object.entries(next)) params.set(name, value);
  return params;
}

/**
 * The period that the address of the page names, with the form that changes it. `range` is
 * undefined for a free period that is not whole or ends before it begins.
 */
export function usePeriod() {
  const now = useNow();
  const [params, setParams] = useSearchParams();
  const choice = periodChoice(params.get("periode"));
  const from = params.get("van") ?? "";
  const to = params.get("tot") ?? "";
  const range = rangeOf(choice, from, to, now);
  const form = (
    <>
      <PeriodForm
        choice={choice}
        from={from}
        to={to}
        invalid={range === undefined}
        current={range && rangeParams(range)}
        onChange={(next) => setParams((before) => withPeriod(before, next))}
      />
      {!range && !(from && to) && <Empty title={commonWords.chooseDates} />}
    </>
  );
  return { range, form };
}
