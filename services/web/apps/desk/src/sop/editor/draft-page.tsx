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

export function DraftPage() {
  const { id = "" } = useParams();
  if (!/^\d{1,18}$/.test(id)) {
    return <MessagePage title="Geen concept">Dit adres hoort niet bij een concept.</MessagePage>;
  }
  return <DraftById key={id} draftId={BigInt(id)} />;
}

function DraftById({ draftId }: { draftId: bigint }) {
  const query = useDraft(draftId);
  if (query.data) return <DraftEditor draft={query.data} />;
  return (
    <Page title="Concept">
      {query.isPending ? (
        <Loading what="het concept" />
      ) : (
        <Failed error={query.error} retry={() => void query.refetch()} />
      )}
    </Page>
  );
}

const parts = [
  { id: "tekst", label: "Tekst" },
  { id: "afspraken", label: "Afspraken" },
  { id: "teams", label: "Teams" },
  { id: "verschil", label: "Verschil" },
  { id: "terugkijken", label: "Terugkijken met oude contacten" },
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
      title={`Concept: ${draft.title}`}
      heading={
        <>
          <span className="wissel-page__sub">Concept {draft.draftId.toString()}</span> {draft.title}{" "}
          <DraftBadge state={draft.state} />
        </>
      }
      aside={
        <Link href="/werkafspraken" className="utrecht-link utrecht-link--html-a">
          Terug naar de werkafspraken
        </Link>
      }
    >
      <Messages editor={editor} />
      <div className="wissel-sop">
        <div className="wissel-sop__main">
          <nav className="wissel-tabs" aria-label="Onderdelen van het concept">
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
              Neem de tekst van uw collega over
            </Button>{" "}
            <Button appearance="secondary-action-button" onClick={editor.saveOver}>
              Sla toch mijn tekst op
            </Button>
          </>
        }
      >
        <strong>{editor.draft.savedBy} heeft dit concept intussen opgeslagen.</strong> Uw tekst
        staat nog op het scherm, maar is niet opgeslagen.
      </Notice>
    );
  }
  return <Problem problem={editor.problem} />;
}

function SavePanel({ editor }: { editor: Editor }) {
  const { text, dirty, readOnly, saving, problem } = editor;
  const empty = text.title.trim() === "";
  return (
    <section className="wissel-panel wissel-stack" aria-label="Opslaan">
      <TextField
        label="Titel"
        value={text.title}
        onChange={editor.setTitle}
        limit={120}
        disabled={readOnly}
        error={empty ? "Vul een titel in." : problem?.fields.title}
        required
      />
      {readOnly ? (
        <p className="wissel-hint">U kunt dit concept lezen, niet wijzigen.</p>
      ) : (
        <>
          <div className="wissel-form__submit wissel-form__submit--tight">
            <Button
              appearance="primary-action-button"
              busy={saving}
              disabled={empty}
              onClick={editor.save}
            >
              {saving ? "Bezig met opslaan…" : "Opslaan"}
            </Button>
            <span className="wissel-hint">
              of <Kbd>Ctrl+Enter</Kbd>
            </span>
            {dirty && (
              <Button appearance="subtle-button" onClick={editor.undo}>
                Wijzigingen ongedaan maken
              </Button>
            )}
          </div>
          <p className="wissel-hint" role="status">
            {dirty ? "Er zijn wijzigingen die niet zijn opgeslagen." : "Alles is opgeslagen."}
          </p>
        </>
      )}
    </section>
  );
}
