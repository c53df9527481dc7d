import { Document, isScalar } from "yaml";

// Values as they are written in an SOP document.

export type Plain =
  string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain };

const WIDTH = 100;
const LONG = 70;

/** On one line, such that it may stand between `[` and `]`. */
export function oneLine(value: Plain): string {
  const document = new Document([value], { version: "1.2" });
  const list = document.contents as unknown as { flow: boolean };
  list.flow = true;
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: false }).trimEnd();
  const inside = text.slice(1, -1);
  // The library may still choose a form of several lines for a text with line ends in it.
  return inside.includes("\n") ? JSON.stringify(value) : inside;
}

function folded(text: string, indent: number): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= WIDTH - indent) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return `>-\n${lines.map((line) => " ".repeat(indent) + line).join("\n")}`;
}

function longText(text: string, indent: number): string {
  const lines = text.split("\n");
  const odd = lines.some(
    (line) => line !== line.trim() || line.includes("  ") || line.includes("\t"),
  );
  if (odd || lines.at(-1) === "") return JSON.stringify(text);
  if (lines.length === 1) return folded(text, indent);
  return `|-\n${lines.map((line) => (line === "" ? "" : " ".repeat(indent) + line)).join("\n")}`;
}

const isObject = (value: Plain): value is Readonly<Record<string, Plain>> =>
  typeof value === "object" && !Array.isArray(value);

/** An item of a list below a key, behind its dash. */
function itemText(value: Plain, indent: number): string {
  const spread = isObject(value) && typeof value.question === "string";
  if (!spread) return typeof value === "string" ? below(value, indent) : oneLine(value);
  return Object.entries(value)
    .map(([key, part]) => `${key}: ${below(part, indent + 2)}`)
    .join(`\n${" ".repeat(indent)}`);
}

/** The lines of a list, one item each; `indent` is where the dashes stand. */
export function listLines(items: readonly Plain[], indent: number): string[] {
  return items.map((item) => `${" ".repeat(indent)}- ${itemText(item, indent + 2)}`);
}

/** Behind `key:` in a mapping of which the keys stand on lines of their own at `indent` - 2. */
export function below(value: Plain, indent: number): string {
  if (typeof value === "string") {
    return value.length > LONG || value.includes("\n") ? longText(value, indent) : oneLine(value);
  }
  if (!Array.isArray(value)) return oneLine(value);
  const items = value as readonly Plain[];
  const line = oneLine(items);
  if (!items.some(isObject) && line.length <= LONG) return line;
  return `\n${listLines(items, indent).join("\n")}`;
}

export const plainOf = (node: unknown): unknown => {
  if (isScalar(node)) return node.value;
  const known = node as { toJSON?: () => unknown } | null | undefined;
  return known?.toJSON ? known.toJSON() : undefined;
};
