import type { ExplainDecisionResponse } from "@wissel/api";

/** The paragraph that says why, and each rule that was tried before. */
export function Explanation({ answer }: { answer: ExplainDecisionResponse }) {
  const earlier = answer.decision?.losingRules ?? [];
  return (
    <>
      <p className="wissel-explanation">{answer.paragraph}</p>
      {earlier.length > 0 && (
        <details className="wissel-details">
          <summary>
            {earlier.length === 1 ? "1 eerdere afspraak" : `${earlier.length} eerdere afspraken`}:
            waarom niet
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
