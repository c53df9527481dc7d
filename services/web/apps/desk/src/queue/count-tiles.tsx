import type { QueueCounts } from "@wissel/api";
import { queueWords } from "./words.ts";

/** How much lies in the queue. */
export function CountTiles({ counts }: { counts: QueueCounts }) {
  const tiles = [
    { label: queueWords.open, value: counts.open, tone: "plain" },
    { label: queueWords.claimed, value: counts.claimed, tone: "plain" },
    {
      label: queueWords.overdue,
      value: counts.overdue,
      tone: counts.overdue > 0 ? "late" : "plain",
    },
    {
      label: queueWords.dueToday,
      value: counts.dueToday,
      tone: counts.dueToday > 0 ? "today" : "plain",
    },
  ];
  return (
    <dl className="wissel-tiles">
      {tiles.map(({ label, value, tone }) => (
        <div key={label} className={`wissel-tile wissel-tile--${tone}`}>
          <dt>{label}</dt>
          <dd>{value.toLocaleString("nl-NL")}</dd>
        </div>
      ))}
    </dl>
  );
}
