// Limits of the contract are in characters, without the white space around a text.

/** Characters that count: not UTF-16 units, and not the blanks around them. */
export const lengthOf = (text: string): number => Array.from(text.trim()).length;

/** What to say of a text that is too long; undefined when it fits. */
export function tooLong(text: string, limit: number): string | undefined {
  const over = lengthOf(text) - limit;
  if (over <= 0) return undefined;
  return `${over} ${over === 1 ? "teken" : "tekens"} te lang. Hier passen ${limit} tekens.`;
}
