import { Code, ConnectError } from "@connectrpc/connect";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Session } from "@wissel/api";
import { useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import { api, onSessionEnd } from "../lib/clients.ts";
import { SessionStateContext, type SessionState } from "../lib/session-context.ts";

const KEY = ["session"];
const CHECK_EVERY_MS = 5 * 60_000;

async function readSession(): Promise<Session | null> {
  try {
    return (await api.directory.getSession({})).session ?? null;
  } catch (error) {
    if (ConnectError.from(error).code === Code.Unauthenticated) return null;
    throw error;
  }
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const [ended, setEnded] = useState(false);
  // The last colleague stays while the session has ended: the screen keeps what was typed.
  const [last, setLast] = useState<Session>();
  const query = useQuery({
    queryKey: KEY,
    queryFn: readSession,
    staleTime: CHECK_EVERY_MS,
    refetchInterval: CHECK_EVERY_MS,
  });
  if (query.data && query.data !== last && !ended) setLast(query.data);
  const { refetch } = query;
  useEffect(() => onSessionEnd(() => setEnded(true)), []);

  const started = useCallback(
    (session: Session) => {
      const same = last?.accountId === session.accountId;
      if (last && !same) {
        sessionStorage.clear();
        queries.clear();
      }
      setLast(session);
      setEnded(false);
      queries.setQueryData(KEY, session);
      void queries.invalidateQueries({ predicate: (q) => q.queryKey !== KEY });
    },
    [last, queries],
  );

  const signOut = useCallback(async () => {
    await api.directory.signOut({});
    sessionStorage.clear();
    setLast(undefined);
    setEnded(false);
    queries.clear();
    queries.setQueryData(KEY, null);
  }, [queries]);

  const state = useMemo<SessionState>(() => {
    const known = query.data !== undefined || last !== undefined;
    return {
      status: known ? "known" : query.isError ? "failed" : "loading",
      session: last,
      error: query.error,
      expired: last !== undefined && (ended || query.data === null),
      started,
      signOut,
      reload: () => void refetch(),
    };
  }, [query.data, query.isError, query.error, last, ended, started, signOut, refetch]);

  return <SessionStateContext value={state}>{children}</SessionStateContext>;
}
