import { create } from "@bufbuild/protobuf";
import { CaseState, CaseSummarySchema, Role, SessionSchema } from "@wissel/api";
import { describe, expect, it } from "vitest";
import { allowedActions } from "./case-actions.ts";

const viewer = (role: Role, ...teamIds: string[]) => ({
  session: create(SessionSchema, { accountId: "me", roles: [role], teamIds }),
  kccTeamId: "kcc",
});
const summary = (teamId: string, state: CaseState, claimedBy = "") =>
  create(CaseSummarySchema, { teamId, state, claimedBy });

const kim = viewer(Role.KCC_AGENT, "kcc");
const bas = viewer(Role.TEAM_MEMBER, "burgerzaken");
const lea = viewer(Role.TEAM_LEAD, "burgerzaken");
const max = viewer(Role.MANAGER);

describe("what a colleague can do with a case", () => {
  it("free in the own team", () => {
    const free = summary("burgerzaken", CaseState.QUEUED);
    expect(allowedActions(free, bas)).toEqual([
      "claim",
      "answer",
      "attempt",
      "interim",
      "return",
      "close",
    ]);
    expect(allowedActions(free, kim)).toEqual(["forward", "close"]);
    expect(allowedActions(free, max)).toEqual([]);
  });

  it("in the own hands", () => {
    const mine = summary("burgerzaken", CaseState.CLAIMED, "me");
    expect(allowedActions(mine, bas)).not.toContain("claim");
    expect(allowedActions(mine, bas)).toContain("unclaim");
  });

  it("in the hands of a colleague: taken over by whoever works the team", () => {
    const theirs = summary("burgerzaken", CaseState.CLAIMED, "other");
    expect(allowedActions(theirs, bas)).toEqual(["takeOver"]);
    expect(allowedActions(theirs, lea)).toEqual(["takeOver", "unclaim"]);
    expect(allowedActions(theirs, kim)).toEqual(["forward", "close"]);
    expect(allowedActions(summary("kcc", CaseState.CLAIMED, "other"), kim)).toEqual(["takeOver"]);
    expect(allowedActions(summary("kcc", CaseState.CLAIMED, "other"), bas)).toEqual([]);
  });

  it("at the KCC", () => {
    const atKcc = summary("kcc", CaseState.QUEUED);
    expect(allowedActions(atKcc, kim)).toEqual([
      "claim",
      "answer",
      "attempt",
      "interim",
      "forward",
      "close",
    ]);
    expect(allowedActions(atKcc, bas)).toEqual([]);
  });

  it("closed", () => {
    const closed = summary("burgerzaken", CaseState.CLOSED);
    expect(allowedActions(closed, kim)).toEqual(["reopen"]);
    expect(allowedActions(closed, lea)).toEqual(["reopen"]);
    expect(allowedActions(closed, bas)).toEqual([]);
  });
});
