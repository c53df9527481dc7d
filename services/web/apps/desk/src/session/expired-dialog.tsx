import { Button, Heading2, Paragraph } from "@utrecht/component-library-react";
import { useEffect, useRef } from "react";
import { useSession, useSessionState } from "../lib/session-context.ts";
import { SignInForm } from "./sign-in-form.tsx";
import { sessionWords } from "./words.ts";

/** Signs in again above the screen that was open, so that nothing typed there is lost. */
export function ExpiredDialog() {
  const { expired, started, signOut } = useSessionState();
  const session = useSession();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (expired && !element.open) {
      element.showModal();
      // The first field that is still empty.
      const inputs = [...element.querySelectorAll("input")];
      inputs.find((input) => input.value === "")?.focus();
    }
    if (!expired && element.open) element.close();
  }, [expired]);

  const known = session.municipality;
  return (
    <dialog
      ref={dialog}
      className="wissel-dialog"
      aria-labelledby="expired-title"
      onCancel={(event) => event.preventDefault()}
    >
      {expired && (
        <div className="wissel-stack">
          <Heading2 id="expired-title">{sessionWords.expired}</Heading2>
          <Paragraph>{sessionWords.expiredHint}</Paragraph>
          <SignInForm
            {...(known && { known: { tenantId: known.tenantId } })}
            onSignedIn={started}
          />
          <div>
            <Button appearance="subtle-button" onClick={() => void signOut()}>
              {sessionWords.stop}
            </Button>
          </div>
        </div>
      )}
    </dialog>
  );
}
