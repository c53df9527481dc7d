import { commonWords } from "../lib/words.ts";
import type { Judgement } from "./figures.ts";

/** Whether the target was met, in words; nothing where there is nothing to judge. */
export function Verdict({ judgement }: { judgement: Judgement }) {
  switch (judgement) {
    case "met":
      return <span className="wissel-badge wissel-badge--good">{commonWords.met}</span>;
    case "missed":
      return <span className="wissel-badge wissel-badge--bad">{commonWords.notMet}</span>;
    case "few":
      return <span className="wissel-badge">{commonWords.tooFew}</span>;
    case "none":
      return null;
  }
}
