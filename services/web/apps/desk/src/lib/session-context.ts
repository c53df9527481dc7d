import type { Session } from "@wissel/api";
import { createContext, use } from "react";

/** Whether somebody is signed in, and the ways to change that. */
export interface SessionState {
  status: "loading" | "failed" | "known";
  session: Session | undefined;
  error: unknown;
  /** There was a session and the server has ended it. */
  expired: boolean;
  started: (session: Session) => void;
  signOut: () => Promise<void>;
  reload: () => void;
}

export const SessionStateContext = createContext<SessionState | undefined>(undefined);
export const SessionContext = createContext<Session | undefined>(undefined);

export function useSessionState(): SessionState {
  const state = use(SessionStateContext);
  if (!state) throw new Error("outside SessionProvider");
  return state;
}

/** The colleague who is signed in; only below the shell. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error("nobody is signed in");
  return session;
}
