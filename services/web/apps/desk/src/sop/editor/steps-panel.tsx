import { Button } from "@utrecht/component-library-react";
import { useMutation } from "@tanstack/react-query";
import { DraftState, type Draft } from "@wissel/api";
import { useState, type SubmitEvent } from "react";
import { Link, useLocation } from "wouter";
import { mayEditSop, mayPutInForce } from "../../lib/access.ts";
import { shortMoment } from "../../lib/amsterdam.ts";
import { api } from "../../lib/clients.ts";
import { problemOf } from "../../lib/errors.ts";
import { consents, isOpen, type Consent } from "../draft.ts";
import { useTeams } from "../../lib/queries.ts";
import { useSession } from "../../lib/session-context.ts";
import { dateOf } from "../../ui/badges.tsx";
import { useNow } from "../../ui/clock.ts";
import { TextField } from "../../ui/fields.tsx";
import { Notice, Problem } from "../../ui/states.tsx";
import type { Editor } from "./use-editor.ts";
import { useForgetSop } from "../use-sop.ts";
import { editorWords } from "./words.ts";
import { commonWords } from "../../lib/words.ts";

/** The way of a draft into force: who agrees, and from when it holds. */
export function StepsPanel({ editor }: { editor: Editor }) {
  const { draft, dirty } = editor;
  const session = useSession();
  const open = isOpen(draft);
  const hold = dirty ? editorWords.saveFirst : undefined;
  return (
    <section className="wissel-panel wissel-stack" aria-labelledby="deel-akkoord">
      <h2 id="deel-akkoord" className="wissel-panel__title">
        {editorWords.steps}
      </h2>
      {draft.state === DraftState.IN_FORCE && (
        <Notice type="ok">
          {editorWords.becameVersion(draft.version)}
          <Link
            href={`/werkafspraken?versie=${draft.version}`}
            className="utrecht-link utrecht-link--html-a"
          >
            {editorWords.viewVersion}
          </Link>
        </Notice>
      )}
      {draft.state === DraftState.DISCARDED && <Notice type="info">{editorWords.discarded}</Notice>}
      <Consents editor={editor} hold={hold} />
      {open && mayPutInForce(session) && <InForce editor={editor} hold={hold} />}
      {open && mayEditSop(session) && <Discard draft={draft} />}
    </section>
  );
}

interface PartProps {
  editor: Editor;
  /** Why nothing can be done yet. */
  hold: string | undefined;
}

function Consents({ editor, hold }: PartProps) {
  const { draft, adopt } = editor;
  const session = useSession();
  const { kccTeamId } = useTeams();
  const all = consents(draft, session, kccTeamId);
  const open = isOpen(draft);
  const accept = useMutation({
    mutationFn: (teamId: string) =>
      api.sop.acceptDraft({ draftId: draft.draftId, revision: draft.revision, teamId }),
    // The answer comes without the document.
    onSuccess: ({ draft: next }) => next && adopt({ ...next, document: draft.document }),
  });
  if (all.length === 0) {
    return (
      <p className="wissel-hint">{open ? editorWords.noConsentYet : editorWords.noConsentNeeded}</p>
    );
  }
  const ready = draft.state === DraftState.CHECKED || draft.state === DraftState.ACCEPTED;
  return (
    <>
      {accept.isError && <Problem problem={problemOf(accept.error)} />}
      <ul className="wissel-consents" aria-label={editorWords.consents}>
        {all.map((consent) => (
          <ConsentItem
            key={consent.teamId}
            consent={consent}
            offer={open && ready && hold === undefined}
            busy={accept.isPending}
            onAccept={() => accept.mutate(consent.teamId)}
          />
        ))}
      </ul>
      {open && hold && (
        <p className="wissel-hint">
          {hold}
          {editorWords.savingTakesConsents}
        </p>
      )}
      {open && !ready && <p className="wissel-hint">{editorWords.consentWhenChecked}</p>}
    </>
  );
}

interface ConsentProps {
  consent: Consent;
  offer: boolean;
  busy: boolean;
  onAccept: () => void;
}

function ConsentItem({ consent, offer, busy, onAccept }: ConsentProps) {
  const { teamId, by, mine } = consent;
  const { nameOf } = useTeams();
  const now = useNow();
  const at = dateOf(consent.at);
  return (
    <li>
      <span className="wissel-consents__team">{nameOf(teamId)}</span>
      {by ? (
        <span className="wissel-consents__who">
          <span className="wissel-badge wissel-badge--good">{editorWords.agreed}</span>{" "}
          <span className="wissel-hint">
            {by}
            {at && `, ${shortMoment(at, now)}`}
          </span>
        </span>
      ) : mine && offer ? (
        <Button
          appearance="secondary-action-button"
          busy={busy}
          onClick={onAccept}
          aria-label={editorWords.agreeFor(nameOf(teamId))}
        >
          {editorWords.agree}
        </Button>
      ) : (
        <span className="wissel-badge wissel-badge--pending">{commonWords.notYet}</span>
      )}
    </li>
  );
}

function InForce({ editor, hold }: PartProps) {
  const { draft } = editor;
  const [day, setDay] = useState("");
  const forget = useForgetSop();
  const put = useMutation({
    mutationFn: () =>
      api.sop.putDraftInForce({
        draftId: draft.draftId,
        revision: draft.revision,
        inForceFrom: day,
      }),
    onSuccess: forget,
  });
  const problem = put.isError ? problemOf(put.error) : undefined;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    put.mutate();
  };
  const ready = draft.state === DraftState.ACCEPTED && hold === undefined;
  return (
    <form className="wissel-form-part wissel-stack" onSubmit={submit} noValidate>
      <Problem problem={problem} />
      <TextField
        label={editorWords.inForceFrom}
        type="date"
        description={editorWords.emptyIsAtOnce}
        value={day}
        onChange={setDay}
        error={problem?.fields.in_force_from}
        disabled={!ready}
      />
      <Button
        type="submit"
        appearance="primary-action-button"
        busy={put.isPending}
        disabled={!ready}
      >
        {editorWords.putInForce}
      </Button>
      {!ready && <p className="wissel-hint">{editorWords.whenAllAgreed}</p>}
    </form>
  );
}

function Discard({ draft }: { draft: Draft }) {
  const [, navigate] = useLocation();
  const [sure, setSure] = useState(false);
  const forget = useForgetSop();
  const discard = useMutation({
    mutationFn: () => api.sop.discardDraft({ draftId: draft.draftId }),
    onSuccess: async () => {
      sessionStorage.removeItem(`wissel.sop.${draft.draftId}`);
      await forget();
      navigate("/werkafspraken");
    },
  });
  if (!sure) {
    return (
      <div>
        <Button appearance="subtle-button" onClick={() => setSure(true)}>
          {editorWords.discard}
        </Button>
      </div>
    );
  }
  return (
    <div className="wissel-form__submit wissel-form__submit--tight">
      {discard.isError && <Problem problem={problemOf(discard.error)} />}
      <span>{editorWords.discardSure}</span>
      <Button
        appearance="secondary-action-button"
        hint="danger"
        busy={discard.isPending}
        onClick={() => discard.mutate()}
      >
        {editorWords.discardYes}
      </Button>
      <Button appearance="subtle-button" onClick={() => setSure(false)}>
        {editorWords.no}
      </Button>
    </div>
  );
}
