import { Button } from "@utrecht/component-library-react";
import type { CaseSummary } from "@wissel/api";
import { useEffect, useLayoutEffect, useRef, type KeyboardEvent } from "react";
import { useTeams } from "../lib/queries.ts";
import { useSession } from "../lib/session-context.ts";
import { Failed, Notice } from "../ui/states.tsx";
import { QueueRow } from "./queue-row.tsx";
import { useClaim } from "./use-claim.ts";
import type { LiveQueue } from "./use-queue.ts";
import { useFresh } from "./use-fresh.ts";
import { queueWords } from "./words.ts";
import { commonWords } from "../lib/words.ts";

const columns = [
  { id: "due", name: commonWords.due },
  { id: "case", name: queueWords.caseAndCustomer },
  { id: "subject", name: commonWords.subject },
  { id: "channel", name: commonWords.channel },
  { id: "holder", name: commonWords.holder },
  { id: "action", name: "" },
];

/**
 * Keeps the focus in the list: arrow keys go from row to row, and when the row in focus leaves
 * the queue its place is taken by the next.
 */
function useRowFocus(cases: readonly CaseSummary[]) {
  const body = useRef<HTMLTableSectionElement>(null);
  const place = useRef(-1);
  const links = () => [...(body.current?.querySelectorAll<HTMLElement>("[data-row-link]") ?? [])];
  useEffect(() => {
    const element = body.current;
    const onFocusIn = (event: FocusEvent) => {
      const row = (event.target as HTMLElement).closest("tr");
      place.current = row ? [...(element?.rows ?? [])].indexOf(row) : -1;
    };
    // Leaving by hand ends it; a row that is taken away sends no such event with a new target.
    const onFocusOut = (event: FocusEvent) => {
      if (event.relatedTarget) place.current = -1;
    };
    element?.addEventListener("focusin", onFocusIn);
    element?.addEventListener("focusout", onFocusOut);
    return () => {
      element?.removeEventListener("focusin", onFocusIn);
      element?.removeEventListener("focusout", onFocusOut);
    };
  }, []);
  useLayoutEffect(() => {
    if (place.current < 0 || document.activeElement !== document.body) return;
    const all = links();
    all[Math.min(place.current, all.length - 1)]?.focus();
  }, [cases]);
  // Who comes to this page by a key has the focus nowhere yet, or on the heading.
  useEffect(() => {
    const at = document.activeElement;
    if (at === document.body || at?.matches(".wissel-page__title")) {
      links()[0]?.focus({ preventScroll: true });
    }
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || place.current < 0) return;
    event.preventDefault();
    links()[place.current + step]?.focus();
  };
  return { body, onKeyDown };
}

export function QueueTable({ queue, teamId }: { queue: LiveQueue; teamId: string }) {
  const session = useSession();
  const teams = useTeams();
  const claim = useClaim();
  const { cases, counts, nextPageToken } = queue.state;
  const { body, onKeyDown } = useRowFocus(cases);
  const fresh = useFresh(cases);
  return (
    <>
      {claim.conflict && (
        <Notice type="warning" urgent>
          {claim.conflict}
        </Notice>
      )}
      <table className="utrecht-table wissel-table wissel-table--queue">
        <colgroup>
          {columns.map(({ id }) => (
            <col key={id} className={`wissel-col--${id}`} />
          ))}
        </colgroup>
        <caption className="wissel-unseen">{queueWords.caption(teams.nameOf(teamId))}</caption>
        <thead>
          <tr>
            {columns.map(({ id, name }) => (
              <th key={id} scope="col">
                {name || <span className="wissel-unseen">{queueWords.action}</span>}
              </th>
            ))}
          </tr>
        </thead>
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys bubble from the links in the rows */}
        <tbody ref={body} onKeyDown={onKeyDown}>
          {cases.map((summary) => (
            <QueueRow
              key={summary.reference.toString()}
              summary={summary}
              session={session}
              fresh={fresh.has(summary.reference)}
              busy={claim.busy === summary.reference}
              onClaim={() => void claim.claim(summary)}
            />
          ))}
        </tbody>
      </table>
      {nextPageToken && (
        <div className="wissel-queue__more">
          <Button
            appearance="secondary-action-button"
            busy={queue.loadingMore}
            onClick={() => void queue.loadMore()}
          >
            {queueWords.loadMore}
          </Button>
          <span className="wissel-hint">{queueWords.shown(cases.length, counts?.open ?? "?")}</span>
        </div>
      )}
      {queue.error !== undefined && queue.status.name === "live" && <Failed error={queue.error} />}
    </>
  );
}
