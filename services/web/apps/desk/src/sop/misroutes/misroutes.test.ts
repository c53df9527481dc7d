import { create } from "@bufbuild/protobuf";
import { MisrouteSchema } from "@wissel/api";
import { expect, it } from "vitest";
import { byRule } from "./misroutes.ts";

const cell = (ruleId: string, toTeamId: string, cases: bigint, sopVersion: bigint) =>
  create(MisrouteSchema, {
    ruleId,
    fromTeamId: "ruimte",
    toTeamId,
    cases,
    sopVersion,
    routed: 40n,
    examples: [{ reference: cases, reason: toTeamId }],
  });

it("gives a row for each rule and team, the most first, and unknown teams last", () => {
  const { rows, to } = byRule([
    cell("a", "", 9n, 1n),
    cell("a", "parkeren", 2n, 3n),
    cell("b", "parkeren", 3n, 2n),
  ]);
  expect(to).toEqual(["parkeren", ""]);
  expect(
    rows.map((row) => [
      row.ruleId,
      row.sopVersion,
      row.cases,
      row.count(""),
      row.count("parkeren"),
    ]),
  ).toEqual([
    ["a", 3n, 11n, 9n, 2n],
    ["b", 2n, 3n, 0n, 3n],
  ]);
  expect(rows[0]?.examples).toHaveLength(2);
  expect(rows[0]?.routed).toBe(40n);
});
