import type { ExplainDecisionResponse } from "@wissel/api";
import { uiWords } from "./words.ts";

const ITEM = "- ";

/** The paragraph that says why, what nearly matched, and each rule that was tried before. */
export function Explanation({ answer }: { answer: ExplainDecisionResponse }) {
  const earlier = answer.decision?.losingRules ?? [];
  const lines = answer.paragraph.split("\n");
  const items = lines.filter((line) => line.startsWith(ITEM));
  return (
    <>
      <div className="wissel-explanation">
        {lines
          .filter((line) => !line.startsWith(ITEM))
          .map((line) => (
            <p key={line}>{line}</p>
          ))}
        {items.length > 0 && (
          <ul>
            {items.map((line) => (
              <li key={line}>{line.slice(ITEM.length)}</li>
            ))}
          </ul>
        )}
      </div>
      {earlier.length > 0 && (
        <details className="wissel-details">
          <summary>
            {earlier.length === 1 ? uiWords.oneEarlierRule : uiWords.earlierRules(earlier.length)}
          </summary>
          <ol className="wissel-losing">
            {earlier.map(({ ruleId, reason }) => (
              <li key={ruleId}>
                <strong>{ruleId}</strong>: {reason}
              </li>
            ))}
          </ol>
        </details>
      )}
    </>
  );
}
