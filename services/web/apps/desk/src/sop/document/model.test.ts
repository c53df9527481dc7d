/// <reference types="vite/client" />
import { describe, expect, it } from "vitest";
import demo from "../../../../../../../deploy/demo/sop.yaml?raw";
import { ruleChanges, teamChanges } from "./changes.ts";
import { setIn } from "./item.ts";
import { changeItem, insertRule, noConditions, readSop, removeItem, type Rule } from "./model.ts";
import { lineBounds, outline } from "./outline.ts";

const small = `# Boven alles.
teams:
  - id: kcc # eigen team
    mailbox: info@stad.example
    hours:
      mon-wed: ["08:30-17:00"]
      thu: ["08:30-20:00"]
    norms: {callback: 2, email: 5}

topics:
  - {id: pas, name: Paspoort}   # naam op het scherm
rules:
  # Eerst dit.
  - id: bellen
    when: {topics: [pas], hours: open}
    unless:
      # Een klacht gaat voor.
      - {keywords: ['\\bklacht']}
      # Post ook.
      - {channels: [post]}
    outcome: transfer
    phone: 088 000 0100 # keuzemenu 2
    script: >-
      Ik verbind u door met een
      collega.
      # dit is geen commentaar

  # Dan dit.
  - {id: rest, outcome: queue, team: kcc}
# Tot slot.
`;

function ruleAt(document: string, place: number): Rule {
  const rule = readSop(document).rules[place];
  if (!rule) throw new Error("no such rule");
  return rule;
}

const edit = (document: string, place: number, part: Partial<Rule>): string => {
  const rule = ruleAt(document, place);
  return changeItem(document, "rules", place, ruleChanges(rule, { ...rule, ...part }));
};

describe("outline", () => {
  it("finds the lists and their items with the comments above them", () => {
    const rules = outline(small).find(({ key }) => key === "rules");
    expect(rules?.items.map(({ line }) => line)).toEqual([14, 29]);
    const first = rules?.items[0];
    expect(small.slice(first?.from, first?.body)).toBe("  # Eerst dit.\n");
    const last = rules?.items[1];
    expect(small.slice(last?.from, last?.to)).toBe(
      "\n  # Dan dit.\n  - {id: rest, outcome: queue, team: kcc}\n",
    );
  });

  it("says of a list on one line that it has no lines to go by", () => {
    expect(outline("rules: [{id: a}]\n")[0]).toMatchObject({ key: "rules", inline: true });
  });

  it("finds a line", () => {
    const { from, to } = lineBounds(small, 15);
    expect(small.slice(from, to)).toBe("    when: {topics: [pas], hours: open}");
  });
});

describe("reading", () => {
  it("reads every part of the demo", () => {
    const sop = readSop(demo);
    expect(sop.rules.length).toBeGreaterThan(40);
    expect(sop.rules.every((rule) => rule.readable && rule.id && rule.outcome)).toBe(true);
    expect(sop.teams.find(({ id }) => id === "vergunningen")?.norms.post).toEqual({
      workingDays: 5,
      target: "95\u00a0%",
    });
    expect(sop.menu[0]?.id).toBe("1");
    expect(sop.inline).toEqual([]);
  });

  it("reads a rule", () => {
    expect(ruleAt(small, 0)).toMatchObject({
      id: "bellen",
      when: { ...noConditions, topics: ["pas"], hours: "open" },
      phone: "088 000 0100",
      script: "Ik verbind u door met een collega. # dit is geen commentaar",
    });
    expect(ruleAt(small, 0).unless).toHaveLength(2);
  });

  it("marks what cannot be read and goes on", () => {
    const broken = readSop(small.replace("{topics: [pas], hours: open}", "{topics: [pas"));
    expect(broken.rules.map(({ id, readable }) => [id, readable])).toEqual([
      ["bellen", false],
      ["rest", true],
    ]);
  });
});

describe("changing", () => {
  it("changes nothing when nothing is changed, for every item of the demo", () => {
    const sop = readSop(demo);
    for (const rule of sop.rules) expect(ruleChanges(rule, { ...rule })).toEqual([]);
    for (const team of sop.teams) expect(teamChanges(team, { ...team })).toEqual([]);
  });

  it("gives back what was set, for every rule of the demo, and leaves the other lines alone", () => {
    const lines = new Set(demo.split("\n"));
    readSop(demo).rules.forEach((rule, place) => {
      const part = {
        priority: 33,
        when: { ...rule.when, channels: ["post", "email"], weekdays: ["mon"] },
        team: "jeugd",
        reviewBy: "2031-01-01",
        script:
          "Een nieuwe tekst: met 'leestekens', # hekje en genoeg woorden voor meer dan een regel.",
      };
      const after = edit(demo, place, part);
      expect({ ...ruleAt(after, place), line: 0 }).toEqual({ ...rule, ...part, line: 0 });
      expect(after.split("\n").filter((line) => !lines.has(line)).length).toBeLessThan(12);
      const comments = (text: string) => text.match(/^ *#.*$/gm);
      expect(comments(after)).toEqual(comments(demo));
    });
  });

  it("keeps comments, quotes and order around a change", () => {
    const after = edit(small, 0, { phone: "088 000 0200", priority: 70 });
    expect(after).toBe(
      small
        .replace("phone: 088 000 0100 #", "phone: 088 000 0200 #")
        .replace("- id: bellen\n", "- id: bellen\n    priority: 70\n"),
    );
  });

  it("takes one exception out and leaves the other with its comment", () => {
    const after = edit(small, 0, { unless: [{ ...noConditions, channels: ["post"] }] });
    expect(after).toBe(
      small.replace("      # Een klacht gaat voor.\n      - {keywords: ['\\bklacht']}\n", ""),
    );
  });

  it("adds to a list of lines and to a list on one line", () => {
    const two = { ...noConditions, topics: ["pas", "rij"], hours: "open" };
    expect(edit(small, 0, { when: two })).toBe(small.replace("[pas]", "[pas, rij]"));
    const unless = [...ruleAt(small, 0).unless, { ...noConditions, customer: "business" }];
    expect(edit(small, 0, { unless })).toBe(
      small.replace("[post]}\n", "[post]}\n      - {customer: business}\n"),
    );
  });

  it("takes out conditions that are empty", () => {
    const after = edit(small, 0, { when: noConditions });
    expect(after).toBe(small.replace("    when: {topics: [pas], hours: open}\n", ""));
    expect(ruleAt(after, 0).when).toEqual(noConditions);
  });

  it("adds conditions to a rule that has none, on one line", () => {
    const after = edit(small, 1, { when: { ...noConditions, weekdays: ["sat", "sun"] } });
    expect(after).toContain("{id: rest, when: {weekdays: [sat, sun]}, outcome: queue, team: kcc}");
  });

  it("takes out what does not go with another outcome", () => {
    const after = edit(small, 0, { outcome: "queue", team: "kcc" });
    expect(after).not.toContain("phone:");
    expect(ruleAt(after, 0)).toMatchObject({ outcome: "queue", team: "kcc", phone: "" });
  });

  it("writes answers and long questions on lines of their own", () => {
    const answers = [{ question: "Wat kost het?", answer: "Dat staat op de website: € 30." }];
    const after = edit(small, 1, { outcome: "answer", answers });
    expect(ruleAt(after, 1).answers).toEqual(answers);
    const questions = ["Belt u over een opdracht die al loopt?", "Heeft een collega dat gevraagd?"];
    const rejected = edit(small, 0, { outcome: "reject", questions });
    expect(ruleAt(rejected, 0).questions).toEqual(questions);
    expect(rejected).toContain("\n      - Heeft een collega dat gevraagd?\n");
  });

  it("keeps texts with line ends, spaces and signs", () => {
    for (const script of [
      "een\ntwee",
      " met ruimte ".trim(),
      "a: b",
      "- c",
      "'x'",
      "[d]",
      "0123",
      "ja #",
    ]) {
      expect(ruleAt(edit(small, 0, { script }), 0).script).toBe(script);
      expect(ruleAt(edit(small, 1, { script }), 1).script).toBe(script);
    }
  });

  it("changes hours and norms of a team", () => {
    const team = readSop(small).teams[0];
    if (!team) throw new Error("no team");
    const next = {
      ...team,
      hours: { "mon-wed": ["08:30-12:00", "13:00-17:00"] },
      norms: { ...team.norms, email: { workingDays: 4, target: "95 %" } },
      closedFrom: "2027-01-01",
    };
    const after = changeItem(small, "teams", 0, teamChanges(team, next));
    expect(after).toContain("mon-wed: [08:30-12:00, 13:00-17:00]");
    expect(after).not.toContain("thu:");
    expect(after).toContain("norms: {callback: 2, email: {working_days: 4, target: 0.95}}");
    expect(after).toContain("closed_from: 2027-01-01");
    expect(after).toContain("- id: kcc # eigen team");
  });

  it("adds a rule before another one and takes it out again", () => {
    const added = insertRule(small, 1, "nieuw", "kcc");
    expect(readSop(added).rules.map(({ id }) => id)).toEqual(["bellen", "nieuw", "rest"]);
    expect(removeItem(added, "rules", 1)).toBe(small);
    expect(readSop(insertRule(small, 9, "nieuw", "kcc")).rules.map(({ id }) => id)).toEqual([
      "bellen",
      "rest",
      "nieuw",
    ]);
    expect(readSop(insertRule("", 0, "nieuw", "kcc")).rules[0]?.team).toBe("kcc");
  });

  it("leaves a text that cannot be read alone", () => {
    expect(setIn("- {id: a, b: [", ["b"], "c")).toBe("- {id: a, b: [");
  });
});
