import { create } from "@bufbuild/protobuf";
import { DraftSchema, Role, SessionSchema, Severity, SopFindingSchema } from "@wissel/api";
import { describe, expect, it } from "vitest";
import { matrixOf } from "../lib/matrix.ts";
import { consents, countFindings, findingWords, gutter, marksByLine } from "./draft.ts";

const draft = create(DraftSchema, {
  concernedTeamIds: ["kcc", "bz", "jeugd"],
  acceptances: [{ teamId: "bz", by: "Lea" }],
});

describe("consents", () => {
  const mine = (roles: Role[], teamIds: string[]) =>
    consents(draft, create(SessionSchema, { roles, teamIds }), "kcc")
      .filter((each) => each.mine)
      .map((each) => each.teamId);

  it("lets a team lead accept for their own teams and an administrator for the KCC", () => {
    expect(mine([Role.TEAM_LEAD], ["bz", "parkeren"])).toEqual(["bz"]);
    expect(mine([Role.FUNCTIONAL_ADMIN], ["bz"])).toEqual(["kcc"]);
    expect(mine([Role.TEAM_MEMBER], ["bz"])).toEqual([]);
  });

  it("says who accepted", () => {
    const all = consents(draft, create(SessionSchema), "kcc");
    expect(all.map(({ teamId, by }) => [teamId, by])).toEqual([
      ["kcc", undefined],
      ["bz", "Lea"],
      ["jeugd", undefined],
    ]);
  });
});

describe("findings", () => {
  const finding = (line: number, severity: Severity) =>
    create(SopFindingSchema, { line, severity });
  const findings = [
    finding(3, Severity.WARNING),
    finding(3, Severity.ERROR),
    finding(5, Severity.WARNING),
    finding(0, Severity.ERROR),
  ];

  it("counts in words", () => {
    expect(findingWords(countFindings(findings))).toBe("2 fouten en 2 waarschuwingen");
    expect(findingWords({ errors: 1, warnings: 0 })).toBe("1 fout");
    expect(findingWords({ errors: 0, warnings: 0 })).toBe("Geen fouten gevonden");
  });

  it("marks the lines beside the text", () => {
    expect(gutter(6, marksByLine(findings))).toEqual([
      { text: "1\n2", mark: undefined },
      { text: "3", mark: Severity.ERROR },
      { text: "4", mark: undefined },
      { text: "5", mark: Severity.WARNING },
      { text: "6", mark: undefined },
    ]);
    expect(gutter(2, marksByLine(findings))).toEqual([{ text: "1\n2", mark: undefined }]);
  });
});

describe("matrix", () => {
  const cells = [
    { from: "a", to: "x", count: 1n },
    { from: "b", to: "x", count: 5n },
    { from: "b", to: "y", count: 9n },
    { from: "b", to: "y", count: 1n },
  ];

  it("adds up, the fullest first", () => {
    const matrix = matrixOf(cells);
    expect([matrix.from, matrix.to]).toEqual([
      ["b", "a"],
      ["y", "x"],
    ]);
    expect([matrix.at("b", "y"), matrix.at("a", "y"), matrix.rowTotal("b")]).toEqual([
      10n,
      0n,
      15n,
    ]);
    expect(matrix.total).toBe(16n);
    expect(matrixOf([]).total).toBe(0n);
  });
});
