import { Button } from "@utrecht/component-library-react";
import { useState } from "react";
import {
  noConditions,
  type Conditions,
  type KnownAnswer,
  type Rule,
  type Sop,
} from "../document/model.ts";
import { outcomeWords, targetWords } from "../document/plain-words.ts";
import { useTeams } from "../../lib/queries.ts";
import { Choice } from "../../ui/choice.tsx";
import { SelectField, TextAreaField, TextField } from "../../ui/fields.tsx";
import { LinesField } from "../../ui/lines-field.tsx";
import { ConditionFields } from "./condition-fields.tsx";
import { editorWords } from "./words.ts";
import { commonWords } from "../../lib/words.ts";

/** What is wrong with the name of a rule, if anything. */
function nameError(rule: Rule, sop: Sop): string | undefined {
  const name = rule.id.trim();
  if (name === "") return editorWords.nameRequired;
  const taken = sop.rules.some(({ id, place }) => id === name && place !== rule.place);
  return taken ? editorWords.nameTaken : undefined;
}

interface Props {
  rule: Rule;
  sop: Sop;
  disabled: boolean;
  onChange: (rule: Rule) => void;
}

const TEXT_LIMIT = 4000;

/** One rule: when it applies, and what happens then. Keeps spaces that the text would not keep. */
export function RuleForm({ rule: first, sop, disabled, onChange }: Props) {
  const [rule, setRule] = useState(first);
  const change = (part: Partial<Rule>) => {
    const next = { ...rule, ...part };
    setRule(next);
    onChange(next);
  };
  const part = { rule, sop, disabled, change };
  return (
    <div className="wissel-stack">
      <div className="wissel-grid">
        <TextField
          className="wissel-span-4"
          label={editorWords.name}
          value={rule.id}
          onChange={(id) => change({ id })}
          disabled={disabled}
          error={nameError(rule, sop)}
          limit={80}
          required
        />
        <SelectField
          className="wissel-span-2"
          label={editorWords.priority}
          description={editorWords.priorityHint}
          value={String(rule.priority)}
          onChange={(value) => change({ priority: Number(value) })}
          disabled={disabled}
          options={Array.from({ length: 100 }, (_, n) => ({
            value: String(99 - n),
            label: String(99 - n),
          }))}
        />
      </div>
      <section className="wissel-form-part" aria-label={editorWords.whenPart}>
        <h2 className="wissel-form-part__title">{editorWords.ifTitle}</h2>
        <ConditionFields
          conditions={rule.when}
          sop={sop}
          disabled={disabled}
          onChange={(when) => change({ when })}
        />
      </section>
      <Exceptions {...part} />
      <section className="wissel-form-part" aria-label={editorWords.thenPart}>
        <h2 className="wissel-form-part__title">{editorWords.thenTitle}</h2>
        <OutcomeFields {...part} />
      </section>
    </div>
  );
}

interface PartProps {
  rule: Rule;
  sop: Sop;
  disabled: boolean;
  change: (part: Partial<Rule>) => void;
}

function Exceptions({ rule, sop, disabled, change }: PartProps) {
  const set = (at: number, next: Conditions) =>
    change({ unless: rule.unless.map((each, place) => (place === at ? next : each)) });
  return (
    <section className="wissel-form-part" aria-label={editorWords.unlessPart}>
      <h2 className="wissel-form-part__title">{editorWords.unlessTitle}</h2>
      {rule.unless.map((each, place) => (
        <div key={place} className="wissel-exception">
          <ConditionFields
            conditions={each}
            sop={sop}
            disabled={disabled}
            onChange={(next) => set(place, next)}
          />
        </div>
      ))}
      {!disabled && (
        <div className="wissel-form__submit wissel-form__submit--tight">
          <Button
            appearance="secondary-action-button"
            onClick={() => change({ unless: [...rule.unless, noConditions] })}
          >
            {editorWords.addException}
          </Button>
          {rule.unless.length > 0 && (
            <Button
              appearance="subtle-button"
              onClick={() => change({ unless: rule.unless.slice(0, -1) })}
            >
              {editorWords.removeException}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

function useTeamOptions(sop: Sop, chosen: string) {
  const { all, nameOf } = useTeams();
  const ids = [...new Set([...sop.teams.map(({ id }) => id), ...all.map(({ teamId }) => teamId)])];
  const known = chosen === "" || ids.includes(chosen) ? ids : [...ids, chosen];
  return [
    { value: "", label: editorWords.kccByDefault },
    ...known.map((value) => ({ value, label: nameOf(value) })),
  ];
}

function OutcomeFields({ rule, sop, disabled, change }: PartProps) {
  const teams = useTeamOptions(sop, rule.team);
  return (
    <div className="wissel-stack">
      <Choice
        legend={editorWords.outcome}
        value={rule.outcome}
        onChange={(outcome) => change({ outcome })}
        disabled={disabled}
        options={outcomeWords}
      />
      <div className="wissel-grid">
        <SelectField
          className="wissel-span-2"
          label={rule.outcome === "queue" ? editorWords.teamTo : editorWords.owner}
          value={rule.team}
          onChange={(team) => change({ team })}
          disabled={disabled}
          options={teams}
        />
        {rule.outcome === "steer" && <SteerFields {...{ rule, sop, disabled, change }} />}
        {(rule.outcome === "transfer" || rule.outcome === "steer") && (
          <TextField
            className="wissel-span-2"
            label={commonWords.phone}
            type="tel"
            description={rule.outcome === "transfer" ? editorWords.phoneHint : undefined}
            value={rule.phone}
            onChange={(phone) => change({ phone })}
            disabled={disabled}
            limit={20}
          />
        )}
        <TextField
          className="wissel-span-2"
          label={editorWords.reviewBy}
          type="date"
          value={rule.reviewBy}
          onChange={(reviewBy) => change({ reviewBy })}
          disabled={disabled}
        />
      </div>
      <TextAreaField
        label={editorWords.script}
        limit={TEXT_LIMIT}
        value={rule.script}
        onChange={(script) => change({ script })}
        disabled={disabled}
      />
      {rule.outcome === "reject" && (
        <LinesField
          label={editorWords.questions}
          description={editorWords.questionsHint}
          values={rule.questions}
          onChange={(questions) => change({ questions })}
          disabled={disabled}
        />
      )}
      {(rule.outcome === "answer" || rule.outcome === "steer") && (
        <AnswerFields {...{ rule, sop, disabled, change }} />
      )}
    </div>
  );
}

function SteerFields({ rule, disabled, change }: PartProps) {
  return (
    <>
      <SelectField
        className="wissel-span-2"
        label={editorWords.steerTarget}
        value={rule.target}
        onChange={(target) => change({ target })}
        disabled={disabled}
        options={[{ value: "", label: editorWords.choose }, ...targetWords]}
      />
      <TextField
        className="wissel-span-2"
        label={editorWords.steerTo}
        description={editorWords.steerToHint}
        value={rule.to}
        onChange={(to) => change({ to })}
        disabled={disabled}
      />
    </>
  );
}

function AnswerFields({ rule: { answers }, disabled, change }: PartProps) {
  const set = (at: number, part: Partial<KnownAnswer>) =>
    change({ answers: answers.map((each, n) => (n === at ? { ...each, ...part } : each)) });
  return (
    <>
      {answers.map(({ question, answer }, place) => (
        <div key={place} className="wissel-exception wissel-stack">
          <TextField
            label={editorWords.questionOf(place + 1)}
            value={question}
            onChange={(next) => set(place, { question: next })}
            disabled={disabled}
          />
          <TextAreaField
            label={editorWords.answerOf(place + 1)}
            rows={2}
            limit={TEXT_LIMIT}
            value={answer}
            onChange={(next) => set(place, { answer: next })}
            disabled={disabled}
          />
        </div>
      ))}
      {!disabled && (
        <div className="wissel-form__submit wissel-form__submit--tight">
          <Button
            appearance="secondary-action-button"
            onClick={() => change({ answers: [...answers, { question: "", answer: "" }] })}
          >
            {editorWords.addAnswer}
          </Button>
          {answers.length > 0 && (
            <Button
              appearance="subtle-button"
              onClick={() => change({ answers: answers.slice(0, -1) })}
            >
              {editorWords.removeAnswer}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
