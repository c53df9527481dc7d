import { emptyDraft, isEmptyDraft, type RegistrationDraft } from "./registration-draft.ts";

// The form outlives its page: in the storage of this tab, for the colleague who filled it in.

const SLOT = "wissel.draft";

export interface Kept {
  accountId: string;
  draft: RegistrationDraft;
  /** It was sent and the answer has not come: it is not known whether the contact was stored. */
  uncertain: boolean;
  /** Case to which the contact was being added. */
  attachTo?: string | undefined;
  /** When it was last changed, in ms since 1970. */
  at: number;
}

/** The form as it was left; undefined if there was nothing on it. */
export function readKept(accountId: string): Kept | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(SLOT) ?? "null") as Kept | null;
    if (kept?.accountId !== accountId) return undefined;
    const draft = { ...emptyDraft, ...kept.draft };
    return kept.uncertain || !isEmptyDraft(draft) ? { ...kept, draft } : undefined;
  } catch {
    return undefined;
  }
}

export function keep(kept: Kept): void {
  sessionStorage.setItem(SLOT, JSON.stringify(kept));
}

export function forget(): void {
  sessionStorage.removeItem(SLOT);
}
