import { Button } from "@utrecht/component-library-react";
import { useState } from "react";
import { parseShare } from "../../lib/share.ts";
import type { Norm, TeamAgreement } from "../document/model.ts";
import { channelWords, dayWords, daysLabel } from "../document/plain-words.ts";
import { SelectField, TextAreaField, TextField } from "../../ui/fields.tsx";
import { editorWords } from "./words.ts";
import { commonWords } from "../../lib/words.ts";

interface Props {
  team: TeamAgreement;
  disabled: boolean;
  onChange: (team: TeamAgreement) => void;
}

interface PartProps {
  team: TeamAgreement;
  disabled: boolean;
  change: (part: Partial<TeamAgreement>) => void;
}

/** What was agreed with a team. Keeps spaces that the text would not keep. */
export function TeamForm({ team: first, disabled, onChange }: Props) {
  const [team, setTeam] = useState(first);
  const change = (part: Partial<TeamAgreement>) => {
    const next = { ...team, ...part };
    setTeam(next);
    onChange(next);
  };
  return (
    <div className="wissel-stack">
      <div className="wissel-grid">
        <TextField
          className="wissel-span-3"
          label={editorWords.mailbox}
          type="email"
          value={team.mailbox}
          onChange={(mailbox) => change({ mailbox })}
          disabled={disabled}
        />
        <TextField
          className="wissel-span-3"
          label={editorWords.transferNumber}
          type="tel"
          value={team.transferNumber}
          onChange={(transferNumber) => change({ transferNumber })}
          disabled={disabled}
          limit={20}
        />
        <TextAreaField
          className="wissel-span-4"
          label={editorWords.takes}
          rows={2}
          limit={4000}
          value={team.takes}
          onChange={(takes) => change({ takes })}
          disabled={disabled}
        />
        <TextField
          className="wissel-span-2"
          label={editorWords.closedFrom}
          type="date"
          value={team.closedFrom}
          onChange={(closedFrom) => change({ closedFrom })}
          disabled={disabled}
        />
      </div>
      <HoursFields {...{ team, disabled, change }} />
      <NormFields {...{ team, disabled, change }} />
    </div>
  );
}

/** `08:30-12:30, 13:00-17:00` as typed; the check judges it. */
const hoursOf = (text: string): string[] =>
  text
    .split(/[,;]/)
    .map((part) => part.replace(/\s+/g, ""))
    .filter(Boolean);

function HoursFields({ team, disabled, change }: PartProps) {
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [from, setFrom] = useState("mon");
  const [to, setTo] = useState("fri");
  const without = (days: string) =>
    Object.fromEntries(Object.entries(team.hours).filter(([key]) => key !== days));
  const add = () => {
    const days = from === to ? from : `${from}-${to}`;
    change({ hours: { ...team.hours, [days]: ["09:00-17:00"] } });
  };
  return (
    <section className="wissel-form-part" aria-label={editorWords.hours}>
      <h2 className="wissel-form-part__title">{editorWords.hours}</h2>
      {Object.entries(team.hours).map(([days, at]) => (
        <div key={days} className="wissel-hours">
          <TextField
            label={daysLabel(days)}
            value={typed[days] ?? at.join(", ")}
            onChange={(value) => {
              setTyped({ ...typed, [days]: value });
              const next = hoursOf(value);
              if (next.length > 0) change({ hours: { ...team.hours, [days]: next } });
            }}
            disabled={disabled}
          />
          {!disabled && (
            <Button
              appearance="subtle-button"
              aria-label={editorWords.removeDays(daysLabel(days))}
              onClick={() => change({ hours: without(days) })}
            >
              {editorWords.remove}
            </Button>
          )}
        </div>
      ))}
      {!disabled && (
        <div className="wissel-hours">
          <SelectField
            label={commonWords.from}
            value={from}
            onChange={setFrom}
            options={dayWords}
          />
          <SelectField label={commonWords.upTo} value={to} onChange={setTo} options={dayWords} />
          <Button appearance="secondary-action-button" onClick={add}>
            {editorWords.addDays}
          </Button>
        </div>
      )}
    </section>
  );
}

const dayCounts = [
  { value: "", label: editorWords.noNorm },
  ...Array.from({ length: 61 }, (_, n) => ({
    value: String(n),
    label:
      n === 0 ? editorWords.sameDay : n === 1 ? editorWords.oneWorkday : editorWords.workdays(n),
  })),
];

/** What is wrong with a target that was typed, if anything. */
function targetError(norm: Norm | undefined): string | undefined {
  if (!norm?.target.trim() || parseShare(norm.target) !== undefined) return undefined;
  return editorWords.targetInvalid;
}

function NormFields({ team, disabled, change }: PartProps) {
  const set = (channel: string, norm: Norm | undefined) => {
    const others = Object.entries(team.norms).filter(([key]) => key !== channel);
    change({ norms: Object.fromEntries(norm ? [...others, [channel, norm]] : others) });
  };
  return (
    <section className="wissel-form-part" aria-label={editorWords.norms}>
      <h2 className="wissel-form-part__title">{editorWords.norms}</h2>
      <p className="wissel-hint">{editorWords.normsHint}</p>
      <div className="wissel-norms">
        {channelWords.map(({ value: channel, label }) => {
          const norm = team.norms[channel];
          return (
            <div key={channel} className="wissel-norm">
              <SelectField
                label={label}
                value={norm ? String(norm.workingDays) : ""}
                onChange={(days) =>
                  set(
                    channel,
                    days === ""
                      ? undefined
                      : { workingDays: Number(days), target: norm?.target ?? "" },
                  )
                }
                disabled={disabled}
                options={dayCounts}
              />
              <TextField
                label={editorWords.targetOf(label.toLowerCase())}
                value={norm?.target ?? ""}
                onChange={(target) => norm && set(channel, { ...norm, target })}
                error={targetError(norm)}
                disabled={disabled || !norm}
              />
            </div>
          );
        })}
      </div>
    </section>
  );
}
