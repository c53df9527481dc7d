import type { CaseSummary } from "@wissel/api";
import { clock, dayOf, shortMoment } from "../lib/amsterdam.ts";
import { dateOf } from "./badges.tsx";
import { useNow } from "./clock.ts";
import { uiWords } from "./words.ts";

/** `graag di 24 nov 09:00-12:00` */
export function PreferredWords({ summary }: { summary: Pick<CaseSummary, "preferredMoment"> }) {
  const now = useNow();
  const from = dateOf(summary.preferredMoment?.notBefore);
  const to = dateOf(summary.preferredMoment?.notAfter);
  if (!from && !to) return null;
  const start = from ? shortMoment(from, now) : "";
  const end = to ? (from && dayOf(from) === dayOf(to) ? clock(to) : shortMoment(to, now)) : "";
  return (
    <span className="wissel-wish">
      {from && to
        ? uiWords.preferBetween(start, end)
        : from
          ? uiWords.preferAfter(start)
          : uiWords.preferBefore(end)}
    </span>
  );
}
