import { Kbd } from "../ui/kbd.tsx";
import { registerWords } from "./words.ts";

const ATTACH = "Alt+K";
const UNDO = "Alt+Z";

const keys = [
  { key: "F2", does: registerWords.keyCallback },
  { key: "F4", does: registerWords.keyAnswered },
  { key: ATTACH, does: registerWords.keyAttach },
  { key: "Ctrl+Enter", does: registerWords.keySave },
  { key: "Alt+L", does: registerWords.keyEmpty },
  { key: UNDO, does: registerWords.keyUndo },
  { key: "F8", does: registerWords.keyFirstField },
  { key: "F9", does: registerWords.keyQueue },
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
    <ul className="wissel-keys" aria-label={registerWords.shortcuts}>
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
