import { Button } from "@utrecht/component-library-react";
import { CaseAction, CaseOutcome, EventKind, type Case } from "@wissel/api";
import { useEffect, useRef, useState, type SubmitEvent } from "react";
import { fillIn } from "../lib/field-names.ts";
import { caseOutcomeLabel } from "../lib/labels.ts";
import { useTeams } from "../lib/queries.ts";
import { tooLong } from "../lib/text-limit.ts";
import { Choice } from "../ui/choice.tsx";
import { SelectField, TextAreaField } from "../ui/fields.tsx";
import { useShortcuts } from "../ui/shortcuts.ts";
import { emptyInput, type ActionInput } from "./action-input.ts";
import type { KnownAction } from "./known-action.ts";
import { keepInput, keptInput } from "./kept-input.ts";
import { actionWords, caseWords } from "./words.ts";
import { commonWords } from "../lib/words.ts";

/** Limits of the contract, in characters. */
const TEXT_LIMIT = 4000;
const NOTE_LIMIT = 1000;

interface Props {
  action: KnownAction;
  subject: Case;
  busy: boolean;
  /** Errors of the server by request field. */
  fields: Readonly<Record<string, string>>;
  onCancel: () => void;
  onSubmit: (input: ActionInput) => void;
}

/** The request field in which the text of an action goes, and how much of it fits. */
function textField(action: KnownAction): { field: string; limit: number } {
  return action === CaseAction.ANSWER || action === CaseAction.SEND_INTERIM_REPLY
    ? { field: "text", limit: TEXT_LIMIT }
    : { field: "reason", limit: NOTE_LIMIT };
}

const needsText: ReadonlySet<KnownAction> = new Set([
  CaseAction.ANSWER,
  CaseAction.SEND_INTERIM_REPLY,
  CaseAction.RETURN,
  CaseAction.REOPEN,
  CaseAction.TAKE_OVER,
]);

/** What has to be filled in or fits not, before it can be sent, by request field. */
function mistakes(action: KnownAction, input: ActionInput): Record<string, string> {
  const { field, limit } = textField(action);
  const long = tooLong(input.text, limit);
  const longNote = tooLong(input.note, NOTE_LIMIT);
  return {
    ...(action === CaseAction.FORWARD && !input.teamId && { team_id: caseWords.teamRequired }),
    ...(action === CaseAction.CLOSE &&
      input.outcome === CaseOutcome.UNSPECIFIED && { outcome: caseWords.outcomeRequired }),
    ...(needsText.has(action) && !input.text.trim() && { [field]: fillIn(field) }),
    ...(long && { [field]: long }),
    ...(longNote && { note: longNote }),
  };
}

/** The team that the last team to give the case back thought of. */
function suggestedTeam(subject: Case): string {
  const returned = subject.events.filter((event) => event.kind === EventKind.RETURNED);
  return returned.at(-1)?.suggestedTeamId ?? "";
}

/** What is typed for an action, kept until it is sent. */
function useInput(action: KnownAction, subject: Case) {
  const reference = subject.summary?.reference ?? 0n;
  const [kept] = useState(() => keptInput(reference, action));
  const [input, setInput] = useState<ActionInput>(
    kept ?? { ...emptyInput, teamId: action === CaseAction.FORWARD ? suggestedTeam(subject) : "" },
  );
  const change = (part: Partial<ActionInput>) => {
    const next = { ...input, ...part };
    setInput(next);
    keepInput(reference, action, next);
  };
  return { input, change, restored: kept !== undefined };
}

export function ActionForm({ action, subject, busy, fields, onCancel, onSubmit }: Props) {
  const { input, change, restored } = useInput(action, subject);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("input, select, textarea")?.focus();
  }, []);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [errors, fields]);
  const send = () => {
    if (busy) return;
    const wrong = mistakes(action, input);
    setErrors(wrong);
    if (Object.keys(wrong).length === 0) {
      onSubmit({ ...input, text: input.text.trim(), note: input.note.trim() });
    }
  };
  useShortcuts({ "Ctrl+Enter": send, Escape: onCancel });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    send();
  };
  const danger = action === CaseAction.CLOSE;
  return (
    <form ref={form} className="wissel-stack wissel-action-form" onSubmit={submit} noValidate>
      {restored && <p className="wissel-hint">{caseWords.typedBefore}</p>}
      <ActionFields {...{ action, subject, input, change }} errors={{ ...fields, ...errors }} />
      <div className="wissel-form__submit">
        <Button
          type="submit"
          appearance="primary-action-button"
          busy={busy}
          {...(danger && { hint: "danger" as const })}
        >
          {busy ? commonWords.busy : actionWords[action].submit}
        </Button>
        <Button type="button" appearance="subtle-button" onClick={onCancel}>
          {commonWords.cancel}
        </Button>
      </div>
    </form>
  );
}

interface FieldsProps {
  action: KnownAction;
  subject: Case;
  input: ActionInput;
  change: (part: Partial<ActionInput>) => void;
  errors: Readonly<Record<string, string>>;
}

function ActionFields(props: FieldsProps) {
  switch (props.action) {
    case CaseAction.RECORD_ATTEMPT:
      return <AttemptFields {...props} />;
    case CaseAction.ANSWER:
    case CaseAction.SEND_INTERIM_REPLY:
      return <TextToCustomer {...props} />;
    case CaseAction.CLOSE:
      return <CloseFields {...props} />;
    case CaseAction.RETURN:
    case CaseAction.FORWARD:
      return <OtherTeamFields {...props} />;
    default:
      return (
        <TextAreaField
          label={props.action === CaseAction.TAKE_OVER ? caseWords.whyTakeOver : caseWords.reason}
          description={
            props.action === CaseAction.TAKE_OVER &&
            caseWords.takeOverHint(props.subject.summary?.claimedByName ?? caseWords.yourColleague)
          }
          limit={NOTE_LIMIT}
          value={props.input.text}
          onChange={(text) => props.change({ text })}
          error={props.errors.reason}
          required
        />
      );
  }
}

function Note({ input, change, errors, label }: FieldsProps & { label: string }) {
  return (
    <TextAreaField
      label={label}
      description={caseWords.forColleagues}
      limit={NOTE_LIMIT}
      rows={2}
      value={input.note}
      onChange={(note) => change({ note })}
      error={errors.note}
    />
  );
}

function AttemptFields(props: FieldsProps) {
  const { input, change } = props;
  return (
    <>
      <Choice
        legend={caseWords.reachedQuestion}
        value={input.reached ? "ja" : "nee"}
        onChange={(value) => change({ reached: value === "ja" })}
        options={[
          { value: "ja", label: caseWords.reached },
          { value: "nee", label: caseWords.notReached },
        ]}
      />
      <Note {...props} label={caseWords.note} />
    </>
  );
}

function TextToCustomer({ action, subject, input, change, errors }: FieldsProps) {
  const email = subject.customer?.email;
  const mailed = email ? caseWords.mailedTo(email) : undefined;
  const unmailed = caseWords.notMailed;
  return (
    <TextAreaField
      label={
        action === CaseAction.ANSWER ? caseWords.answerToCustomer : caseWords.interimReplyToCustomer
      }
      description={mailed ?? unmailed}
      limit={TEXT_LIMIT}
      rows={6}
      value={input.text}
      onChange={(text) => change({ text })}
      error={errors.text}
      required
    />
  );
}

const closings = [
  CaseOutcome.ANSWERED_ELSEWHERE,
  CaseOutcome.WITHDRAWN,
  CaseOutcome.STEERED,
  CaseOutcome.ACQUISITION,
];

const closingOf = (value: string): CaseOutcome =>
  closings.find((outcome) => String(outcome) === value) ?? CaseOutcome.UNSPECIFIED;

function CloseFields(props: FieldsProps) {
  const { input, change, errors } = props;
  return (
    <>
      <SelectField
        label={caseWords.whyClose}
        value={String(input.outcome)}
        onChange={(value) => change({ outcome: closingOf(value) })}
        error={errors.outcome}
        required
        options={[
          { value: String(CaseOutcome.UNSPECIFIED), label: caseWords.chooseOutcome },
          ...closings.map((o) => ({ value: String(o), label: caseOutcomeLabel[o] })),
        ]}
      />
      <Note {...props} label={caseWords.closingNote} />
    </>
  );
}

function OtherTeamFields(props: FieldsProps) {
  const { action, subject, input, change, errors } = props;
  const teams = useTeams();
  const back = action === CaseAction.RETURN;
  const others = teams.all.filter(
    (team) => team.teamId !== subject.summary?.teamId && !(back && team.isKcc),
  );
  return (
    <>
      {back && (
        <TextAreaField
          label={caseWords.whyReturn}
          limit={NOTE_LIMIT}
          rows={2}
          value={input.text}
          onChange={(text) => change({ text })}
          error={errors.reason}
          required
        />
      )}
      <SelectField
        label={back ? caseWords.whichTeamCan : caseWords.forwardTo}
        value={input.teamId}
        onChange={(teamId) => change({ teamId })}
        error={errors.team_id ?? errors.suggested_team_id}
        required={!back}
        options={[
          { value: "", label: back ? caseWords.unknownTeam : caseWords.chooseTeam },
          ...others.map((team) => ({ value: team.teamId, label: team.name })),
        ]}
      />
      {!back && <Note {...props} label={caseWords.noteForTeam} />}
    </>
  );
}
