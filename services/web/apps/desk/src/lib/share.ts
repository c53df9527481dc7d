// Shares as percentages: how they are shown, and how they are typed.

const MOST_DIGITS = 6;

const formats = Array.from(
  { length: MOST_DIGITS + 1 },
  (_, digits) =>
    new Intl.NumberFormat("nl-NL", {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }),
);

const rounded = (share: number, digits: number): number => Number((share * 100).toFixed(digits));

/**
 * `96,2 %`, with as many decimals more as it takes not to round to 0 or 100 % what is not. Shares that
 * are held against a target come from the server in words, see `percentWords`.
 */
export function shareWords(share: number): string {
  const sides = (digits: number): string =>
    [0, 100].map((side) => Math.sign(rounded(share, digits) - side)).join();
  let digits = 1;
  while (digits < MOST_DIGITS && sides(digits) !== sides(MOST_DIGITS)) digits++;
  return `${formats[digits]?.format(rounded(share, digits)) ?? ""}\u00a0%`;
}

/** A percentage of the server, `92.3`, as it is written here. */
export const percentWords = (percent: string): string => `${percent.replace(".", ",")}\u00a0%`;

/** A part of a whole; an en dash when there is nothing to divide by. */
export const partWords = (part: bigint, whole: bigint): string =>
  whole === 0n ? "–" : shareWords(Number(part) / Number(whole));

/** A target: `95 %`, `97,5 %`. */
export const targetShareWords = (share: number): string =>
  percentWords(String(rounded(share, MOST_DIGITS)));

/** The share that somebody typed: `95 %`, `97,5`, or as the document has it, `0.95`. */
export function parseShare(text: string): number | undefined {
  const match = /^(\d{1,3}(?:[.,]\d{1,6})?)\s*(%?)$/u.exec(text.trim());
  if (!match) return undefined;
  const value = Number(match[1]?.replace(",", "."));
  const share = match[2] || value >= 1 ? value / 100 : value;
  return share < 1 ? Number(share.toFixed(8)) : undefined;
}
