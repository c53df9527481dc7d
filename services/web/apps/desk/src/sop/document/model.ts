import { parseShare, targetShareWords } from "../../lib/share.ts";
import { itemMap, setIn } from "./item.ts";
import { outline, type Item } from "./outline.ts";
import type { Plain } from "./yaml.ts";

// An SOP document as the screens show and change it. What a document means is for the server; this
// only reads its parts, and lets pass what it does not know.

export interface Conditions {
  channels: readonly string[];
  topics: readonly string[];
  keywords: readonly string[];
  customer: string;
  urgency: string;
  areas: readonly string[];
  hours: string;
  weekdays: readonly string[];
  municipalities: readonly string[];
  menu: readonly string[];
}

export interface KnownAnswer {
  question: string;
  answer: string;
}

/** Where something stands, and whether it can be read. */
interface Placed {
  id: string;
  /** In its list, from 0. */
  place: number;
  /** In the document, from 1. */
  line: number;
  readable: boolean;
}

export interface Rule extends Placed {
  priority: number;
  when: Conditions;
  unless: readonly Conditions[];
  outcome: string;
  team: string;
  target: string;
  to: string;
  phone: string;
  script: string;
  questions: readonly string[];
  answers: readonly KnownAnswer[];
  reviewBy: string;
}

export interface Norm {
  workingDays: number;
  /** As a percentage, `95 %`; empty: the usual one. What is no share stays as it is written. */
  target: string;
}

export interface TeamAgreement extends Placed {
  mailbox: string;
  transferNumber: string;
  /** `mon` or `mon-fri` -> `08:30-12:30`. */
  hours: Readonly<Record<string, readonly string[]>>;
  norms: Readonly<Record<string, Norm>>;
  takes: string;
  closedFrom: string;
}

export interface NamedItem extends Placed {
  name: string;
  parent: string;
}

export interface Sop {
  rules: readonly Rule[];
  teams: readonly TeamAgreement[];
  topics: readonly NamedItem[];
  areas: readonly NamedItem[];
  menu: readonly NamedItem[];
  /** Lists that are written in a form that only the text can change. */
  inline: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const text = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : "";

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const texts = (value: unknown): readonly string[] => list(value).map(text);
const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

const scalarKeys = ["customer", "urgency", "hours"] as const;
const listKeys = [
  "channels",
  "topics",
  "keywords",
  "areas",
  "weekdays",
  "municipalities",
  "menu",
] as const;

export const noConditions: Conditions = {
  channels: [],
  topics: [],
  keywords: [],
  customer: "",
  urgency: "",
  areas: [],
  hours: "",
  weekdays: [],
  municipalities: [],
  menu: [],
};

export const isEmpty = (conditions: Conditions): boolean =>
  scalarKeys.every((key) => conditions[key] === "") &&
  listKeys.every((key) => conditions[key].length === 0);

function conditionsOf(value: unknown): Conditions {
  const f = fieldsOf(value);
  return {
    channels: texts(f.channels),
    topics: texts(f.topics),
    keywords: texts(f.keywords),
    customer: text(f.customer),
    urgency: text(f.urgency),
    areas: texts(f.areas),
    hours: text(f.hours),
    weekdays: texts(f.weekdays),
    municipalities: texts(f.municipalities),
    menu: texts(f.menu),
  };
}

function ruleOf(f: Fields, placed: Placed): Rule {
  return {
    ...placed,
    priority: Number(text(f.priority)) || 0,
    when: conditionsOf(f.when),
    unless: list(f.unless).map(conditionsOf),
    outcome: text(f.outcome),
    team: text(f.team),
    target: text(f.target),
    to: text(f.to),
    phone: text(f.phone),
    script: text(f.script).trim(),
    questions: texts(f.questions),
    answers: list(f.answers).map((each) => ({
      question: text(fieldsOf(each).question),
      answer: text(fieldsOf(each).answer),
    })),
    reviewBy: text(f.review_by),
  };
}

function normOf(value: unknown): Norm {
  if (!isFields(value)) return { workingDays: Number(text(value)) || 0, target: "" };
  const written = text(value.target);
  const share = parseShare(written);
  const target = share === undefined ? written : targetShareWords(share);
  return { workingDays: Number(text(value.working_days)) || 0, target };
}

function teamOf(f: Fields, placed: Placed): TeamAgreement {
  const hours = Object.entries(fieldsOf(f.hours)).map(([days, at]) => [days, texts(at)]);
  const norms = Object.entries(fieldsOf(f.norms)).map(([channel, norm]) => [channel, normOf(norm)]);
  return {
    ...placed,
    mailbox: text(f.mailbox),
    transferNumber: text(f.transfer_number),
    hours: Object.fromEntries(hours) as TeamAgreement["hours"],
    norms: Object.fromEntries(norms) as TeamAgreement["norms"],
    takes: text(f.takes).trim(),
    closedFrom: text(f.closed_from),
  };
}

const namedOf = (f: Fields, placed: Placed): NamedItem => ({
  ...placed,
  id: placed.id || text(f.key),
  name: text(f.name) || text(f.says),
  parent: text(f.parent),
});

// Items are read again only when their text changes: reading a whole document takes long enough to
// be felt while somebody types.
let known = new Map<string, Fields | null>();

function reader(document: string) {
  const next = new Map<string, Fields | null>();
  const sections = outline(document);
  const fields = (item: Item): Fields | null => {
    const body = document.slice(item.body, item.to);
    const read = known.get(body);
    const value =
      read === undefined ? ((itemMap(body)?.toJSON() as Fields | undefined) ?? null) : read;
    next.set(body, value);
    return value;
  };
  const read = <T>(key: string, make: (f: Fields, placed: Placed) => T): T[] =>
    (sections.find((section) => section.key === key)?.items ?? []).map((item, place) => {
      const f = fields(item);
      const body = document.slice(item.body, item.to);
      const id = f ? text(f.id) : (/\bid:\s*["']?([^\s,"'}]+)/.exec(body)?.[1] ?? "");
      return make(f ?? {}, { id, place, line: item.line, readable: f !== null });
    });
  const inline = sections.filter((section) => section.inline).map(({ key }) => key);
  return { read, inline, done: () => (known = next) };
}

/** The parts of a document, also of one that can be read only in part. */
export function readSop(document: string): Sop {
  const { read, inline, done } = reader(document);
  const sop: Sop = {
    teams: read("teams", teamOf),
    menu: read("menu", namedOf),
    areas: read("areas", namedOf),
    topics: read("topics", namedOf),
    rules: read("rules", ruleOf),
    inline,
  };
  done();
  return sop;
}

function itemAt(document: string, key: string, place: number): Item | undefined {
  return outline(document).find((section) => section.key === key)?.items[place];
}

/** One value of one item; undefined takes it out. */
export interface Change {
  path: readonly string[];
  value: Plain | undefined;
}

/** The document after changes to one item, all else as it was, to the letter. */
export function changeItem(
  document: string,
  key: string,
  place: number,
  changes: readonly Change[],
): string {
  const item = itemAt(document, key, place);
  if (!item) return document;
  const body = changes.reduce(
    (now, { path, value }) => setIn(now, path, value),
    document.slice(item.body, item.to),
  );
  return document.slice(0, item.body) + body + document.slice(item.to);
}

/** The document without an item and the comments right above it. */
export function removeItem(document: string, key: string, place: number): string {
  const item = itemAt(document, key, place);
  return item ? document.slice(0, item.from) + document.slice(item.to) : document;
}

/** The document with a rule put before the one at `place`, or at the end. */
export function insertRule(document: string, place: number, id: string, team: string): string {
  const sections = outline(document);
  const rules = sections.find((section) => section.key === "rules");
  const pad = " ".repeat(rules?.items.length ? rules.indent : 2);
  const body = `${pad}- id: ${id}\n${pad}  outcome: queue\n${pad}  team: ${team}\n`;
  if (!rules || rules.inline) {
    return rules ? document : `${document.trimEnd()}\n\nrules:\n${body}`.trimStart();
  }
  const at = rules.items[place]?.from ?? rules.to;
  const before = document.slice(0, at);
  return before + (before.endsWith("\n") || before === "" ? "" : "\n") + body + document.slice(at);
}
