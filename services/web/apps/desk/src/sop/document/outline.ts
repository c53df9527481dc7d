// Where the items of an SOP document stand in its text. Goes by lines, so that it also works while
// somebody types and half of the text cannot be read; what is inside an item is for sop-item.ts.

/** One item of a list, such as a rule, with the comments above it. */
export interface Item {
  /** Offset of the comments above it. */
  from: number;
  /** Offset of the line with its dash. */
  body: number;
  /** Offset behind it. */
  to: number;
  /** Line with its dash, from 1. */
  line: number;
}

/** A list of the document: `teams`, `rules`, ... */
export interface Section {
  key: string;
  /** Line with its key, from 1. */
  line: number;
  /** Offset behind the last line of its last item. */
  to: number;
  /** Spaces before the dash. */
  indent: number;
  items: Item[];
  /** Written as `[...]` behind the key: there are no lines to go by. */
  inline: boolean;
}

interface Line {
  text: string;
  from: number;
  to: number;
  number: number;
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let from = 0;
  while (from < text.length) {
    const end = text.indexOf("\n", from);
    const to = end < 0 ? text.length : end + 1;
    lines.push({ text: text.slice(from, to).trimEnd(), from, to, number: lines.length + 1 });
    from = to;
  }
  return lines;
}

const KEY = /^([A-Za-z_][\w-]*):(?:\s+(.*))?$/;
const DASH = /^( *)-(?: |$)/;
const indentOf = (line: string): number => line.length - line.trimStart().length;

/** Adds a line to a section; answers whether it may belong to what comes next. */
function addLine(section: Section, line: Line, loose: number | undefined): boolean {
  const dash = DASH.exec(line.text)?.[1]?.length;
  const current = section.items.at(-1);
  if (dash !== undefined && (!current || dash === section.indent)) {
    section.indent = dash;
    const from = loose ?? line.from;
    section.items.push({ from, body: line.from, to: line.to, line: line.number });
    section.to = line.to;
    return false;
  }
  const comment = line.text.trimStart().startsWith("#");
  const above = !current || indentOf(line.text) <= section.indent;
  const outside = line.text === "" || (comment && above);
  if (outside) return true;
  if (current) {
    current.to = line.to;
    section.to = line.to;
  }
  return false;
}

/** The lists of a document, in order. */
export function outline(text: string): Section[] {
  const sections: Section[] = [];
  let loose: number | undefined;
  for (const line of linesOf(text)) {
    const key = KEY.exec(line.text);
    const section = sections.at(-1);
    if (key?.[1]) {
      const rest = key[2] ?? "";
      sections.push({
        key: key[1],
        line: line.number,
        to: line.to,
        indent: 0,
        items: [],
        inline: rest !== "" && !rest.startsWith("#"),
      });
      loose = undefined;
    } else if (section && !section.inline) {
      loose = addLine(section, line, loose) ? (loose ?? line.from) : undefined;
    }
  }
  return sections;
}

/** The offset at which a line begins, and behind its text; lines count from 1. */
export function lineBounds(text: string, line: number): { from: number; to: number } {
  let from = 0;
  for (let n = 1; n < line; n++) {
    const end = text.indexOf("\n", from);
    if (end < 0) break;
    from = end + 1;
  }
  const end = text.indexOf("\n", from);
  return { from, to: end < 0 ? text.length : end };
}
