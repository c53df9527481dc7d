import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { ReplayProgress, ReplayResult } from "@wissel/api";
import { useEffect, useRef, useState } from "react";
import { api } from "../../lib/clients.ts";
import { momentsOf, type DayRange } from "../../lib/period.ts";

const LISTED = 200;
// A year of contacts of a large city takes longer than a call may take by default.
const TIMEOUT_MS = 120_000;

export interface Replay {
  /** The text that was tried. */
  document: string;
  busy: boolean;
  progress: ReplayProgress | undefined;
  result: ReplayResult | undefined;
  error: unknown;
}

const idle: Replay = {
  document: "",
  busy: false,
  progress: undefined,
  result: undefined,
  error: undefined,
};

/** Past contacts through a text, as a stream that can be stopped. */
export function useReplay() {
  const [state, setState] = useState<Replay>(idle);
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const start = async (document: string, range: DayRange): Promise<void> => {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    setState({ ...idle, document, busy: true });
    const { from, to } = momentsOf(range);
    const request = {
      sop: { which: { case: "document" as const, value: document } },
      period: { from: timestampFromDate(from), to: timestampFromDate(to) },
      mostListed: LISTED,
    };
    try {
      const options = { signal: control.signal, timeoutMs: TIMEOUT_MS };
      for await (const { progress, result } of api.sop.replaySop(request, options)) {
        setState((now) => ({
          ...now,
          progress: progress ?? now.progress,
          result: result ?? now.result,
        }));
      }
      setState((now) => ({ ...now, busy: false }));
    } catch (error) {
      if (control.signal.aborted) return;
      setState((now) => ({ ...now, busy: false, error }));
    }
  };
  const stop = () => {
    running.current?.abort();
    setState(idle);
  };
  return { ...state, start, stop };
}
