import { Button } from "@utrecht/component-library-react";
import { MatchKind, type OpenQuestion } from "@wissel/api";
import { useEffect } from "react";
import { agoWords } from "../lib/due.ts";
import { channelLabel } from "../lib/labels.ts";
import { useTeams, useTopics } from "../lib/queries.ts";
import { formatReference } from "../lib/reference.ts";
import { useAnnounce } from "../ui/announcer.tsx";
import { dateOf, Due } from "../ui/badges.tsx";
import { useNow } from "../ui/clock.ts";
import { Kbd } from "../ui/kbd.tsx";
import { Subject } from "../ui/shown-text.tsx";
import { registerWords } from "./words.ts";
import { commonWords } from "../lib/words.ts";

const matchLabel: Readonly<Record<MatchKind, string>> = {
  [MatchKind.UNSPECIFIED]: "",
  [MatchKind.PHONE]: registerWords.samePhone,
  [MatchKind.EMAIL]: registerWords.sameEmail,
  [MatchKind.NAME_AND_POSTCODE]: registerWords.sameNameAndPostcode,
};

/** What matters is the surest one; the form needs the room. */
const SHOWN = 2;

interface Props {
  questions: readonly OpenQuestion[];
  onAttach: (reference: bigint) => void;
  locked: boolean;
}

/** That the customer asked this before, and the way to add this contact to that case. */
export function OpenQuestions({ questions, onAttach, locked }: Props) {
  const announce = useAnnounce();
  const count = questions.length;
  useEffect(() => {
    if (count > 0) announce(registerWords.openQuestionSaid);
  }, [announce, count]);
  if (count === 0) return null;
  return (
    <section className="wissel-panel wissel-open" aria-labelledby="deel-open-vraag">
      <h2 id="deel-open-vraag" className="wissel-panel__title">
        {count === 1 ? registerWords.oneOpenQuestion : registerWords.openQuestions(count)}
      </h2>
      <p className="wissel-hint">{registerWords.openQuestionHint}</p>
      <List questions={questions.slice(0, SHOWN)} {...{ onAttach, locked }} withKey />
      {count > SHOWN && (
        <details className="wissel-details">
          <summary>{registerWords.moreQuestions(count - SHOWN)}</summary>
          <List questions={questions.slice(SHOWN)} {...{ onAttach, locked }} withKey={false} />
        </details>
      )}
    </section>
  );
}

interface ListProps extends Props {
  /** The first one goes by a key. */
  withKey: boolean;
}

function List({ questions, onAttach, locked, withKey }: ListProps) {
  return (
    <ul className="wissel-open__list">
      {questions.map((question, place) => (
        <Item
          key={question.case?.reference.toString()}
          {...{ question, onAttach, locked }}
          first={withKey && place === 0}
        />
      ))}
    </ul>
  );
}

interface ItemProps extends Omit<Props, "questions"> {
  question: OpenQuestion;
  first: boolean;
}

function Item({ question, onAttach, locked, first }: ItemProps) {
  const { case: found, matches, sameTopic } = question;
  const teams = useTeams();
  const topics = useTopics();
  const now = useNow();
  if (!found) return null;
  const received = dateOf(found.receivedAt);
  const why = [
    ...matches.map((match) => matchLabel[match]),
    ...(sameTopic ? [registerWords.sameTopic] : []),
  ];
  const number = formatReference(found.reference);
  return (
    <li>
      <p>
        <a
          className="utrecht-link utrecht-link--html-a"
          href={`/zaak/${found.reference}`}
          target="_blank"
          rel="noreferrer"
        >
          {registerWords.caseOfNumber(number)}
          <span className="wissel-unseen">{commonWords.opensInNewTab}</span>
        </a>
        :{" "}
        <strong>
          <Subject of={found.subject} />
        </strong>
      </p>
      <p className="wissel-hint">
        {channelLabel[found.channel]}
        {received && `, ${agoWords(received, now)}`}
        {found.topicId && `, ${topics.nameOf(found.topicId)}`}
        {registerWords.liesWith(found.teamId ? teams.nameOf(found.teamId) : commonWords.theKcc)}
      </p>
      <p>
        <Due at={found.dueAt} />
      </p>
      <p className="wissel-hint">{registerWords.foundBy(why.filter(Boolean).join(", "))}</p>
      <div className="wissel-form__submit wissel-form__submit--tight">
        <Button
          appearance="secondary-action-button"
          disabled={locked}
          onClick={() => onAttach(found.reference)}
        >
          {registerWords.addTo(number)}
        </Button>
        {first && <Kbd>Alt+K</Kbd>}
      </div>
    </li>
  );
}
