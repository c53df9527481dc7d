import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  AnswerTimeSchema,
  ArrivalSchema,
  Channel,
  FigureRowSchema,
  HoldTimeSchema,
  MoveSchema,
  OpenWorkSchema,
  RepeatedQuestionSchema,
  TopicFigureSchema,
} from "@wissel/api";
import { describe, expect, it, test } from "vitest";
import type { MonthPoint } from "./figures.ts";
import {
  arrivalsFinding,
  firstLineFinding,
  holdFinding,
  isRising,
  leadFinding,
  movesFinding,
  openFinding,
  partWords,
  repeatsFinding,
  teamFinding,
  teamsFinding,
  topicsFinding,
  worstFinding,
} from "./findings.ts";

const nameOf = (id: string): string => id.charAt(0).toUpperCase() + id.slice(1);

/** A team with so many in time and too late, and the words of the server for the share. */
const team = (name: string, met: number, missed: number, percent = "", target = 0.9) =>
  create(FigureRowSchema, {
    teamId: name.toLowerCase(),
    teamName: name,
    met: BigInt(met),
    missed: BigInt(missed),
    received: BigInt(met + missed),
    ...(met + missed > 0 && { shareMet: met / (met + missed) }),
    targetShare: target,
    onTarget: met > target * (met + missed),
    shareMetPercent: percent,
    targetPercent: String(target * 100),
  });

describe("where it hurts the most", () => {
  const parkeren = team("Parkeren", 70, 30, "70.0");
  const wmo = team("Wmo", 80, 20, "80.0");
  const burgerzaken = team("Burgerzaken", 99, 1, "99.0");

  it("names the team that stays furthest below its target, and counts the others", () => {
    expect(worstFinding([wmo, burgerzaken, parkeren])).toBe(
      "Het knelt het meest bij Parkeren: 70,0\u00a0% op tijd, het doel is meer dan 90\u00a0%. Nog 1 team haalt het doel niet.",
    );
    expect(worstFinding([burgerzaken, parkeren])).toBe(
      "Het knelt het meest bij Parkeren: 70,0\u00a0% op tijd, het doel is meer dan 90\u00a0%.",
    );
  });

  it("says that all is well, and of one team its name", () => {
    expect(worstFinding([burgerzaken, team("Jeugd", 20, 0, "100.0")])).toBe(
      "Alle teams halen hun doel.",
    );
    expect(worstFinding([burgerzaken])).toBe("Burgerzaken haalt het doel.");
  });

  it("judges nobody on fewer than five cases", () => {
    expect(worstFinding([team("Parkeren", 0, 4, "0.0")])).toBe(
      "Er zijn nog te weinig zaken om te zeggen of het doel is gehaald.",
    );
    expect(teamsFinding([team("Parkeren", 0, 4, "0.0")])).toBe(
      "Er zijn te weinig zaken om over een team te oordelen",
    );
  });

  it("counts the teams that do not make it", () => {
    expect(teamsFinding([parkeren, wmo, burgerzaken])).toBe("2 van de 3 teams halen het doel niet");
    expect(teamsFinding([parkeren, burgerzaken])).toBe("1 van de 2 teams haalt het doel niet");
    expect(teamsFinding([parkeren, wmo])).toBe("Geen van de 2 teams haalt het doel");
    expect(teamsFinding([burgerzaken, burgerzaken])).toBe("Alle 2 teams halen het doel");
    expect(teamsFinding([burgerzaken])).toBe("Het team haalt het doel");
    expect(teamsFinding([parkeren])).toBe("Het team haalt het doel niet");
  });

  it("does not count exactly the target as met", () => {
    expect(teamsFinding([team("Parkeren", 90, 10, "90.0"), burgerzaken])).toBe(
      "1 van de 2 teams haalt het doel niet",
    );
  });
});

describe("one team over the months", () => {
  const line = (...counts: [number, number][]): MonthPoint[] =>
    counts.map(([met, missed], month) => ({ month, row: team("Bouwen", met, missed, "1") }));

  it.each([
    [line([99, 1], [80, 20], [70, 30]), "haalt in 1 van de 3 maanden het doel"],
    [line([99, 1], [98, 2]), "haalt het doel in alle 2 maanden"],
    [line([80, 20], [70, 30]), "haalt het doel in geen van de 2 maanden"],
    [line([99, 1], [1, 1]), "gehaald in de enige maand met genoeg zaken"],
    [line([1, 1]), "te weinig zaken"],
    [[{ month: 1, row: undefined }], "te weinig zaken"],
  ])("%#", (points, words) => {
    expect(teamFinding(points)).toBe(words);
  });
});

describe("what is late now, and what will be", () => {
  const work = (name: string, late: number, forecast: number) =>
    create(OpenWorkSchema, {
      teamName: name,
      late: BigInt(late),
      forecastLate: BigInt(forecast),
    });

  it.each([
    [
      [work("Parkeren", 8, 2), work("Wmo", 4, 1)],
      "Nu zijn 12 zaken te laat, de meeste bij Parkeren; deze week komen er 3 bij als er niets verandert",
    ],
    [
      [work("Parkeren", 1, 1)],
      "Nu is 1 zaak te laat, bij Parkeren; deze week komt er 1 bij als er niets verandert",
    ],
    [[work("Parkeren", 0, 0)], "Nu is niets te laat; deze week wordt niets te laat"],
    [[], "Nu is niets te laat; deze week wordt niets te laat"],
    [
      [work("Parkeren", 0, 1_200)],
      "Nu is niets te laat; deze week komen er 1.200 bij als er niets verandert",
    ],
  ])("%#", (rows, words) => {
    expect(openFinding(rows)).toBe(words);
  });
});

test("how long an answer takes: the least day at which half and nine in ten are done", () => {
  const times = (...counts: [number, number][]) =>
    counts.map(([workingDays, cases]) =>
      create(AnswerTimeSchema, { workingDays, cases: BigInt(cases) }),
    );
  expect(leadFinding(times([0, 4], [2, 1], [5, 4], [60, 1]))).toBe(
    "De helft is klaar binnen 2 werkdagen, 9 van de 10 binnen 5 werkdagen",
  );
  expect(leadFinding(times([0, 5], [1, 4], [2, 1]))).toBe(
    "De helft is klaar dezelfde dag, 9 van de 10 binnen 1 werkdag",
  );
  expect(leadFinding(times([60, 3]))).toBe(
    "De helft is klaar na 60 werkdagen of meer, 9 van de 10 na 60 werkdagen of meer",
  );
  expect(leadFinding([])).toBe("Er is nog niets beantwoord");
});

test("when it is busiest", () => {
  const arrival = (weekday: number, hour: number, cases: number) =>
    create(ArrivalSchema, { when: { weekday, hour }, cases: BigInt(cases) });
  expect(arrivalsFinding([arrival(2, 14, 6), arrival(1, 9, 8)])).toBe(
    "Maandag om 9 uur is het drukst",
  );
});

describe("topics", () => {
  const topic = (of: MessageInitShape<typeof TopicFigureSchema>) => create(TopicFigureSchema, of);

  it("names what is asked the most and what rises the most", () => {
    const topics = [
      topic({ topicId: "paspoort", cases: 40n, casesBefore: 38n }),
      topic({ topicId: "afval", cases: 30n, casesBefore: 12n }),
      topic({ topicId: "", cases: 90n, casesBefore: 1n }),
    ];
    expect(topicsFinding(topics, nameOf)).toBe(
      "Paspoort wordt het meest gevraagd; Afval stijgt het meest",
    );
    expect(topicsFinding(topics.slice(0, 1), nameOf)).toBe("Paspoort wordt het meest gevraagd");
  });

  it("calls a rise what is a quarter more and at least five", () => {
    expect(isRising(topic({ cases: 25n, casesBefore: 20n }))).toBe(true);
    expect(isRising(topic({ cases: 104n, casesBefore: 99n }))).toBe(false);
    expect(isRising(topic({ cases: 4n, casesBefore: 0n }))).toBe(false);
    expect(isRising(topic({ cases: 5n, casesBefore: 0n }))).toBe(true);
  });

  it("tells where the first line could do more, or else how much it does", () => {
    const could = topic({ topicId: "a", cases: 10n, atFirstContact: 5n, firstLineCould: true });
    const more = topic({ topicId: "c", cases: 9n, atFirstContact: 3n, firstLineCould: true });
    const does = topic({ topicId: "b", cases: 10n, atFirstContact: 2n });
    expect(firstLineFinding([could, more, does], nameOf)).toBe(
      "2 thema’s kan het KCC vaker zelf beantwoorden, vooral C",
    );
    expect(firstLineFinding([could], nameOf)).toBe("A kan het KCC vaker zelf beantwoorden");
    expect(firstLineFinding([does], nameOf)).toBe("1 op de 5 vragen wordt direct beantwoord");
  });

  it.each([
    [0n, 5n, "geen enkele vraag"],
    [0n, 0n, "geen enkele vraag"],
    [1n, 100n, "bijna geen vraag"],
    [1n, 3n, "1 op de 3 vragen"],
    [1n, 2n, "1 op de 2 vragen"],
    [7n, 10n, "7 van de 10 vragen"],
    [96n, 100n, "bijna elke vraag"],
    [9n, 9n, "elke vraag"],
  ])("%s of %s in words", (part, whole, words) => {
    expect(partWords(part, whole)).toBe(words);
  });
});

test("who asks again, and how", () => {
  const repeat = (channel: Channel, again: Channel, contacts: bigint) =>
    create(RepeatedQuestionSchema, { channel, again, contacts });
  expect(
    repeatsFinding([
      repeat(Channel.EMAIL, Channel.PHONE, 8n),
      repeat(Channel.EMAIL, Channel.CALLBACK, 4n),
    ]),
  ).toBe("12 keer vroeg een klant het nog eens; het vaakst na e-mail via telefoon");
  expect(repeatsFinding([])).toBe("Geen klant vroeg iets nog eens");
});

test("from where to where cases go", () => {
  const move = (fromTeamId: string, toTeamId: string, cases: bigint) =>
    create(MoveSchema, { teams: { fromTeamId, toTeamId }, cases });
  expect(movesFinding([move("kcc", "parkeren", 34n), move("wmo", "jeugd", 3n)], nameOf)).toBe(
    "Het vaakst gaat een zaak van Kcc naar Parkeren: 34 keer",
  );
  expect(movesFinding([], nameOf)).toBe("Geen zaak ging van het ene team naar het andere");
});

test("where cases lie the longest", () => {
  const hold = (teamId: string, medianWorkingDays: number) =>
    create(HoldTimeSchema, { teamId, medianWorkingDays });
  expect(holdFinding([hold("jeugd", 1), hold("bouwen", 4)], nameOf)).toBe(
    "Bij Bouwen ligt een zaak het langst: de helft 4 werkdagen of langer",
  );
  expect(holdFinding([hold("jeugd", 0)], nameOf)).toBe(
    "Bij elk team is de helft dezelfde dag weer weg",
  );
  expect(holdFinding([], nameOf)).toBe("Er is nog geen zaak klaar of doorgezet");
});
