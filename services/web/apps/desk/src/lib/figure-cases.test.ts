import { Channel, OpenKind, Verdict } from "@wissel/api";
import { expect, test } from "vitest";
import { parseIsoDay } from "./amsterdam.ts";
import { askedOf, casesPath, readCasesQuestion, type Figure } from "./figure-cases.ts";

const now = new Date("2026-11-29T12:00:00Z");
const range = {
  first: parseIsoDay("2026-09-01") ?? 0,
  last: parseIsoDay("2026-11-30") ?? 0,
};
const everything = { range, teamId: "", channel: Channel.UNSPECIFIED, topicId: "" };
const paramsOf = (path: string) => new URL(path, "https://wissel.example").searchParams;

const figures: readonly (readonly [Figure, string])[] = [
  [{ kind: "verdict", verdict: Verdict.MISSED }, "uitkomst=2"],
  [{ kind: "arrival", weekday: 1, hour: 9 }, "aankomst=1-9"],
  [{ kind: "answered", workingDays: 60 }, "dagen=60"],
  [{ kind: "again", channel: Channel.EMAIL }, "opnieuw=3"],
  [{ kind: "moved", from: "kcc", to: "parkeren" }, "vanteam=kcc&naar=parkeren"],
  [{ kind: "held", by: "parkeren" }, "lagbij=parkeren"],
  [{ kind: "first-contact", direct: false }, "direct=nee"],
  [{ kind: "open", late: true }, "open=te-laat"],
  [{ kind: "open", late: false }, "open=deze-week"],
  [{ kind: "all" }, "alles=ja"],
];

test.each(figures)("the address of %o says it and is read back", (figure, said) => {
  const path = casesPath({ ...everything, figure });
  expect(path).toBe(`/cijfers/zaken?van=2026-09-01&tot=2026-11-30&${said}`);
  expect(readCasesQuestion(paramsOf(path), now)?.figure).toEqual(figure);
});

test("team, channel and topic stand in the address, whatever letters they have", () => {
  const question = {
    range,
    teamId: "Werk & Inkomen/1",
    channel: Channel.CALLBACK,
    topicId: "paspoort aanvragen",
    figure: { kind: "all" } as const,
  };
  expect(readCasesQuestion(paramsOf(casesPath(question)), now)).toEqual(question);
});

test.each([
  "",
  "uitkomst=0",
  "uitkomst=9",
  "aankomst=8-9",
  "aankomst=1-24",
  "aankomst=1",
  "dagen=61",
  "dagen=-1",
  "dagen=1.5",
  "opnieuw=0",
  "naar=parkeren",
  "vanteam=kcc&naar=",
  "lagbij=",
  "direct=misschien",
  "open=ooit",
  "alles=nee",
])("an address with %o asks for no figure", (said) => {
  const params = paramsOf(`/cijfers/zaken?van=2026-09-01&tot=2026-11-30&${said}`);
  expect(readCasesQuestion(params, now)).toBeUndefined();
});

test("an address without a whole period asks for nothing", () => {
  expect(readCasesQuestion(paramsOf("/cijfers/zaken?alles=ja"), now)).toBeUndefined();
});

test("a verdict is asked for by itself, anything else as a mark", () => {
  expect(askedOf({ kind: "verdict", verdict: Verdict.MET })).toEqual({ verdict: Verdict.MET });
  const { verdict, mark } = askedOf({ kind: "open", late: true });
  expect(verdict).toBe(Verdict.UNSPECIFIED);
  expect(mark?.kind).toEqual({ case: "open", value: OpenKind.LATE });
});
