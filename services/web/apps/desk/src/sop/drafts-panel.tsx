import { Button } from "@utrecht/component-library-react";
import { DraftState, type Draft } from "@wissel/api";
import { useState, type SubmitEvent } from "react";
import { Link } from "wouter";
import { mayEditSop } from "../lib/access.ts";
import { shortMoment } from "../lib/amsterdam.ts";
import { problemOf } from "../lib/errors.ts";
import { draftStateLabel } from "./draft.ts";
import { useSession } from "../lib/session-context.ts";
import { dateOf } from "../ui/badges.tsx";
import { useNow } from "../ui/clock.ts";
import { TextField } from "../ui/fields.tsx";
import { Failed, Loading, Problem } from "../ui/states.tsx";
import { draftPath, useDrafts, useNewDraft } from "./use-sop.ts";
import { sopWords } from "./words.ts";
import { commonWords } from "../lib/words.ts";

const tones: Partial<Record<DraftState, string>> = {
  [DraftState.DRAFT]: "pending",
  [DraftState.CHECKED]: "queued",
  [DraftState.ACCEPTED]: "good",
  [DraftState.IN_FORCE]: "good",
};

export function DraftBadge({ state }: { state: DraftState }) {
  return (
    <span className={`wissel-badge wissel-badge--${tones[state] ?? "closed"}`}>
      {draftStateLabel[state]}
    </span>
  );
}

/** What colleagues are working on, and the way to begin. */
export function DraftsPanel() {
  const session = useSession();
  const query = useDrafts();
  return (
    <section className="wissel-panel" aria-labelledby="deel-concepten">
      <h2 id="deel-concepten" className="wissel-panel__title">
        {sopWords.drafts}
      </h2>
      {query.isPending && <Loading what={sopWords.theDrafts} />}
      {query.isError && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.data?.length === 0 && <p className="wissel-muted">{sopWords.noDraft}</p>}
      {query.data && query.data.length > 0 && (
        <ul className="wissel-drafts">
          {query.data.map((draft) => (
            <DraftItem key={draft.draftId.toString()} draft={draft} />
          ))}
        </ul>
      )}
      {mayEditSop(session) && <NewDraft />}
    </section>
  );
}

function DraftItem({ draft }: { draft: Draft }) {
  const now = useNow();
  const saved = dateOf(draft.savedAt);
  const agreed = draft.acceptances.length;
  const asked = draft.concernedTeamIds.length;
  return (
    <li>
      <p>
        <Link href={draftPath(draft.draftId)} className="utrecht-link utrecht-link--html-a">
          {draft.title}
        </Link>{" "}
        <DraftBadge state={draft.state} />
      </p>
      <p className="wissel-hint">
        {draft.savedBy}
        {saved && `, ${shortMoment(saved, now)}`}
        {asked > 0 && sopWords.agreed(agreed, asked)}
      </p>
    </li>
  );
}

function NewDraft() {
  const [title, setTitle] = useState<string>();
  const make = useNewDraft();
  if (title === undefined) {
    return (
      <Button appearance="primary-action-button" onClick={() => setTitle("")}>
        {sopWords.newDraft}
      </Button>
    );
  }
  const problem = make.isError ? problemOf(make.error) : undefined;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (title.trim()) make.mutate({ title: title.trim() });
  };
  return (
    <form className="wissel-stack" onSubmit={submit} noValidate>
      <Problem problem={problem} />
      <TextField
        label={sopWords.draftTitle}
        description={sopWords.draftTitleHint}
        value={title}
        onChange={setTitle}
        limit={120}
        error={problem?.fields.title}
        inputRef={(input) => input?.focus()}
        required
      />
      <div className="wissel-form__submit wissel-form__submit--tight">
        <Button type="submit" appearance="primary-action-button" busy={make.isPending}>
          {sopWords.makeDraft}
        </Button>
        <Button appearance="subtle-button" onClick={() => setTitle(undefined)}>
          {commonWords.cancel}
        </Button>
      </div>
    </form>
  );
}
