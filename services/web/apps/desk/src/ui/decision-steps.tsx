import { Outcome, type Decision, type KnownAnswer } from "@wissel/api";
import { steerLabel } from "../lib/labels.ts";
import { uiWords } from "./words.ts";
import { commonWords } from "../lib/words.ts";

/** What the agent says or does: page, number, script, and what the first line knows. */
export function DecisionSteps({ decision }: { decision: Decision }) {
  const { script, steerTo, phoneNumber } = decision;
  return (
    <>
      {decision.outcome === Outcome.STEER && (
        <p>
          {steerLabel[decision.steerTarget]}: <Place to={steerTo} />
        </p>
      )}
      {phoneNumber && (
        <p className="wissel-decision__phone">
          <a
            className="utrecht-link utrecht-link--html-a"
            href={`tel:${phoneNumber.replace(/[^\d+]/g, "")}`}
          >
            {phoneNumber}
          </a>
        </p>
      )}
      {script && (
        <blockquote className="wissel-script">
          <p className="wissel-script__label">{commonWords.youCanSay}</p>
          <p>{script}</p>
        </blockquote>
      )}
      <Answers answers={decision.answers} />
    </>
  );
}

function Place({ to }: { to: string }) {
  if (!to.startsWith("https://")) return <>{to}</>;
  return (
    <a className="utrecht-link utrecht-link--html-a" href={to} target="_blank" rel="noreferrer">
      {to.replace(/^https:\/\/(www\.)?/, "")}
      <span className="wissel-unseen">{commonWords.opensInNewTab}</span>
    </a>
  );
}

function Answers({ answers }: { answers: readonly KnownAnswer[] }) {
  if (answers.length === 0) return null;
  return (
    <div className="wissel-known">
      <h3 className="wissel-script__label">{uiWords.oftenAsked}</h3>
      {answers.map(({ question, answer }) => (
        <details key={question} className="wissel-details">
          <summary>{question}</summary>
          <p>{answer}</p>
        </details>
      ))}
    </div>
  );
}
