import { Kbd } from "../ui/kbd.tsx";

const keys = [
  { key: "F2", does: "terugbelverzoek" },
  { key: "F4", does: "direct beantwoord" },
  { key: "Ctrl+Enter", does: "opslaan" },
  { key: "F8", does: "eerste veld" },
  { key: "F9", does: "werkvoorraad" },
];

export function ShortcutHelp() {
  return (
    <ul className="wissel-keys" aria-label="Sneltoetsen">
      {keys.map(({ key, does }) => (
        <li key={key}>
          <Kbd>{key}</Kbd> {does}
        </li>
      ))}
    </ul>
  );
}
