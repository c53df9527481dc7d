// Text of others as it is shown. A character that a person cannot see, or that turns the text around
// it, is not left out: its place is shown.

export interface TextPart {
  text: string;
  /** Code point of a character that cannot be shown, as `U+000B`; its text is then empty. */
  hidden?: string;
}

// Controls but for line ends and tabs, direction marks and overrides, invisible separators and fillers,
// what stands for no character at all, and the replacement of what could not be read. Joiners stay:
// languages and emoji need them.
const HIDDEN =
  /[\p{Cc}\u00ad\u200b\u200e\u200f\u061c\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffd\p{Noncharacter_Code_Point}\p{Co}\p{Cs}]/u;

const codeOf = (char: string): string =>
  `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** A text in parts that can be shown and places that cannot. */
export function partsOf(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let plain = "";
  const flush = () => {
    if (plain) parts.push({ text: plain });
    plain = "";
  };
  for (const char of text.replaceAll("\r\n", "\n")) {
    if (char === "\n" || char === "\t" || !HIDDEN.test(char)) plain += char;
    else {
      flush();
      parts.push({ text: "", hidden: codeOf(char) });
    }
  }
  flush();
  return parts;
}

/** What is shown for a contact that came without a subject. */
export const NO_SUBJECT = "(geen onderwerp)";

export const subjectWords = (subject: string): string => subject.trim() || NO_SUBJECT;
