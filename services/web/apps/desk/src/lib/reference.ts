/** A case number in groups that can be read out: `1234 567 890`, `12 345 678`. */
export function formatReference(reference: bigint): string {
  const groups = reference.toString().split(/(?=(?:\d{3})+$)/);
  // One loose digit in front is easily missed when it is read out.
  if (groups.length > 1 && groups[0]?.length === 1) {
    const [first = "", second = "", ...rest] = groups;
    return [first + second, ...rest].join(" ");
  }
  return groups.join(" ");
}

// Damm's quasigroup of order 10, as in services/cases/registration/reference.cc.
const DAMM = [
  "0317598642",
  "7092154863",
  "4206871359",
  "1750983426",
  "6123045978",
  "3674209581",
  "5869720134",
  "8945362017",
  "9438617205",
  "2581436790",
] as const;

/** Whether the last digit of a case number fits the others: a slip of the hand makes it false. */
export function hasCheckDigit(reference: bigint): boolean {
  const interim = Array.from(reference.toString()).reduce(
    (row, digit) => Number(DAMM[row]?.[Number(digit)] ?? 0),
    0,
  );
  return reference >= 10n && interim === 0;
}

/** What to say of a text that cannot be the number of a case; undefined if it can be. */
export function referenceError(text: string): string | undefined {
  const reference = parseReference(text);
  if (reference === undefined) return "Een zaaknummer heeft alleen cijfers, hoogstens 10.";
  if (hasCheckDigit(reference)) return undefined;
  return "Dit nummer klopt niet: er zit een typefout in. Controleer de cijfers.";
}

/** What somebody typed or pasted as a case number; undefined if it cannot be one. */
export function parseReference(text: string): bigint | undefined {
  const digits = text.replace(/[\s.\p{Pd}\p{Cf}]/gu, "");
  return /^[1-9]\d{0,9}$/.test(digits) ? BigInt(digits) : undefined;
}
