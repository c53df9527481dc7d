import {
  isMap,
  isSeq,
  parseDocument,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { below, listLines, oneLine, plainOf, type Plain } from "./yaml.ts";

// Changes one value in the text of one item and leaves every other letter as it is: comments, order
// and the way others like to write stay.

/** Keys of a rule and a team in the order in which people read them; new ones go there. */
const ORDER = [
  "id", "priority", "when", "unless", "outcome", "team", "target", "to", "phone", "script",
  "questions", "answers", "review_by",
  "mailbox", "transfer_number", "hours", "norms", "takes", "closed_from",
  "channels", "topics", "keywords", "customer", "urgency", "areas", "weekdays", "municipalities",
  "menu",
]; // prettier-ignore

type Range = readonly [number, number, number];

const keyOf = (pair: Pair): string => String(plainOf(pair.key));
const rangeOf = (node: unknown): Range => (node as Node).range as Range;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The mapping of an item; undefined if the text cannot be read. */
export function itemMap(body: string): YAMLMap | undefined {
  const document = parseDocument(body);
  if (document.errors.length > 0 || !isSeq(document.contents)) return undefined;
  const first = document.contents.items[0];
  return isMap(first) ? first : undefined;
}

/** Behind the last letter of a value, without line ends. */
function endOf(body: string, pair: Pair): number {
  const node = pair.value ?? pair.key;
  let end = rangeOf(node)[1];
  while (end > 0 && /\s/.test(body.charAt(end - 1))) end--;
  return end;
}

const lineStart = (body: string, at: number): number => body.lastIndexOf("\n", at - 1) + 1;

function lineEnd(body: string, at: number): number {
  const end = body.indexOf("\n", at);
  return end < 0 ? body.length : end;
}

const splice = (body: string, from: number, to: number, text: string): string =>
  body.slice(0, from) + text + body.slice(to);

const columnOf = (body: string, at: number): number => at - lineStart(body, at);

function remove(body: string, map: YAMLMap, pair: Pair): string {
  const place = map.items.indexOf(pair);
  const from = rangeOf(pair.key)[0];
  if (!map.flow) {
    return splice(body, lineStart(body, from), lineEnd(body, endOf(body, pair)) + 1, "");
  }
  const next = map.items[place + 1];
  if (next) return splice(body, from, rangeOf(next.key)[0], "");
  const before = map.items[place - 1];
  return splice(body, before ? endOf(body, before) : from, endOf(body, pair), "");
}

function insert(body: string, map: YAMLMap, key: string, value: Plain): string {
  const rank = ORDER.indexOf(key);
  const before = map.items.filter((pair) => ORDER.indexOf(keyOf(pair)) < rank).at(-1);
  const first = map.items[0];
  if (map.flow) {
    const text = `${key}: ${oneLine(value)}`;
    if (before) return splice(body, endOf(body, before), endOf(body, before), `, ${text}`);
    const at = first ? rangeOf(first.key)[0] : rangeOf(map)[0] + 1;
    return splice(body, at, at, first ? `${text}, ` : text);
  }
  if (!first) return body;
  const start = rangeOf(first.key)[0];
  const column = columnOf(body, start);
  const text = `${key}: ${below(value, column + 2)}`;
  if (!before) return splice(body, start, start, `${text}\n${" ".repeat(column)}`);
  const at = lineEnd(body, endOf(body, before));
  return splice(body, at, at, `\n${" ".repeat(column)}${text}`);
}

/** A list of which the items stand on lines of their own: those that stay keep their text. */
function replaceLines(body: string, key: unknown, list: YAMLSeq, values: readonly Plain[]): string {
  const begin = lineEnd(body, rangeOf(key)[1]) + 1;
  const indent = rangeOf(list)[0] - lineStart(body, rangeOf(list)[0]);
  let at = begin;
  const old = list.items.map((item) => {
    let end = rangeOf(item)[1];
    while (/\s/.test(body.charAt(end - 1))) end--;
    const to = Math.min(lineEnd(body, end) + 1, body.length);
    const text = body.slice(at, to).replace(/\n$/, "");
    at = to;
    return { value: plainOf(item), text };
  });
  const lines = values.map((value) => {
    const place = old.findIndex((item) => same(item.value, value));
    const kept = place < 0 ? undefined : old.splice(place, 1)[0];
    return kept?.text ?? listLines([value], indent).join("\n");
  });
  return splice(body, begin, at, `${lines.join("\n")}\n`);
}

function replace(body: string, map: YAMLMap, pair: Pair, value: Plain): string {
  const node = pair.value as Node | null;
  if (isSeq(node) && !node.flow && Array.isArray(value) && node.items.length > 0) {
    return replaceLines(body, pair.key, node, value as readonly Plain[]);
  }
  const colon = body.indexOf(":", rangeOf(pair.key)[1]) + 1;
  const end = Math.max(endOf(body, pair), colon);
  const gap = node ? body.slice(colon, rangeOf(node)[0]) : "";
  const rest = body.slice(end, lineEnd(body, end)).trim();
  const column = columnOf(body, rangeOf(pair.key)[0]);
  const text = map.flow || rest !== "" ? oneLine(value) : below(value, column + 2);
  if (gap.includes("#") && node) return splice(body, rangeOf(node)[0], end, oneLine(value));
  return splice(body, colon, end, text.startsWith("\n") ? text : ` ${text}`);
}

/**
 * The text of an item after one of its values is set, or taken out if `value` is undefined. A
 * mapping that would be empty goes too. The text comes back as it was if it cannot be read.
 */
export function setIn(body: string, path: readonly string[], value: Plain | undefined): string {
  let map = itemMap(body);
  if (!map) return body;
  for (const [depth, key] of path.entries()) {
    const pair: Pair | undefined = map.items.find((each) => keyOf(each) === key);
    const last = depth === path.length - 1;
    if (!last && pair && isMap(pair.value)) {
      const keys = pair.value.items.map(keyOf).join();
      if (value === undefined && keys === path[depth + 1]) return remove(body, map, pair);
      map = pair.value;
      continue;
    }
    if (value === undefined) return last && pair ? remove(body, map, pair) : body;
    const whole = path.slice(depth + 1).reduceRight<Plain>((inner, k) => ({ [k]: inner }), value);
    if (!pair) return insert(body, map, key, whole);
    return same(plainOf(pair.value), whole) ? body : replace(body, map, pair, whole);
  }
  return body;
}
