import type { Draft } from "../lib/draft.ts";

/** What each part of the form gets. */
export interface FormPart {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  /** Sentence by request field. */
  fields: Readonly<Record<string, string>>;
  /** It is being sent, or it is not known whether it arrived: nothing may change. */
  locked: boolean;
}
