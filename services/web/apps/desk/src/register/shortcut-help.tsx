import { Kbd } from "../ui/kbd.tsx";

const ATTACH = "Alt+K";
const UNDO = "Alt+Z";

const keys = [
  { key: "F2", does: "terugbelverzoek" },
  { key: "F4", does: "direct afgehandeld" },
  { key: ATTACH, does: "toevoegen aan de open vraag" },
  { key: "Ctrl+Enter", does: "opslaan" },
  { key: "Alt+L", does: "leegmaken" },
  { key: UNDO, does: "terugzetten" },
  { key: "F8", does: "eerste veld" },
  { key: "F9", does: "werkvoorraad" },
];

interface Props {
  /** The customer has an open question to which the contact can be added. */
  mayAttach: boolean;
  /** The form was emptied, and can be put back. */
  mayUndo: boolean;
}

export function ShortcutHelp({ mayAttach, mayUndo }: Props) {
  const hidden = new Set([...(mayAttach ? [] : [ATTACH]), ...(mayUndo ? [] : [UNDO])]);
  return (
    <ul className="wissel-keys" aria-label="Sneltoetsen">
      {keys
        .filter(({ key }) => !hidden.has(key))
        .map(({ key, does }) => (
          <li key={key}>
            <Kbd>{key}</Kbd> {does}
          </li>
        ))}
    </ul>
  );
}
