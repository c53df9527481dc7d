import type { WatchQueueResponse } from "@wissel/api";
import { useCallback, useEffect, useRef, useState } from "react";
import { api } from "../lib/clients.ts";
import { problemOf } from "../lib/errors.ts";
import { emptyQueue, withMessage, withPage, type QueueState } from "./queue-state.ts";
import { retryDelayMs, watchForever, type LiveStatus } from "./watch.ts";

const PAGE_SIZE = 50;
const SNAPSHOT_MAX = 200;

export interface LiveQueue {
  state: QueueState;
  /** A snapshot has come in. */
  loaded: boolean;
  status: LiveStatus;
  error: unknown;
  loadMore: () => Promise<void>;
  loadingMore: boolean;
  reconnect: () => void;
}

/** The queue of a team, kept up to date by the stream. */
export function useQueue(
  teamId: string,
  onMessage: (before: QueueState, message: WatchQueueResponse) => void,
): LiveQueue {
  const [state, setState] = useState(emptyQueue);
  const [loaded, setLoaded] = useState(false);
  const [status, setStatus] = useState<LiveStatus>({ name: "connecting" });
  const [error, setError] = useState<unknown>();
  const [loadingMore, setLoadingMore] = useState(false);
  const [round, setRound] = useState(0);
  const current = useRef(emptyQueue);
  const tell = useRef(onMessage);
  useEffect(() => {
    tell.current = onMessage;
  });

  const put = useCallback((next: QueueState) => {
    current.current = next;
    setState(next);
  }, []);

  useEffect(() => {
    const stop = new AbortController();
    void watchForever({
      signal: stop.signal,
      open: (signal) => {
        // As many rows again as are on screen, so that a reconnection does not shorten the list.
        const pageSize = Math.min(SNAPSHOT_MAX, Math.max(PAGE_SIZE, current.current.cases.length));
        return api.cases.watchQueue({ teamId, pageSize }, { signal, timeoutMs: 0 });
      },
      onMessage: (message) => {
        tell.current(current.current, message);
        put(withMessage(current.current, message));
        if (message.snapshot) setLoaded(true);
        setError(undefined);
      },
      onStatus: setStatus,
      onError: setError,
      mayRetry: (thrown) => {
        const { uncertain, reason } = problemOf(thrown);
        return uncertain || reason === "overloaded";
      },
      delayMs: retryDelayMs,
    });
    return () => stop.abort();
  }, [teamId, round, put]);

  const loadMore = async () => {
    setLoadingMore(true);
    try {
      const pageToken = current.current.nextPageToken;
      const page = await api.cases.listQueue({ teamId, pageSize: PAGE_SIZE, pageToken });
      put(withPage(current.current, page));
    } catch (thrown) {
      setError(thrown);
    } finally {
      setLoadingMore(false);
    }
  };
  const reconnect = useCallback(() => setRound((n) => n + 1), []);
  return { state, loaded, status, error, loadMore, loadingMore, reconnect };
}
