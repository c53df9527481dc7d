import { Button, LinkButton } from "@utrecht/component-library-react";
import { Severity, type SopFinding } from "@wissel/api";
import { countFindings, findingWords } from "../draft.ts";
import { Failed, Notice } from "../../ui/states.tsx";
import type { Editor } from "./use-editor.ts";
import { editorWords } from "./words.ts";

interface Props {
  editor: Editor;
  toLine: (line: number) => void;
  toRule: (ruleId: string) => void;
}

/** What the check found in the text on screen. */
export function FindingsPanel({ editor, toLine, toRule }: Props) {
  const { check, readOnly } = editor;
  const { done, busy, stale } = check;
  if (readOnly && !done) return null;
  return (
    <section className="wissel-panel" aria-labelledby="deel-controle">
      <h2 id="deel-controle" className="wissel-panel__title">
        {editorWords.check}
      </h2>
      {done ? (
        <p className="wissel-findings__sum" role="status">
          {findingWords(countFindings(done.result.findings))}
          {done.result.rules > 0 && editorWords.rulesChecked(done.result.rules)}
        </p>
      ) : (
        <p className="wissel-hint">{editorWords.checkHint}</p>
      )}
      {stale && <Notice type="info">{editorWords.checkAgain}</Notice>}
      {check.error !== undefined && <Failed error={check.error} />}
      <Button appearance="secondary-action-button" busy={busy} onClick={() => check.run()}>
        {busy ? editorWords.checking : editorWords.runCheck}
      </Button>
      {done && done.result.findings.length > 0 && (
        <ol className="wissel-findings">
          {done.result.findings.map((finding, place) => (
            // One rule can give the same kind of finding twice: only the place is unique.
            <Finding key={place} {...{ finding, toLine, toRule }} />
          ))}
        </ol>
      )}
    </section>
  );
}

interface FindingProps extends Omit<Props, "editor"> {
  finding: SopFinding;
}

function Finding({ finding, toLine, toRule }: FindingProps) {
  const { kind, severity, line, ruleId, message, example } = finding;
  const error = severity === Severity.ERROR;
  return (
    <li className="wissel-finding">
      <p>
        <span className={`wissel-badge wissel-badge--${error ? "bad" : "pending"}`}>
          {error ? editorWords.error : editorWords.warning}
        </span>{" "}
        {line > 0 && (
          <LinkButton inline onClick={() => toLine(line)}>
            {editorWords.line(line)}
          </LinkButton>
        )}
        {ruleId && (
          <>
            {" · "}
            <LinkButton inline onClick={() => toRule(ruleId)}>
              {ruleId}
            </LinkButton>
          </>
        )}
      </p>
      <p>
        {kind === "unreadable" && editorWords.unreadableText}
        <Marked text={message} />
      </p>
      {example && (
        <p className="wissel-hint">
          {editorWords.example}
          <Marked text={example} />
        </p>
      )}
    </li>
  );
}

/** Names stand between backticks. */
function Marked({ text }: { text: string }) {
  return text
    .split("`")
    .map((part, place) => (place % 2 === 1 ? <strong key={place}>{part}</strong> : part));
}
