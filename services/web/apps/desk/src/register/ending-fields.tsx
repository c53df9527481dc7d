import { AnsweredKind } from "@wissel/api";
import { dayOf, isoDay, longDay } from "../lib/amsterdam.ts";
import { limits, needsAnswer } from "./registration-draft.ts";
import { answeredKindLabel } from "../lib/labels.ts";
import { useWorkdays } from "../lib/queries.ts";
import { nextWorkdays } from "../lib/workdays.ts";
import { Choice } from "../ui/choice.tsx";
import { useNow } from "../ui/clock.ts";
import { SelectField, TextAreaField } from "../ui/fields.tsx";
import type { FormPart } from "./form-part.ts";
import { registerWords } from "./words.ts";

const DAYS_AHEAD = 10;

/** 08:00 to 20:00, each half hour. */
const clockTimes = Array.from({ length: 25 }, (_, place) => {
  const hour = String(8 + Math.floor(place / 2)).padStart(2, "0");
  const value = `${hour}:${place % 2 === 0 ? "00" : "30"}`;
  return { value, label: value };
});

/** When a callback would suit: a working day, and from when till when. */
export function CallbackFields({ draft, change, fields, locked }: FormPart) {
  const now = useNow();
  const today = dayOf(now);
  const days = nextWorkdays(today, DAYS_AHEAD, useWorkdays());
  const error =
    fields.preferred_moment ??
    fields["preferred_moment.not_before"] ??
    fields["preferred_moment.not_after"];
  const nameOf = (day: number) =>
    `${day === today ? registerWords.today : day === today + 1 ? registerWords.tomorrow : ""}${longDay(day)}`;
  return (
    <div className="wissel-grid">
      <SelectField
        className="wissel-span-2"
        label={registerWords.preferredMoment}
        value={draft.preferredDay}
        onChange={(preferredDay) => change({ preferredDay })}
        disabled={locked}
        options={[
          { value: "", label: registerWords.noPreference },
          ...days.map((day) => ({ value: isoDay(day), label: nameOf(day) })),
        ]}
      />
      {draft.preferredDay && (
        <>
          <SelectField
            className="wissel-span-1"
            label={registerWords.from}
            value={draft.preferredFrom}
            onChange={(preferredFrom) => change({ preferredFrom })}
            disabled={locked}
            options={clockTimes}
          />
          <SelectField
            className="wissel-span-1"
            label={registerWords.to}
            value={draft.preferredTo}
            onChange={(preferredTo) => change({ preferredTo })}
            error={error}
            disabled={locked}
            options={clockTimes}
          />
        </>
      )}
      <p className="wissel-span-6 wissel-hint">{registerWords.callbackHint}</p>
    </div>
  );
}

const kinds = [AnsweredKind.ANSWERED, AnsweredKind.STEERED, AnsweredKind.ACQUISITION];

/** How a contact ended that is settled at once. */
export function KindChoice({ draft, change, locked }: FormPart) {
  return (
    <Choice
      legend={registerWords.howAnswered}
      value={draft.kind}
      onChange={(kind) => change({ kind })}
      disabled={locked}
      options={kinds.map((kind) => ({ value: kind, label: answeredKindLabel[kind] }))}
    />
  );
}

/** What the customer was told, or where the way led. */
export function AnsweredFields({ draft, change, fields, locked }: FormPart) {
  return (
    <div className="wissel-grid">
      <TextAreaField
        className="wissel-span-6"
        label={
          draft.kind === AnsweredKind.STEERED ? registerWords.steeredTo : registerWords.answerGiven
        }
        rows={3}
        limit={limits.answer}
        value={draft.answer}
        onChange={(answer) => change({ answer })}
        error={fields.answer}
        disabled={locked}
        required={needsAnswer(draft)}
      />
    </div>
  );
}
