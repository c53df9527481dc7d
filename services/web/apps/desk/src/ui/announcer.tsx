import { createContext, use, useCallback, useRef, useState, type ReactNode } from "react";

type Announce = (message: string) => void;
const AnnounceContext = createContext<Announce>(() => undefined);

const GATHER_MS = 1_000;

/** One polite live region for the whole page. What comes close together is said together. */
export function AnnouncerProvider({ children }: { children: ReactNode }) {
  const [message, setMessage] = useState("");
  const waiting = useRef<string[]>([]);
  const timer = useRef<number>(undefined);
  const announce = useCallback<Announce>((text) => {
    waiting.current.push(text);
    timer.current ??= window.setTimeout(() => {
      timer.current = undefined;
      setMessage([...new Set(waiting.current)].join(". "));
      waiting.current = [];
    }, GATHER_MS);
  }, []);
  return (
    <AnnounceContext value={announce}>
      {children}
      <div className="wissel-unseen" role="status" aria-live="polite">
        {message}
      </div>
    </AnnounceContext>
  );
}

export const useAnnounce = (): Announce => use(AnnounceContext);
