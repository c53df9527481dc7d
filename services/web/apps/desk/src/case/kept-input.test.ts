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
  keepInput(12n, "answer", typed, store);
  expect(keptInput(12n, "answer", store)).toEqual(typed);
  expect(keptInput(12n, "interim", store)).toBeUndefined();
  expect(keptInput(34n, "answer", store)).toBeUndefined();
});

it("keeps nothing once the text is gone, and survives what it cannot read", () => {
  const store = memory();
  keepInput(12n, "attempt", { ...emptyInput, note: "Voicemail" }, store);
  keepInput(12n, "attempt", { ...emptyInput, note: " ", reached: false }, store);
  expect(store.held.size).toBe(0);
  store.setItem("wissel.action.12.answer", "{");
  expect(keptInput(12n, "answer", store)).toBeUndefined();
});
