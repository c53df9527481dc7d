import { Button } from "@utrecht/component-library-react";
import type { Conditions, Sop } from "../document/model.ts";
import { channelWords, dayWords } from "../document/plain-words.ts";
import { CheckboxGroup } from "../../ui/checkbox.tsx";
import { Combobox } from "../../ui/combobox.tsx";
import { SelectField } from "../../ui/fields.tsx";
import { LinesField } from "../../ui/lines-field.tsx";
import { editorWords } from "./words.ts";
import { commonWords } from "../../lib/words.ts";
import { sopWords } from "../words.ts";

interface Props {
  conditions: Conditions;
  sop: Sop;
  disabled: boolean;
  onChange: (conditions: Conditions) => void;
}

/** Everything a contact can be asked: all that is given must hold, of several values one. */
export function ConditionFields({ conditions, sop, disabled, onChange }: Props) {
  const change = (part: Partial<Conditions>) => onChange({ ...conditions, ...part });
  const part = { conditions, sop, disabled, change };
  return (
    <div className="wissel-stack">
      <CheckboxGroup
        legend={commonWords.channel}
        options={channelWords}
        values={conditions.channels}
        onChange={(channels) => change({ channels })}
        disabled={disabled}
      />
      <TopicFields {...part} />
      <LinesField
        label={editorWords.keywords}
        description={editorWords.keywordsHint}
        values={conditions.keywords}
        onChange={(keywords) => change({ keywords })}
        disabled={disabled}
      />
      <ChoiceFields {...part} />
      <RareFields {...part} />
    </div>
  );
}

interface PartProps {
  conditions: Conditions;
  sop: Sop;
  disabled: boolean;
  change: (part: Partial<Conditions>) => void;
}

function TopicFields({ conditions: { topics }, sop, disabled, change }: PartProps) {
  const names = new Map(sop.topics.map(({ id, name }) => [id, name]));
  const left = sop.topics.filter(({ id }) => !topics.includes(id));
  return (
    <div className="wissel-tags">
      <Combobox
        label={editorWords.addTopic}
        description={editorWords.topicHint}
        items={left}
        value=""
        onChange={(id) => id && change({ topics: [...topics, id] })}
        disabled={disabled}
        className="wissel-sop__filter"
      />
      <ul className="wissel-tags__list" aria-label={editorWords.chosenTopics}>
        {topics.map((id) => (
          <li key={id}>
            <span>{names.get(id) ?? id}</span>
            {!disabled && (
              <Button
                appearance="subtle-button"
                className="wissel-tags__remove"
                aria-label={editorWords.removeTopic(names.get(id) ?? id)}
                onClick={() => change({ topics: topics.filter((each) => each !== id) })}
              >
                ×
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function ChoiceFields({ conditions, disabled, change }: PartProps) {
  const fields = [
    {
      key: "customer",
      label: commonWords.customer,
      yes: ["resident", editorWords.resident],
      no: ["business", editorWords.business],
    },
    {
      key: "urgency",
      label: editorWords.urgency,
      yes: ["urgent", commonWords.urgent],
      no: ["normal", editorWords.notUrgent],
    },
    {
      key: "hours",
      label: editorWords.hours,
      yes: ["open", editorWords.teamOpen],
      no: ["closed", editorWords.teamClosed],
    },
  ] as const;
  return (
    <div className="wissel-grid">
      {fields.map(({ key, label, yes, no }) => (
        <SelectField
          key={key}
          className="wissel-span-2"
          label={label}
          value={conditions[key]}
          onChange={(value) => change({ [key]: value })}
          disabled={disabled}
          options={[
            { value: "", label: editorWords.any },
            { value: yes[0], label: yes[1] },
            { value: no[0], label: no[1] },
          ]}
        />
      ))}
    </div>
  );
}

function RareFields({ conditions, sop, disabled, change }: PartProps) {
  const { areas, weekdays, menu, municipalities } = conditions;
  const used = areas.length + weekdays.length + menu.length + municipalities.length;
  const options = (items: Sop["areas"], label: (item: Sop["areas"][number]) => string) =>
    items.map((item) => ({ value: item.id, label: label(item) }));
  return (
    <details className="wissel-details">
      <summary>
        {editorWords.rare}
        {used > 0 && editorWords.chosen(used)}
      </summary>
      <div className="wissel-stack wissel-details__body">
        {sop.areas.length > 0 && (
          <CheckboxGroup
            legend={editorWords.area}
            options={options(sop.areas, ({ name, id }) => name || id)}
            values={areas}
            onChange={(next) => change({ areas: next })}
            disabled={disabled}
          />
        )}
        <CheckboxGroup
          legend={sopWords.day}
          options={dayWords}
          values={weekdays}
          onChange={(next) => change({ weekdays: next })}
          disabled={disabled}
        />
        {sop.menu.length > 0 && (
          <CheckboxGroup
            legend={editorWords.menuKeys}
            options={options(sop.menu, ({ id, name }) => `${id}: ${name}`)}
            values={menu}
            onChange={(next) => change({ menu: next })}
            disabled={disabled}
          />
        )}
        <LinesField
          label={commonWords.municipality}
          description={editorWords.municipalityHint}
          values={municipalities}
          onChange={(next) => change({ municipalities: next })}
          disabled={disabled}
        />
      </div>
    </details>
  );
}
