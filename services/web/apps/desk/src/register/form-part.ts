import type { RegistrationDraft } from "./registration-draft.ts";

/** What each part of the form gets. */
export interface FormPart {
  draft: RegistrationDraft;
  change: (part: Partial<RegistrationDraft>) => void;
  /** Sentence by request field. */
  fields: Readonly<Record<string, string>>;
  /** It is being sent, or it is not known whether it arrived: nothing may change. */
  locked: boolean;
}
