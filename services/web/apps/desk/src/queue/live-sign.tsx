import { Button } from "@utrecht/component-library-react";
import { useEffect, useState } from "react";
import type { LiveQueue } from "./use-queue.ts";
import { queueWords } from "./words.ts";

/** Seconds until a moment, counting down. */
function useSecondsUntil(moment: Date | undefined): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!moment) return undefined;
    const timer = window.setInterval(() => setNow(Date.now()), 500);
    return () => window.clearInterval(timer);
  }, [moment]);
  return moment ? Math.max(0, Math.ceil((moment.getTime() - now) / 1_000)) : 0;
}

/** Whether the list is live; when it is not, since it cannot be trusted, in plain sight. */
export function LiveSign({ queue }: { queue: LiveQueue }) {
  const { status, reconnect } = queue;
  const seconds = useSecondsUntil(status.name === "lost" ? status.retryAt : undefined);
  return (
    <div className="wissel-live" data-status={status.name}>
      <p className="wissel-live__sign" role="status">
        <span className="wissel-live__dot" aria-hidden="true" />
        {status.name === "live" && queueWords.live}
        {status.name === "connecting" && queueWords.connecting}
        {status.name === "lost" && queueWords.behind}
        {status.name === "stopped" && queueWords.behind}
      </p>
      {(status.name === "lost" || status.name === "stopped") && (
        <>
          {status.name === "lost" && (
            <span className="wissel-hint">
              {seconds > 0 ? queueWords.retryIn(seconds) : queueWords.retrying}
            </span>
          )}
          <Button appearance="secondary-action-button" onClick={reconnect}>
            {queueWords.connectNow}
          </Button>
        </>
      )}
    </div>
  );
}
