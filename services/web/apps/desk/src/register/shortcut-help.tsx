import { Kbd } from "../ui/kbd.tsx";

const ATTACH = "Alt+K";

const keys = [
  { key: "F2", does: "terugbelverzoek" },
  { key: "F4", does: "direct beantwoord" },
  { key: ATTACH, does: "toevoegen aan de open vraag" },
  { key: "Ctrl+Enter", does: "opslaan" },
  { key: "F8", does: "eerste veld" },
  { key: "F9", does: "werkvoorraad" },
];

interface Props {
  /** The customer has an open question to which the contact can be added. */
  mayAttach: boolean;
}

export function ShortcutHelp({ mayAttach }: Props) {
  return (
    <ul className="wissel-keys" aria-label="Sneltoetsen">
      {keys
        .filter(({ key }) => key !== ATTACH || mayAttach)
        .map(({ key, does }) => (
          <li key={key}>
            <Kbd>{key}</Kbd> {does}
          </li>
        ))}
    </ul>
  );
}
