import { Channel } from "@wissel/api";
import type { Ref } from "react";
import { limits } from "./registration-draft.ts";
import { channelLabel } from "../lib/labels.ts";
import { useTopics } from "../lib/queries.ts";
import { CheckboxField } from "../ui/checkbox.tsx";
import { Combobox } from "../ui/combobox.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/fields.tsx";
import type { FormPart } from "./form-part.ts";
import { registerWords } from "./words.ts";
import { commonWords } from "../lib/words.ts";

/** Over which the customer and the agent speak now. */
const channels = [Channel.PHONE, Channel.COUNTER, Channel.CHAT, Channel.SOCIAL];

const channelOf = (value: string): Channel =>
  channels.find((channel) => String(channel) === value) ?? Channel.PHONE;

interface Props extends FormPart {
  firstField: Ref<HTMLInputElement>;
}

export function QuestionFields({ draft, change, fields, locked, firstField }: Props) {
  const topics = useTopics();
  const items = topics.data?.map((t) => ({ id: t.topicId, name: t.name })) ?? [];
  return (
    <div className="wissel-question">
      <SelectField
        label={commonWords.channel}
        value={String(draft.channel)}
        onChange={(value) => change({ channel: channelOf(value) })}
        error={fields.channel}
        disabled={locked}
        options={channels.map((c) => ({ value: String(c), label: channelLabel[c] }))}
      />
      <Combobox
        label={commonWords.topic}
        inputRef={firstField}
        items={items}
        loading={topics.isPending}
        value={draft.topicId}
        onChange={(topicId) => change({ topicId })}
        disabled={locked}
        error={topics.isError ? registerWords.topicsAway : fields["question.topic_id"]}
      />
      <TextField
        label={commonWords.subject}
        value={draft.subject}
        onChange={(subject) => change({ subject })}
        error={fields["question.subject"]}
        limit={limits.subject}
        disabled={locked}
        required
      />
      <CheckboxField
        className="wissel-check--field"
        label={commonWords.urgent}
        checked={draft.urgent}
        onChange={(urgent) => change({ urgent })}
        disabled={locked}
      />
      <div className="wissel-question__text">
        <TextAreaField
          label={registerWords.questionText}
          rows={5}
          limit={limits.text}
          value={draft.text}
          onChange={(text) => change({ text })}
          error={fields["question.text"]}
          disabled={locked}
        />
        <TextAreaField
          className="wissel-internal"
          label={commonWords.internalNote}
          description={registerWords.internalNoteHint}
          rows={3}
          limit={limits.internalNote}
          value={draft.internalNote}
          onChange={(internalNote) => change({ internalNote })}
          error={fields["question.internal_note"]}
          disabled={locked}
        />
      </div>
    </div>
  );
}
