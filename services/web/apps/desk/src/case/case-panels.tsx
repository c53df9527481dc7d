import type { Case, Decision } from "@wissel/api";
import { shortMoment } from "../lib/amsterdam.ts";
import { agoWords } from "../lib/due.ts";
import { channelLabel, outcomeLabel } from "../lib/labels.ts";
import { useTeams, useTopics } from "../lib/queries.ts";
import { PreferredWords } from "../queue/queue-row.tsx";
import { DecisionSteps } from "../register/decision-panel.tsx";
import { dateOf } from "../ui/badges.tsx";
import { useNow } from "../ui/clock.ts";

/** The question, what colleagues wrote about it, and the answer if there is one. */
export function QuestionPanel({ subject }: { subject: Case }) {
  const topics = useTopics();
  const now = useNow();
  const { question, summary, answer } = subject;
  const received = dateOf(summary?.receivedAt);
  return (
    <section className="wissel-panel" aria-labelledby="deel-vraag">
      <h2 id="deel-vraag" className="wissel-panel__title">
        Vraag
      </h2>
      <p className="wissel-hint">
        {summary && channelLabel[summary.channel]}
        {question?.topicId && `, ${topics.nameOf(question.topicId)}`}
        {received && `, ontvangen ${shortMoment(received, now)} (${agoWords(received, now)})`}
      </p>
      {question?.text ? (
        <p className="wissel-text">{question.text}</p>
      ) : (
        <p className="wissel-muted">Er is alleen een onderwerp ingevuld.</p>
      )}
      {question?.internalNote && (
        <div className="wissel-internal wissel-internal--shown">
          <h3 className="wissel-internal__label">Interne notitie: de inwoner ziet dit nooit</h3>
          <p className="wissel-text">{question.internalNote}</p>
        </div>
      )}
      {answer && (
        <div className="wissel-answer">
          <h3 className="wissel-answer__label">Antwoord</h3>
          <p className="wissel-text">{answer}</p>
        </div>
      )}
    </section>
  );
}

/** `+31612345678` as it is written here. */
function phoneWords(phone: string): string {
  const mobile = /^\+316(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(phone);
  if (mobile) return `06 ${mobile.slice(1).join(" ")}`;
  return phone.startsWith("+31") ? `0${phone.slice(3)}` : phone;
}

export function CustomerPanel({ subject: { customer, summary } }: { subject: Case }) {
  const name = [customer?.givenName, customer?.namePrefix, customer?.familyName]
    .filter(Boolean)
    .join(" ");
  const email = customer?.email ?? "";
  return (
    <section className="wissel-panel" aria-labelledby="deel-klant">
      <h2 id="deel-klant" className="wissel-panel__title">
        Klant
      </h2>
      <p className="wissel-customer__name">
        {[name, customer?.organisation].find(Boolean) ?? "Naam onbekend"}
      </p>
      {name && customer?.organisation && <p>{customer.organisation}</p>}
      {customer?.phone && (
        <p className="wissel-customer__phone">
          <a className="utrecht-link utrecht-link--html-a" href={`tel:${customer.phone}`}>
            {phoneWords(customer.phone)}
          </a>
        </p>
      )}
      <p>{email === "" ? <span className="wissel-muted">geen e-mailadres</span> : email}</p>
      {summary?.preferredMoment && (
        <p>
          <PreferredWords summary={summary} />
        </p>
      )}
    </section>
  );
}

/** What the agreements said when the contact came in, and why. */
export function DecisionSummary({ decision }: { decision: Decision }) {
  const teams = useTeams();
  return (
    <section className="wissel-panel" aria-labelledby="deel-keuze">
      <h2 id="deel-keuze" className="wissel-panel__title">
        Werkafspraak
      </h2>
      {decision.pending ? (
        <p>De verdeling was niet bereikbaar. Het KCC houdt de zaak vast.</p>
      ) : (
        <>
          <p>
            <strong>{outcomeLabel[decision.outcome]}</strong>
            {decision.teamId && `: ${teams.nameOf(decision.teamId)}`}
          </p>
          <DecisionSteps decision={decision} />
          <p>{decision.reason}</p>
          <p className="wissel-hint">
            Regel {decision.ruleId}, versie {decision.sopVersion.toString()}
          </p>
          <LosingRules decision={decision} />
        </>
      )}
    </section>
  );
}

function LosingRules({ decision: { losingRules } }: { decision: Decision }) {
  if (losingRules.length === 0) return null;
  return (
    <details className="wissel-details">
      <summary>Waarom niet een andere regel?</summary>
      <ul>
        {losingRules.map((rule) => (
          <li key={rule.ruleId}>
            <strong>{rule.ruleId}</strong>: {rule.reason}
          </li>
        ))}
      </ul>
    </details>
  );
}
