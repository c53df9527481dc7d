import { fromBinary } from "@bufbuild/protobuf";
import { CaseAction, CaseSummarySchema } from "@wissel/api";
import { expect, it } from "vitest";
import { allowedActions } from "./known-action.ts";

it("offers what the server allows, in its order, and nothing that it does not know", () => {
  // Field 19 with TAKE_OVER, an action of a newer server, UNSPECIFIED and UNCLAIM.
  const summary = fromBinary(CaseSummarySchema, new Uint8Array([0x9a, 0x01, 4, 2, 99, 0, 9]));
  expect(allowedActions(summary)).toEqual([CaseAction.TAKE_OVER, CaseAction.UNCLAIM]);
});
