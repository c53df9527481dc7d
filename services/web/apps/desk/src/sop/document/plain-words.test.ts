import { describe, expect, it } from "vitest";
import { readSop } from "./model.ts";
import { anyOf, conditionWords, daysLabel, groupRules, namesOf, ruleWords } from "./plain-words.ts";

const sop = readSop(`
topics:
  - {id: reis, name: Reisdocumenten}
  - {id: pas, name: Paspoort, parent: reis}
areas:
  - {id: c, name: Centrum, postcodes: ["2501"]}
menu:
  - {key: "2", says: Voor hulp}
rules:
  - {id: rest, outcome: queue, team: kcc}
  - id: pas
    priority: 60
    when: {topics: [pas], channels: [phone, chat, counter], hours: open, weekdays: [mon]}
    unless: [{customer: business, keywords: [klacht]}, {menu: ["2"]}]
    outcome: transfer
    team: bz
    script: Ik verbind u door.
  - {id: elders, priority: 60, when: {areas: [c], urgency: urgent}, outcome: steer, target: form, to: "https://stad.example"}
`);
const names = namesOf(sop, (id) => (id === "bz" ? "Burgerzaken" : id === "kcc" ? "KCC" : id));
const rule = (id: string) => {
  const found = sop.rules.find((each) => each.id === id);
  if (!found) throw new Error(`no rule ${id}`);
  return found;
};

describe("words", () => {
  it("joins", () => {
    expect([anyOf([]), anyOf(["a"]), anyOf(["a", "b"]), anyOf(["a", "b", "c"])]).toEqual([
      "",
      "a",
      "a of b",
      "a, b of c",
    ]);
    expect(daysLabel("mon-fri")).toBe("maandag tot en met vrijdag");
    expect(daysLabel("sat")).toBe("zaterdag");
  });

  it("says conditions, exceptions and outcome", () => {
    const words = ruleWords(rule("pas"), names);
    expect(words.conditions).toEqual([
      "het kanaal is telefoon, chat of balie",
      "het thema is Paspoort",
      "het team is open",
      "de dag is maandag",
    ]);
    expect(words.exceptions).toEqual([
      "in de vraag staat ‘klacht’ en de klant is een bedrijf",
      "de keuze in het menu is 2 (Voor hulp)",
    ]);
    expect(words.outcome).toBe("Doorverbinden met het nummer van Burgerzaken");
    expect(conditionWords(rule("elders").when, names)).toEqual([
      "het is dringend",
      "het gebied is Centrum",
    ]);
    expect(ruleWords(rule("rest"), names)).toMatchObject({ conditions: [], outcome: "Naar KCC" });
  });
});

describe("groups", () => {
  const shown = (by: "thema" | "team" | "volgorde", filter = "") =>
    groupRules(sop, names, by, filter).map(({ name, rules }) => [
      name,
      ...rules.map((each) => each.rule.id),
    ]);

  it("by highest topic, by team, and in the order of trying", () => {
    expect(shown("thema")).toEqual([
      ["Reisdocumenten", "pas"],
      ["Zonder thema", "elders", "rest"],
    ]);
    expect(shown("team")).toEqual([
      ["Burgerzaken", "pas"],
      ["KCC", "elders", "rest"],
    ]);
    expect(shown("volgorde")).toEqual([["", "pas", "elders", "rest"]]);
  });

  it("keeps what holds every word of the filter", () => {
    expect(shown("volgorde", "verbind PASPOORT")).toEqual([["", "pas"]]);
    expect(shown("volgorde", "niets van dit")).toEqual([]);
  });
});
