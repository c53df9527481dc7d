import { Outcome, type AddedContact, type Case, type Customer, type Decision } from "@wissel/api";
import { shortMoment } from "../lib/amsterdam.ts";
import { agoWords } from "../lib/due.ts";
import { channelLabel, outcomeLabel } from "../lib/labels.ts";
import { useTeams, useTopics } from "../lib/queries.ts";
import { PreferredWords } from "../ui/preferred-moment.tsx";
import { DecisionSteps } from "../ui/decision-steps.tsx";
import { RoutingExplanation } from "./routing-explanation.tsx";
import { dateOf } from "../ui/badges.tsx";
import { useNow } from "../ui/clock.ts";
import { ShownParagraph, ShownText, Subject } from "../ui/shown-text.tsx";
import { caseWords } from "./words.ts";
import { commonWords } from "../lib/words.ts";

/** The question, what colleagues wrote about it, and the answer if there is one. */
export function QuestionPanel({ subject }: { subject: Case }) {
  const topics = useTopics();
  const now = useNow();
  const { question, summary, answer } = subject;
  const received = dateOf(summary?.receivedAt);
  return (
    <section className="wissel-panel" aria-labelledby="deel-vraag">
      <h2 id="deel-vraag" className="wissel-panel__title">
        {commonWords.question}
      </h2>
      <p className="wissel-hint">
        {summary && channelLabel[summary.channel]}
        {question?.topicId && `, ${topics.nameOf(question.topicId)}`}
        {question?.urgent && <strong>{caseWords.urgent}</strong>}
        {received && caseWords.received(shortMoment(received, now), agoWords(received, now))}
      </p>
      {question?.text ? (
        <ShownParagraph text={question.text} />
      ) : (
        <p className="wissel-muted">{caseWords.subjectOnly}</p>
      )}
      {question?.internalNote && (
        <div className="wissel-internal wissel-internal--shown">
          <h3 className="wissel-internal__label">{caseWords.internalNote}</h3>
          <ShownParagraph text={question.internalNote} />
        </div>
      )}
      {answer && (
        <div className="wissel-answer">
          <h3 className="wissel-answer__label">{caseWords.answer}</h3>
          <ShownParagraph text={answer} />
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

/** `2511AB` as it is written. */
const postcodeWords = (postcode: string): string => postcode.replace(/^(\d{4})/, "$1 ");

const nameOf = (customer: Customer | undefined): string =>
  [customer?.givenName, customer?.namePrefix, customer?.familyName].filter(Boolean).join(" ");

export function CustomerPanel({ subject: { customer, summary } }: { subject: Case }) {
  const name = nameOf(customer);
  const email = customer?.email ?? "";
  return (
    <section className="wissel-panel" aria-labelledby="deel-klant">
      <h2 id="deel-klant" className="wissel-panel__title">
        {commonWords.customer}
      </h2>
      <p className="wissel-customer__name">
        <ShownText text={[name, customer?.organisation].find(Boolean) ?? commonWords.nameUnknown} />
      </p>
      {name && customer?.organisation && (
        <p>
          <ShownText text={customer.organisation} />
        </p>
      )}
      {customer?.phone && (
        <p className="wissel-customer__phone">
          <a className="utrecht-link utrecht-link--html-a" href={`tel:${customer.phone}`}>
            {phoneWords(customer.phone)}
          </a>
        </p>
      )}
      {customer?.postcode && <p>{postcodeWords(customer.postcode)}</p>}
      <p>
        {email === "" ? (
          <span className="wissel-muted">{caseWords.noEmail}</span>
        ) : (
          <ShownText text={email} />
        )}
      </p>
      {summary?.preferredMoment && (
        <p>
          <PreferredWords summary={summary} />
        </p>
      )}
    </section>
  );
}

/** What the agreements said when the contact came in, and why. */
export function DecisionSummary({ subject: { decision, ...subject } }: { subject: Case }) {
  if (!decision) return null;
  // An imported case was decided by the system that it came from.
  const none = decision.outcome === Outcome.UNSPECIFIED && decision.sopVersion === 0n;
  return (
    <section className="wissel-panel" aria-labelledby="deel-keuze">
      <h2 id="deel-keuze" className="wissel-panel__title">
        {commonWords.agreement}
      </h2>
      {decision.pending && <p>{caseWords.routingWasAway}</p>}
      {!decision.pending && none && <p className="wissel-muted">{caseWords.notRouted}</p>}
      {!decision.pending && !none && <Decided subject={{ ...subject, decision }} />}
    </section>
  );
}

function Decided({ subject }: { subject: Case & { decision: Decision } }) {
  const teams = useTeams();
  const { decision } = subject;
  return (
    <>
      <p>
        <strong>{outcomeLabel[decision.outcome]}</strong>
        {decision.teamId && `: ${teams.nameOf(decision.teamId)}`}
      </p>
      <DecisionSteps decision={decision} />
      <p>{decision.reason}</p>
      <p className="wissel-hint">
        {decision.ruleId
          ? caseWords.ruleOfVersion(decision.ruleId, decision.sopVersion)
          : caseWords.noRuleInVersion(decision.sopVersion)}
      </p>
      <RoutingExplanation subject={subject} decision={decision} />
    </>
  );
}

/** The same question once more, over whatever channel. */
export function AddedContacts({ subject }: { subject: Case }) {
  const { addedContacts } = subject;
  if (addedContacts.length === 0) return null;
  return (
    <section className="wissel-panel" aria-labelledby="deel-nogmaals">
      <h2 id="deel-nogmaals" className="wissel-panel__title">
        {addedContacts.length === 1
          ? caseWords.askedOnceMore
          : caseWords.askedAgain(addedContacts.length)}
      </h2>
      <ol className="wissel-added">
        {addedContacts.map((contact, place) => (
          <AddedItem key={place} contact={contact} />
        ))}
      </ol>
    </section>
  );
}

function AddedItem({
  contact: { channel, receivedAt, customer, question },
}: {
  contact: AddedContact;
}) {
  const now = useNow();
  const at = dateOf(receivedAt);
  const name = nameOf(customer);
  return (
    <li>
      <p className="wissel-hint">
        {channelLabel[channel]}
        {at && `, ${shortMoment(at, now)}`}
        {name && (
          <>
            , <ShownText text={name} />
          </>
        )}
        {customer?.phone && `, ${phoneWords(customer.phone)}`}
      </p>
      <p>
        <strong>
          <Subject of={question?.subject} />
        </strong>
      </p>
      {question?.text && <ShownParagraph text={question.text} />}
      {question?.internalNote && (
        <div className="wissel-internal wissel-internal--shown">
          <h3 className="wissel-internal__label">{caseWords.internalNote}</h3>
          <ShownParagraph text={question.internalNote} />
        </div>
      )}
    </li>
  );
}
