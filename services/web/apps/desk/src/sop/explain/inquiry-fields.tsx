import type { Inquiry } from "./inquiry.ts";
import type { Sop } from "../document/model.ts";
import { channelWords } from "../document/plain-words.ts";
import { CheckboxField } from "../../ui/checkbox.tsx";
import { Combobox } from "../../ui/combobox.tsx";
import { SelectField, TextAreaField, TextField } from "../../ui/fields.tsx";

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
        label="Kanaal"
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
        label="Thema"
        items={sop.topics}
        value={inquiry.topicId}
        onChange={(topicId) => change({ topicId })}
      />
      <TextField
        className="wissel-span-6"
        label="Onderwerp"
        value={inquiry.subject}
        onChange={(subject) => change({ subject })}
        limit={200}
      />
      <TextAreaField
        className="wissel-span-6"
        label="Vraag"
        limit={1000}
        value={inquiry.text}
        onChange={(text) => change({ text })}
      />
      <div className="wissel-span-6 wissel-checks">
        <CheckboxField
          label="De klant is een bedrijf"
          checked={inquiry.business}
          onChange={(business) => change({ business })}
        />
        <CheckboxField
          label="Dringend"
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
        label="Postcode"
        value={inquiry.postcode}
        onChange={(postcode) => change({ postcode })}
      />
      <TextField
        className="wissel-span-4"
        label="Wijk of buurt"
        value={inquiry.neighbourhood}
        onChange={(neighbourhood) => change({ neighbourhood })}
        limit={100}
      />
      <TextField
        className="wissel-span-2"
        label="Dag"
        type="date"
        description="Leeg: nu."
        value={inquiry.day}
        onChange={(day) => change({ day })}
      />
      <TextField
        className="wissel-span-2"
        label="Tijd"
        type="time"
        description="Alleen met een dag."
        value={inquiry.time}
        onChange={(time) => change({ time })}
        disabled={inquiry.day === ""}
      />
      {sop.menu.length > 0 && (
        <SelectField
          className="wissel-span-2"
          label="Keuze in het menu"
          description="Van het 14-nummer."
          value={inquiry.menuKey}
          onChange={(menuKey) => change({ menuKey })}
          options={[
            { value: "", label: "Geen" },
            ...sop.menu.map(({ id, name }) => ({ value: id, label: `${id}: ${name}` })),
          ]}
        />
      )}
    </>
  );
}
