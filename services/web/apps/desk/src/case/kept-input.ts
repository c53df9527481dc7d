import { CaseAction } from "@wissel/api";
import { emptyInput, type ActionInput } from "./action-input.ts";
import type { KnownAction } from "./known-action.ts";

// What was typed for an action and not sent yet outlives the form, the page and a reload: for each
// case and action apart, in the storage of this tab, which is emptied when somebody signs out.

const slotOf = (reference: bigint, action: KnownAction): string =>
  `wissel.action.${reference}.${CaseAction[action]}`;

/** What was typed before; undefined if nothing was. */
export function keptInput(
  reference: bigint,
  action: KnownAction,
  store: Pick<Storage, "getItem"> = sessionStorage,
): ActionInput | undefined {
  try {
    const kept = store.getItem(slotOf(reference, action));
    return kept === null ? undefined : { ...emptyInput, ...(JSON.parse(kept) as ActionInput) };
  } catch {
    return undefined;
  }
}

/** Keeps what was typed; without text there is nothing to keep. */
export function keepInput(
  reference: bigint,
  action: KnownAction,
  input: ActionInput,
  store: Pick<Storage, "setItem" | "removeItem"> = sessionStorage,
): void {
  const slot = slotOf(reference, action);
  if (input.text.trim() || input.note.trim()) store.setItem(slot, JSON.stringify(input));
  else store.removeItem(slot);
}

export function forgetInput(reference: bigint, action: KnownAction): void {
  sessionStorage.removeItem(slotOf(reference, action));
}
