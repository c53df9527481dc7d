import type { Inquiry } from "./inquiry.ts";
import type { Sop } from "../document/model.ts";
import { channelWords } from "../document/plain-words.ts";
import { CheckboxField } from "../../ui/checkbox.tsx";
import { Combobox } from "../../ui/combobox.tsx";
import { SelectField, TextAreaField, TextField } from "../../ui/fields.tsx";
import { sopWords } from "../words.ts";
import { commonWords } from "../../lib/words.ts";

interface Props {
  inquiry: Inquiry;
  sop: Sop;
  change: (part: Partial<Inquiry>) => void;
}

const channels = channelWords.map(({ channel, label }) => ({ value: String(channel), label }));

/** All that routing looks at. */
export function InquiryFields({ inquiry, sop, change }: Props) {
  return (
    <div className="wissel-grid">
      <SelectField
        className="wissel-span-2"
        label={commonWords.channel}
        value={String(inquiry.channel)}
        onChange={(value) =>
          change({
            channel:
              channelWords.find(({ channel }) => String(channel) === value)?.channel ??
              inquiry.channel,
          })
        }
        options={channels}
      />
      <Combobox
        className="wissel-span-4"
        label={commonWords.topic}
        items={sop.topics}
        value={inquiry.topicId}
        onChange={(topicId) => change({ topicId })}
      />
      <TextField
        className="wissel-span-6"
        label={commonWords.subject}
        value={inquiry.subject}
        onChange={(subject) => change({ subject })}
        limit={200}
      />
      <TextAreaField
        className="wissel-span-6"
        label={commonWords.question}
        limit={1000}
        value={inquiry.text}
        onChange={(text) => change({ text })}
      />
      <div className="wissel-span-6 wissel-checks">
        <CheckboxField
          label={sopWords.isBusiness}
          checked={inquiry.business}
          onChange={(business) => change({ business })}
        />
        <CheckboxField
          label={commonWords.urgent}
          checked={inquiry.urgent}
          onChange={(urgent) => change({ urgent })}
        />
      </div>
      <PlaceFields {...{ inquiry, sop, change }} />
    </div>
  );
}

function PlaceFields({ inquiry, sop, change }: Props) {
  return (
    <>
      <TextField
        className="wissel-span-2"
        label={commonWords.postcode}
        value={inquiry.postcode}
        onChange={(postcode) => change({ postcode })}
      />
      <TextField
        className="wissel-span-4"
        label={sopWords.neighbourhood}
        value={inquiry.neighbourhood}
        onChange={(neighbourhood) => change({ neighbourhood })}
        limit={100}
      />
      <TextField
        className="wissel-span-2"
        label={sopWords.day}
        type="date"
        description={sopWords.emptyIsNow}
        value={inquiry.day}
        onChange={(day) => change({ day })}
      />
      <TextField
        className="wissel-span-2"
        label={sopWords.time}
        type="time"
        description={sopWords.onlyWithDay}
        value={inquiry.time}
        onChange={(time) => change({ time })}
        disabled={inquiry.day === ""}
      />
      {sop.menu.length > 0 && (
        <SelectField
          className="wissel-span-2"
          label={sopWords.menuKey}
          description={sopWords.menuHint}
          value={inquiry.menuKey}
          onChange={(menuKey) => change({ menuKey })}
          options={[
            { value: "", label: sopWords.none },
            ...sop.menu.map(({ id, name }) => ({ value: id, label: `${id}: ${name}` })),
          ]}
        />
      )}
    </>
  );
}
