import { Button } from "@utrecht/component-library-react";
import type { Draft } from "@wissel/api";
import { useState } from "react";
import { Link, useParams, useSearchParams } from "wouter";
import { mayEditSop } from "../../lib/access.ts";
import { useSession } from "../../lib/session-context.ts";
import { TextField } from "../../ui/fields.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { MessagePage, Page } from "../../ui/page.tsx";
import { useShortcuts } from "../../ui/shortcuts.ts";
import { Failed, Loading, Notice, Problem } from "../../ui/states.tsx";
import { DiffPart } from "./diff-part.tsx";
import { DraftBadge } from "../drafts-panel.tsx";
import { FindingsPanel } from "./findings-panel.tsx";
import { ReplayPart } from "./replay-part.tsx";
import { RulesPart } from "./rules-part.tsx";
import { StepsPanel } from "./steps-panel.tsx";
import { TeamsPart } from "./teams-part.tsx";
import { TextPart, type Jump } from "./text-part.tsx";
import { useEditor, type Editor } from "./use-editor.ts";
import { useDraft } from "../use-sop.ts";
import { editorWords } from "./words.ts";
import { commonWords } from "../../lib/words.ts";
import { sopWords } from "../words.ts";

export function DraftPage() {
  const { id = "" } = useParams();
  if (!/^\d{1,18}$/.test(id)) {
    return <MessagePage title={editorWords.noDraft}>{editorWords.noDraftHere}</MessagePage>;
  }
  return <DraftById key={id} draftId={BigInt(id)} />;
}

function DraftById({ draftId }: { draftId: bigint }) {
  const query = useDraft(draftId);
  if (query.data) return <DraftEditor draft={query.data} />;
  return (
    <Page title={sopWords.draft}>
      {query.isPending ? (
        <Loading what={editorWords.theDraft} />
      ) : (
        <Failed error={query.error} retry={() => void query.refetch()} />
      )}
    </Page>
  );
}

const parts = [
  { id: "tekst", label: editorWords.text },
  { id: "afspraken", label: sopWords.rules },
  { id: "teams", label: commonWords.teams },
  { id: "verschil", label: editorWords.diff },
  { id: "terugkijken", label: editorWords.replay },
] as const;

type PartId = (typeof parts)[number]["id"];

function usePart() {
  const [params, setParams] = useSearchParams();
  const ruleId = params.get("afspraak") ?? "";
  const asked = params.get("deel") ?? (ruleId ? "afspraken" : "tekst");
  const part: PartId = parts.find(({ id }) => id === asked)?.id ?? "tekst";
  const go = (deel: PartId, afspraak = "") => setParams({ deel, ...(afspraak && { afspraak }) });
  return { part, ruleId, go };
}

function DraftEditor({ draft }: { draft: Draft }) {
  const mayEdit = mayEditSop(useSession());
  const editor = useEditor(draft, mayEdit);
  const { part, ruleId, go } = usePart();
  const [jump, setJump] = useState<Jump>();
  const toLine = (line: number) => {
    setJump((last) => ({ line, count: (last?.count ?? 0) + 1 }));
    go("tekst");
  };
  useShortcuts({ "Ctrl+Enter": () => !editor.readOnly && editor.save() });
  return (
    <Page
      title={editorWords.title(draft.title)}
      heading={
        <>
          <span className="wissel-page__sub">{editorWords.draftNumber(draft.draftId)}</span>{" "}
          {draft.title} <DraftBadge state={draft.state} />
        </>
      }
      aside={
        <Link href="/werkafspraken" className="utrecht-link utrecht-link--html-a">
          {editorWords.back}
        </Link>
      }
    >
      <Messages editor={editor} />
      <div className="wissel-sop">
        <div className="wissel-sop__main">
          <nav className="wissel-tabs" aria-label={editorWords.parts}>
            {parts.map(({ id, label }) => (
              <Link
                key={id}
                href={`/werkafspraken/concept/${draft.draftId}?deel=${id}`}
                className="wissel-tabs__link"
                aria-current={id === part ? "page" : undefined}
              >
                {label}
              </Link>
            ))}
          </nav>
          {part === "tekst" && <TextPart editor={editor} jump={jump} />}
          {part === "afspraken" && (
            <RulesPart key={`${ruleId} ${editor.generation}`} {...{ editor, ruleId, toLine }} />
          )}
          {part === "teams" && <TeamsPart key={editor.generation} {...{ editor, toLine }} />}
          {part === "verschil" && <DiffPart document={editor.text.document} />}
          {part === "terugkijken" && <ReplayPart document={editor.text.document} />}
        </div>
        <div className="wissel-sop__side">
          <SavePanel editor={editor} />
          <FindingsPanel editor={editor} toLine={toLine} toRule={(id) => go("afspraken", id)} />
          <StepsPanel editor={editor} />
        </div>
      </div>
    </Page>
  );
}

function Messages({ editor }: { editor: Editor }) {
  if (editor.conflict) {
    return (
      <Notice
        type="warning"
        urgent
        action={
          <>
            <Button appearance="secondary-action-button" onClick={editor.takeTheirs}>
              {editorWords.takeTheirs}
            </Button>{" "}
            <Button appearance="secondary-action-button" onClick={editor.saveOver}>
              {editorWords.saveMine}
            </Button>
          </>
        }
      >
        <strong>{editorWords.savedMeanwhile(editor.draft.savedBy)}</strong>
        {editorWords.yoursNotSaved}
      </Notice>
    );
  }
  return <Problem problem={editor.problem} />;
}

function SavePanel({ editor }: { editor: Editor }) {
  const { text, dirty, readOnly, saving, problem } = editor;
  const empty = text.title.trim() === "";
  return (
    <section className="wissel-panel wissel-stack" aria-label={editorWords.save}>
      <TextField
        label={editorWords.titleField}
        value={text.title}
        onChange={editor.setTitle}
        limit={120}
        disabled={readOnly}
        error={empty ? editorWords.titleRequired : problem?.fields.title}
        required
      />
      {readOnly ? (
        <p className="wissel-hint">{editorWords.readOnly}</p>
      ) : (
        <>
          <div className="wissel-form__submit wissel-form__submit--tight">
            <Button
              appearance="primary-action-button"
              busy={saving}
              disabled={empty}
              onClick={editor.save}
            >
              {saving ? commonWords.saving : editorWords.save}
            </Button>
            <span className="wissel-hint">
              {commonWords.orKey}
              <Kbd>Ctrl+Enter</Kbd>
            </span>
            {dirty && (
              <Button appearance="subtle-button" onClick={editor.undo}>
                {editorWords.undo}
              </Button>
            )}
          </div>
          <p className="wissel-hint" role="status">
            {dirty ? editorWords.dirty : editorWords.saved}
          </p>
        </>
      )}
    </section>
  );
}
