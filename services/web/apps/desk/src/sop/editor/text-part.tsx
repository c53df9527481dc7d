import { Textarea } from "@utrecht/component-library-react";
import { Severity } from "@wissel/api";
import { useEffect, useId, useMemo, useRef } from "react";
import { gutter, marksByLine } from "../draft.ts";
import { lineBounds } from "../document/outline.ts";
import type { Editor } from "./use-editor.ts";
import { editorWords } from "./words.ts";

/** A line to go to; the count tells the same line asked twice. */
export interface Jump {
  line: number;
  count: number;
}

const LINES_ABOVE = 4;

function goTo(area: HTMLTextAreaElement, line: number): void {
  const { from, to } = lineBounds(area.value, line);
  const height = Number.parseFloat(getComputedStyle(area).lineHeight) || 20;
  area.focus({ preventScroll: true });
  area.setSelectionRange(from, to);
  area.scrollTop = Math.max(0, line - 1 - LINES_ABOVE) * height;
  area.scrollLeft = 0;
  area.scrollIntoView({ block: "nearest" });
}

/** The document as text, with line numbers that show where something was found. */
export function TextPart({ editor, jump }: { editor: Editor; jump: Jump | undefined }) {
  const { text, check, readOnly } = editor;
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const numbers = useRef<HTMLPreElement>(null);
  const follow = () => {
    if (area.current && numbers.current) numbers.current.scrollTop = area.current.scrollTop;
  };
  useEffect(() => {
    if (jump && area.current) goTo(area.current, jump.line);
  }, [jump]);
  const findings = check.stale ? undefined : check.done?.result.findings;
  const lines = useMemo(() => text.document.split("\n").length, [text.document]);
  const parts = useMemo(() => gutter(lines, marksByLine(findings ?? [])), [lines, findings]);
  return (
    <div className="wissel-panel wissel-editor">
      <label htmlFor={id} className="wissel-editor__label">
        {editorWords.asText}
      </label>
      <div className="wissel-editor__body">
        <pre ref={numbers} className="wissel-editor__numbers" aria-hidden="true">
          {parts.map(({ text: shown, mark }) =>
            mark === undefined ? (
              `${shown}\n`
            ) : (
              <b key={shown} data-mark={mark === Severity.ERROR ? "error" : "warning"}>
                {shown}
              </b>
            ),
          )}
        </pre>
        <Textarea
          id={id}
          ref={area}
          className="wissel-editor__text"
          value={text.document}
          readOnly={readOnly}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          wrap="off"
          onChange={(event) => editor.setDocument(event.target.value)}
          onScroll={follow}
        />
      </div>
    </div>
  );
}
