import { partsOf, subjectWords } from "../lib/shown-text.ts";
import { uiWords } from "./words.ts";

function Parts({ text }: { text: string }) {
  return partsOf(text).map((part, place) =>
    part.hidden ? (
      <span key={place} className="wissel-hidden" title={uiWords.hiddenCharacter(part.hidden)}>
        <span aria-hidden="true">▯</span>
        <span className="wissel-unseen"> {uiWords.hiddenCharacterSaid} </span>
      </span>
    ) : (
      part.text
    ),
  );
}

/** Text that somebody else typed: in its own direction, with a mark where a character cannot be shown. */
export function ShownText({ text }: { text: string }) {
  return (
    <bdi>
      <Parts text={text} />
    </bdi>
  );
}

/** The subject of a contact, also if it came without one. */
export function Subject({ of }: { of: string | undefined }) {
  return <ShownText text={subjectWords(of ?? "")} />;
}

/** A whole text, with its line ends. */
export function ShownParagraph({ text, className = "" }: { text: string; className?: string }) {
  return (
    <p className={`wissel-text ${className}`} dir="auto">
      <Parts text={text} />
    </p>
  );
}
