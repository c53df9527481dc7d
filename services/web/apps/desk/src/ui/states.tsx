import { Alert, Button, Paragraph } from "@utrecht/component-library-react";
import type { ReactNode } from "react";
import { mayHelpToRetry, problemOf, type Problem as ProblemWords } from "../lib/errors.ts";
import { uiWords } from "./words.ts";

interface NoticeProps {
  type: "info" | "ok" | "warning" | "error";
  children: ReactNode;
  /** Said at once by a screen reader; only for what stops the work. */
  urgent?: boolean;
  action?: ReactNode;
}

/** A message in the page. */
export function Notice({ type, children, urgent = type === "error", action }: NoticeProps) {
  return (
    <Alert type={type} role={urgent ? "alert" : "status"} className="wissel-notice">
      <div className="wissel-notice__body">
        <div>{children}</div>
        {action && <div className="wissel-notice__action">{action}</div>}
      </div>
    </Alert>
  );
}

/** What went wrong. That a session has ended is told by a dialog, and is over once somebody signs in. */
export function Problem({ problem }: { problem: ProblemWords | undefined }) {
  if (!problem || problem.signedOut) return null;
  return <Notice type="error">{problem.message}</Notice>;
}

export function Loading({ what }: { what: string }) {
  return (
    <p className="wissel-loading" role="status">
      <span className="wissel-loading__dots" aria-hidden="true" />
      {uiWords.loading(what)}
    </p>
  );
}

/** What could not be read, and the way to read it again if that may help. */
export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const problem = problemOf(error);
  if (problem.signedOut) return null;
  return (
    <Notice
      type="error"
      action={
        retry &&
        mayHelpToRetry(error) && (
          <Button appearance="secondary-action-button" onClick={retry}>
            {uiWords.retry}
          </Button>
        )
      }
    >
      {problem.message}
    </Notice>
  );
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="wissel-empty">
      <p className="wissel-empty__title">{title}</p>
      {children && <Paragraph>{children}</Paragraph>}
    </div>
  );
}
