import { CaseAction } from "@wissel/api";
import { expect, it } from "vitest";
import { emptyInput } from "./action-input.ts";
import { keepInput, keptInput } from "./kept-input.ts";

function memory() {
  const held = new Map<string, string>();
  return {
    held,
    getItem: (name: string) => held.get(name) ?? null,
    setItem: (name: string, value: string) => void held.set(name, value),
    removeItem: (name: string) => void held.delete(name),
  };
}

it("keeps what was typed for each case and action apart", () => {
  const store = memory();
  const typed = { ...emptyInput, text: "Het ligt klaar." };
  keepInput(12n, CaseAction.ANSWER, typed, store);
  expect(keptInput(12n, CaseAction.ANSWER, store)).toEqual(typed);
  expect(keptInput(12n, CaseAction.SEND_INTERIM_REPLY, store)).toBeUndefined();
  expect(keptInput(34n, CaseAction.ANSWER, store)).toBeUndefined();
});

it("keeps nothing once the text is gone, and survives what it cannot read", () => {
  const store = memory();
  keepInput(12n, CaseAction.RECORD_ATTEMPT, { ...emptyInput, note: "Voicemail" }, store);
  keepInput(12n, CaseAction.RECORD_ATTEMPT, { ...emptyInput, note: " ", reached: false }, store);
  expect(store.held.size).toBe(0);
  store.setItem("wissel.action.12.ANSWER", "{");
  expect(keptInput(12n, CaseAction.ANSWER, store)).toBeUndefined();
});
