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

/** What somebody typed or pasted as a case number; undefined if it cannot be one. */
export function parseReference(text: string): bigint | undefined {
  const digits = text.replace(/[\s.-]/g, "");
  return /^[1-9]\d{0,9}$/.test(digits) ? BigInt(digits) : undefined;
}
