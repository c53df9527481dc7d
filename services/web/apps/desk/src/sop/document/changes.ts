import { parseShare } from "../../lib/share.ts";
import {
  isEmpty,
  type Change,
  type Conditions,
  type Norm,
  type Rule,
  type TeamAgreement,
} from "./model.ts";
import type { Plain } from "./yaml.ts";

// From what a form shows before and after to the fewest changes of the text.

const orNone = (value: string): string | undefined =>
  value.trim() === "" ? undefined : value.trim();
const listOrNone = <T extends Plain>(values: readonly T[]): readonly T[] | undefined =>
  values.length === 0 ? undefined : values;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const conditionKeys = [
  "channels",
  "topics",
  "keywords",
  "customer",
  "urgency",
  "areas",
  "hours",
  "weekdays",
  "municipalities",
  "menu",
] as const;

function conditionValue(value: string | readonly string[]): Plain | undefined {
  return typeof value === "string" ? orNone(value) : listOrNone(value);
}

function conditionsAsWritten(conditions: Conditions): Plain {
  const given = conditionKeys.flatMap((key) => {
    const value = conditionValue(conditions[key]);
    return value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(given);
}

/** What may stand with an outcome besides its team and script. */
const goesWith: Readonly<Record<string, readonly (keyof Rule)[]>> = {
  steer: ["target", "to", "phone", "answers"],
  transfer: ["phone"],
  answer: ["answers"],
  reject: ["questions"],
};

/** A rule without what does not go with its outcome. */
export function fitting(rule: Rule): Rule {
  const may = new Set(goesWith[rule.outcome] ?? []);
  return {
    ...rule,
    target: may.has("target") ? rule.target : "",
    to: may.has("to") ? rule.to : "",
    phone: may.has("phone") ? rule.phone : "",
    questions: may.has("questions") ? rule.questions : [],
    answers: may.has("answers") ? rule.answers : [],
  };
}

function ruleValues(rule: Rule): Readonly<Record<string, Plain | undefined>> {
  const answers = rule.answers.filter(({ question, answer }) => question.trim() || answer.trim());
  const unless = rule.unless.filter((each) => !isEmpty(each)).map(conditionsAsWritten);
  return {
    id: rule.id.trim() || "afspraak",
    priority: rule.priority === 0 ? undefined : rule.priority,
    unless: listOrNone(unless),
    outcome: orNone(rule.outcome),
    team: orNone(rule.team),
    target: orNone(rule.target),
    to: orNone(rule.to),
    phone: orNone(rule.phone),
    script: orNone(rule.script),
    questions: listOrNone(rule.questions),
    answers: listOrNone(answers.map(({ question, answer }) => ({ question, answer }))),
    review_by: orNone(rule.reviewBy),
  };
}

function differences(
  before: Readonly<Record<string, Plain | undefined>>,
  after: Readonly<Record<string, Plain | undefined>>,
  ...path: string[]
): Change[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys
    .filter((key) => !same(before[key], after[key]))
    .map((key) => ({ path: [...path, key], value: after[key] }));
}

/** What to change in the text of a rule. */
export function ruleChanges(before: Rule, after: Rule): Change[] {
  const when = (rule: Rule) => conditionsAsWritten(rule.when) as Readonly<Record<string, Plain>>;
  return [
    ...differences(ruleValues(before), ruleValues(fitting(after))),
    ...differences(when(before), when(after), "when"),
  ];
}

function normValue({ workingDays, target }: Norm): Plain {
  const share = parseShare(target);
  return share === undefined ? workingDays : { working_days: workingDays, target: share };
}

const normValues = (team: TeamAgreement): Readonly<Record<string, Plain>> =>
  Object.fromEntries(Object.entries(team.norms).map(([key, norm]) => [key, normValue(norm)]));

const teamValues = (team: TeamAgreement): Readonly<Record<string, Plain | undefined>> => ({
  mailbox: orNone(team.mailbox),
  transfer_number: orNone(team.transferNumber),
  takes: orNone(team.takes),
  closed_from: orNone(team.closedFrom),
});

/** What to change in the text of a team. */
export function teamChanges(before: TeamAgreement, after: TeamAgreement): Change[] {
  const changes = [
    ...differences(teamValues(before), teamValues(after)),
    ...differences(normValues(before), normValues(after), "norms"),
    ...differences(before.hours, after.hours, "hours"),
  ];
  // What goes first makes place: days may not be there twice.
  return changes.sort((a, b) => Number(a.value !== undefined) - Number(b.value !== undefined));
}
