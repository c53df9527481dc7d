import { Channel, Outcome, SteerTarget } from "@wissel/api";
import { channelLabel, outcomeLabel, steerLabel } from "../../lib/labels.ts";
import type { Conditions, Rule, Sop } from "./model.ts";
import { normalize } from "../../lib/search.ts";

// What an SOP document says, in plain words.

export interface Choice {
  value: string;
  label: string;
}

/** Channels as the document names them. */
export const channelWords: readonly (Choice & { channel: Channel })[] = [
  { value: "phone", label: channelLabel[Channel.PHONE], channel: Channel.PHONE },
  { value: "callback", label: channelLabel[Channel.CALLBACK], channel: Channel.CALLBACK },
  { value: "email", label: channelLabel[Channel.EMAIL], channel: Channel.EMAIL },
  { value: "form", label: channelLabel[Channel.FORM], channel: Channel.FORM },
  { value: "chat", label: channelLabel[Channel.CHAT], channel: Channel.CHAT },
  { value: "social", label: channelLabel[Channel.SOCIAL], channel: Channel.SOCIAL },
  { value: "counter", label: channelLabel[Channel.COUNTER], channel: Channel.COUNTER },
  { value: "post", label: channelLabel[Channel.POST], channel: Channel.POST },
  { value: "internal", label: channelLabel[Channel.INTERNAL], channel: Channel.INTERNAL },
];

export const dayWords: readonly Choice[] = [
  { value: "mon", label: "maandag" },
  { value: "tue", label: "dinsdag" },
  { value: "wed", label: "woensdag" },
  { value: "thu", label: "donderdag" },
  { value: "fri", label: "vrijdag" },
  { value: "sat", label: "zaterdag" },
  { value: "sun", label: "zondag" },
];

export const outcomeWords: readonly Choice[] = [
  { value: "answer", label: outcomeLabel[Outcome.ANSWER] },
  { value: "steer", label: outcomeLabel[Outcome.STEER] },
  { value: "transfer", label: outcomeLabel[Outcome.TRANSFER] },
  { value: "queue", label: outcomeLabel[Outcome.QUEUE] },
  { value: "reject", label: outcomeLabel[Outcome.REJECT] },
];

export const targetWords: readonly Choice[] = [
  { value: "self_service", label: steerLabel[SteerTarget.SELF_SERVICE] },
  { value: "form", label: steerLabel[SteerTarget.FORM] },
  { value: "mor", label: steerLabel[SteerTarget.MOR] },
  { value: "counter", label: steerLabel[SteerTarget.COUNTER] },
  { value: "own_number", label: steerLabel[SteerTarget.OWN_NUMBER] },
];

const labelIn = (words: readonly Choice[], value: string): string =>
  words.find((word) => word.value === value)?.label ?? value;

/** "a", "a of b", "a, b of c". */
export function anyOf(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} of ${words.at(-1) ?? ""}`;
}

/** `mon-wed` as "maandag tot en met woensdag". */
export function daysLabel(days: string): string {
  const [from = "", to] = days.split("-");
  const first = labelIn(dayWords, from);
  return to ? `${first} tot en met ${labelIn(dayWords, to)}` : first;
}

/** Names of what a document refers to; an id where there is no name. */
export interface Names {
  topic: (id: string) => string;
  area: (id: string) => string;
  menu: (key: string) => string;
  team: (id: string) => string;
}

export function namesOf(sop: Sop, team: (id: string) => string): Names {
  const look = (items: Sop["topics"]) => {
    const names = new Map(items.map(({ id, name }) => [id, name]));
    return (id: string) => names.get(id) ?? id;
  };
  const menu = look(sop.menu);
  const says = (key: string) => (menu(key) === key ? key : `${key} (${menu(key)})`);
  return { topic: look(sop.topics), area: look(sop.areas), menu: says, team };
}

/** One phrase for each condition; none: it always holds. */
export function conditionWords(conditions: Conditions, names: Names): string[] {
  const c = conditions;
  const some = (before: string, values: readonly string[]) =>
    values.length > 0 ? [`${before} ${anyOf(values)}`] : [];
  const one = (value: string, words: Readonly<Record<string, string>>) =>
    value === "" ? [] : [words[value] ?? value];
  return [
    ...some(
      "het kanaal is",
      c.channels.map((value) => labelIn(channelWords, value).toLowerCase()),
    ),
    ...some("het thema is", c.topics.map(names.topic)),
    ...some(
      "in de vraag staat",
      c.keywords.map((keyword) => `‘${keyword}’`),
    ),
    ...one(c.customer, {
      resident: "de klant is een inwoner",
      business: "de klant is een bedrijf",
    }),
    ...one(c.urgency, { urgent: "het is dringend", normal: "het is niet dringend" }),
    ...some("het gebied is", c.areas.map(names.area)),
    ...one(c.hours, { open: "het team is open", closed: "het team is dicht" }),
    ...some(
      "de dag is",
      c.weekdays.map((value) => labelIn(dayWords, value)),
    ),
    ...some("de gemeente is", c.municipalities),
    ...some("de keuze in het menu is", c.menu.map(names.menu)),
  ];
}

/** What a rule says to do. */
export function outcomeWordsOf(rule: Rule, names: Names): string {
  const team = names.team(rule.team || "kcc");
  const target = labelIn(targetWords, rule.target);
  const words: Readonly<Record<string, string>> = {
    answer: outcomeLabel[Outcome.ANSWER],
    steer: `${outcomeLabel[Outcome.STEER]}: ${target}`,
    transfer: `Doorverbinden met ${rule.phone || `het nummer van ${team}`}`,
    queue: `Naar ${team}`,
    reject: outcomeLabel[Outcome.REJECT],
  };
  return words[rule.outcome] ?? outcomeLabel[Outcome.UNSPECIFIED];
}

/** A rule in words, as it is shown and searched. */
export interface RuleWords {
  rule: Rule;
  conditions: readonly string[];
  exceptions: readonly string[];
  outcome: string;
  searched: string;
}

export function ruleWords(rule: Rule, names: Names): RuleWords {
  const conditions = conditionWords(rule.when, names);
  const exceptions = rule.unless.map((each) => conditionWords(each, names).join(" en "));
  const outcome = outcomeWordsOf(rule, names);
  const answers = rule.answers.flatMap(({ question, answer }) => [question, answer]);
  const searched = normalize(
    [
      rule.id,
      ...conditions,
      ...exceptions,
      outcome,
      names.team(rule.team || "kcc"),
      rule.to,
      rule.phone,
      rule.script,
      ...rule.questions,
      ...answers,
    ].join(" "),
  );
  return { rule, conditions, exceptions, outcome, searched };
}

export type Grouping = "thema" | "team" | "volgorde";

export interface RuleGroup {
  name: string;
  rules: readonly RuleWords[];
}

const LAST = "\uffff";

/** Highest topic above one. */
function rootOf(sop: Sop, topicId: string): string {
  const parents = new Map(sop.topics.map(({ id, parent }) => [id, parent]));
  let at = topicId;
  for (let depth = 0; depth < 20; depth++) {
    const parent = parents.get(at);
    if (!parent) break;
    at = parent;
  }
  return at;
}

function groupName(rule: Rule, sop: Sop, by: Grouping, names: Names): string {
  if (by === "volgorde") return "";
  if (by === "team") return names.team(rule.team || "kcc");
  const first = rule.when.topics[0];
  return first ? names.topic(rootOf(sop, first)) : LAST;
}

/** Rules in the order in which they are tried: priority first, then place. */
export const inOrder = (rules: readonly Rule[]): Rule[] =>
  [...rules].sort((a, b) => b.priority - a.priority || a.place - b.place);

/** Rules that hold every word of the filter, in groups by name. */
export function groupRules(
  sop: Sop,
  names: Names,
  by: Grouping,
  filter: string,
): readonly RuleGroup[] {
  const wanted = normalize(filter).split(/\s+/).filter(Boolean);
  const groups = new Map<string, RuleWords[]>();
  for (const rule of inOrder(sop.rules)) {
    const words = ruleWords(rule, names);
    if (!wanted.every((word) => words.searched.includes(word))) continue;
    const name = groupName(rule, sop, by, names);
    groups.set(name, [...(groups.get(name) ?? []), words]);
  }
  return [...groups]
    .sort(([a], [b]) => (a === LAST ? 1 : b === LAST ? -1 : a.localeCompare(b, "nl")))
    .map(([name, rules]) => ({ name: name === LAST ? "Zonder thema" : name, rules }));
}
