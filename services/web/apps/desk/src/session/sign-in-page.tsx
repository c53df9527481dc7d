import { Heading1 } from "@utrecht/component-library-react";
import { useEffect } from "react";
import { Redirect, useLocation } from "wouter";
import { startPage } from "../lib/access.ts";
import { Logo } from "../ui/logo.tsx";
import { useSessionState } from "../lib/session-context.ts";
import { SignInForm } from "./sign-in-form.tsx";
import { sessionWords } from "./words.ts";
import { commonWords } from "../lib/words.ts";

/** A path of this site, from `?naar=`; never another site. */
function wantedPath(): string | undefined {
  const path = new URLSearchParams(window.location.search).get("naar");
  return path && /^\/(?![/\\])/.test(path) ? path : undefined;
}

export function SignInPage() {
  const { session, expired, started } = useSessionState();
  const [, navigate] = useLocation();
  useEffect(() => {
    document.title = sessionWords.pageTitle;
  }, []);
  if (session && !expired) return <Redirect to={wantedPath() ?? startPage(session)} replace />;
  return (
    <main className="wissel-sign-in" id="inhoud">
      <div className="wissel-sign-in__brand">
        <Logo />
        <span>{commonWords.wissel}</span>
      </div>
      <div className="wissel-panel wissel-sign-in__panel">
        <Heading1>{sessionWords.signIn}</Heading1>
        <SignInForm
          onSignedIn={(next) => {
            const to = wantedPath() ?? startPage(next);
            started(next);
            navigate(to, { replace: true });
          }}
        />
      </div>
      <p className="wissel-sign-in__help">{sessionWords.forgotten}</p>
    </main>
  );
}
