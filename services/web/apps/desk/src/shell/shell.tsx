import { Button, SkipLink, Textbox } from "@utrecht/component-library-react";
import { useEffect, useId, useState, type ReactNode, type SubmitEvent } from "react";
import { Link, useLocation } from "wouter";
import {
  mayOpenCases,
  mayRegister,
  maySeeFigures,
  maySeeQueues,
  maySeeSop,
} from "../lib/access.ts";
import { clock } from "../lib/amsterdam.ts";
import { problemOf } from "../lib/errors.ts";
import { roleLabel } from "../lib/labels.ts";
import { parseReference, referenceError } from "../lib/reference.ts";
import { useSession, useSessionState } from "../lib/session-context.ts";
import { dateOf } from "../ui/badges.tsx";
import { useNow } from "../ui/clock.ts";
import { Kbd } from "../ui/kbd.tsx";
import { Logo } from "../ui/logo.tsx";
import { useShortcuts } from "../ui/shortcuts.ts";
import { Notice } from "../ui/states.tsx";
import { shellWords } from "./words.ts";
import { commonWords } from "../lib/words.ts";

const WARN_BEFORE_MS = 20 * 60_000;

interface NavItem {
  to: string;
  label: string;
  key?: string;
}

function NavLink({ to, label, shortcut }: { to: string; label: string; shortcut?: string }) {
  const [path] = useLocation();
  const here = path === to || path.startsWith(`${to}/`);
  return (
    <Link href={to} className="wissel-nav__link" aria-current={here ? "page" : undefined}>
      {label}
      {shortcut && <Kbd>{shortcut}</Kbd>}
    </Link>
  );
}

/** Opens a case by the number that a resident reads out. */
function FindCase() {
  const [, navigate] = useLocation();
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState<string>();
  const id = useId();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const error = referenceError(text);
    const reference = parseReference(text);
    setWrong(error);
    if (error !== undefined || reference === undefined) return;
    setText("");
    navigate(`/zaak/${reference}`);
  };
  return (
    <form className="wissel-find" role="search" onSubmit={submit} noValidate>
      <label htmlFor={id} className="wissel-find__label">
        {commonWords.caseNumber}
      </label>
      <Textbox
        id={id}
        className="wissel-find__input"
        inputMode="numeric"
        autoComplete="off"
        value={text}
        invalid={wrong !== undefined}
        aria-describedby={wrong ? `${id}-fout` : undefined}
        onChange={(event) => {
          setText(event.target.value);
          setWrong(undefined);
        }}
      />
      <Button type="submit" appearance="secondary-action-button" className="wissel-find__button">
        {shellWords.find}
      </Button>
      {wrong && (
        <span id={`${id}-fout`} role="alert" className="wissel-find__error">
          {wrong}
        </span>
      )}
    </form>
  );
}

/** Time is nearly up: said 20 minutes before, with the way to go on. */
function SessionEnd() {
  const session = useSession();
  const now = useNow();
  const end = dateOf(session.expiresAt);
  const left = end ? end.getTime() - now.getTime() : Infinity;
  if (!end || left > WARN_BEFORE_MS || left <= 0) return null;
  return <Notice type="warning">{shellWords.signedOutAt(clock(end))}</Notice>;
}

function UserMenu() {
  const session = useSession();
  const { signOut } = useSessionState();
  const [problem, setProblem] = useState<string>();
  const roles = session.roles.map((role) => roleLabel[role]).filter(Boolean);
  return (
    <div className="wissel-user">
      <span className="wissel-user__name">
        {session.displayName}
        <span className="wissel-user__role">{roles.join(", ")}</span>
      </span>
      <Button
        appearance="secondary-action-button"
        className="wissel-user__out"
        onClick={() => {
          signOut().catch((error: unknown) => setProblem(problemOf(error).message));
        }}
      >
        {shellWords.signOut}
      </Button>
      {problem && <span role="alert">{problem}</span>}
    </div>
  );
}

/** Header, navigation and the place for a page. */
export function Shell({ children }: { children: ReactNode }) {
  const session = useSession();
  const [path, navigate] = useLocation();
  const items: NavItem[] = [
    ...(mayRegister(session)
      ? [{ to: "/registreren", label: commonWords.register, key: "F8" }]
      : []),
    ...(maySeeQueues(session)
      ? [{ to: "/werkvoorraad", label: commonWords.queue, key: "F9" }]
      : []),
    ...(maySeeSop(session) ? [{ to: "/werkafspraken", label: commonWords.agreements }] : []),
    ...(maySeeFigures(session) ? [{ to: "/cijfers", label: commonWords.figures }] : []),
  ];
  useShortcuts(
    Object.fromEntries(items.flatMap(({ key, to }) => (key ? [[key, () => navigate(to)]] : []))),
  );
  useEffect(() => {
    document.querySelector(".wissel-main")?.scrollTo(0, 0);
  }, [path]);
  return (
    <div className="wissel-shell">
      <SkipLink href="#inhoud">{shellWords.skip}</SkipLink>
      <header className="wissel-header">
        <Link href="/" className="wissel-brand">
          <Logo />
          <span className="wissel-brand__name">{commonWords.wissel}</span>
          <span className="wissel-brand__place">{session.municipality?.name}</span>
        </Link>
        <nav className="wissel-nav" aria-label={shellWords.menu}>
          {items.map(({ to, label, key }) => (
            <NavLink key={to} to={to} label={label} {...(key && { shortcut: key })} />
          ))}
        </nav>
        {mayOpenCases(session) && <FindCase />}
        <UserMenu />
      </header>
      <main className="wissel-main" id="inhoud" tabIndex={-1}>
        <SessionEnd />
        {children}
      </main>
    </div>
  );
}
