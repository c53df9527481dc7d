import { limits } from "./registration-draft.ts";
import { TextField } from "../ui/fields.tsx";
import type { FormPart } from "./form-part.ts";
import { registerWords } from "./words.ts";
import { commonWords } from "../lib/words.ts";

export function CustomerFields({ draft, change, fields, locked }: FormPart) {
  return (
    <div className="wissel-grid">
      <TextField
        className="wissel-span-2"
        label={commonWords.phone}
        type="tel"
        value={draft.phone}
        onChange={(phone) => change({ phone })}
        error={fields["customer.phone"]}
        disabled={locked}
        required={draft.ending === "callback"}
      />
      <TextField
        className="wissel-span-2"
        label={registerWords.email}
        type="email"
        value={draft.email}
        onChange={(email) => change({ email })}
        error={fields["customer.email"]}
        limit={limits.email}
        disabled={locked}
      />
      <TextField
        className="wissel-span-2"
        label={registerWords.organisation}
        value={draft.organisation}
        onChange={(organisation) => change({ organisation })}
        error={fields["customer.organisation"]}
        limit={limits.organisation}
        disabled={locked}
      />
      <NameFields {...{ draft, change, fields, locked }} />
    </div>
  );
}

function NameFields({ draft, change, fields, locked }: FormPart) {
  return (
    <>
      <TextField
        className="wissel-span-2"
        label={registerWords.givenName}
        value={draft.givenName}
        onChange={(givenName) => change({ givenName })}
        error={fields["customer.given_name"]}
        limit={limits.givenName}
        disabled={locked}
      />
      <TextField
        className="wissel-span-1"
        label={registerWords.namePrefix}
        value={draft.namePrefix}
        onChange={(namePrefix) => change({ namePrefix })}
        error={fields["customer.name_prefix"]}
        limit={limits.namePrefix}
        disabled={locked}
      />
      <TextField
        className="wissel-span-2"
        label={registerWords.familyName}
        value={draft.familyName}
        onChange={(familyName) => change({ familyName })}
        error={fields["customer.family_name"] ?? fields.customer}
        limit={limits.familyName}
        disabled={locked}
      />
      <TextField
        className="wissel-span-1"
        label={commonWords.postcode}
        value={draft.postcode}
        onChange={(postcode) => change({ postcode })}
        error={fields["customer.postcode"]}
        disabled={locked}
      />
    </>
  );
}
