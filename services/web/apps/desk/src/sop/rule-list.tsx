import { useMemo, useState } from "react";
import { isoDayWords } from "../lib/amsterdam.ts";
import type { Sop } from "./document/model.ts";
import { groupRules, namesOf, type Grouping, type RuleWords } from "./document/plain-words.ts";
import { useTeams } from "../lib/queries.ts";
import { Choice } from "../ui/choice.tsx";
import { TextField } from "../ui/fields.tsx";
import { Empty } from "../ui/states.tsx";

interface Props {
  sop: Sop;
  filter: string;
  onFilter: (filter: string) => void;
}

/** Every rule in plain words, in groups, with a filter. */
export function RuleList({ sop, filter, onFilter }: Props) {
  const [by, setBy] = useState<Grouping>("thema");
  const { nameOf } = useTeams();
  const groups = useMemo(
    () => groupRules(sop, namesOf(sop, nameOf), by, filter),
    [sop, nameOf, by, filter],
  );
  const shown = groups.reduce((sum, group) => sum + group.rules.length, 0);
  return (
    <>
      <div className="wissel-panel wissel-period">
        <TextField
          label="Zoek in de afspraken"
          type="search"
          value={filter}
          onChange={onFilter}
          className="wissel-sop__filter"
        />
        <Choice<Grouping>
          legend="Groepeer op"
          value={by}
          onChange={setBy}
          options={[
            { value: "thema", label: "Thema" },
            { value: "team", label: "Team" },
            { value: "volgorde", label: "Volgorde" },
          ]}
        />
        <p className="wissel-hint" role="status">
          {shown === sop.rules.length
            ? `${shown} afspraken`
            : `${shown} van ${sop.rules.length} afspraken`}
        </p>
      </div>
      {shown === 0 && (
        <Empty title="Geen afspraak gevonden">
          Probeer een ander woord, of maak het veld leeg.
        </Empty>
      )}
      {groups.map((group) => (
        <section key={group.name} className="wissel-rules" aria-label={group.name || "Afspraken"}>
          {group.name && <h2 className="wissel-rules__title">{group.name}</h2>}
          <ul className="wissel-rules__list">
            {group.rules.map((words) => (
              <RuleItem key={words.rule.place} words={words} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function Target({ to }: { to: string }) {
  if (!to.startsWith("https://")) return <>{to}</>;
  return (
    <a className="utrecht-link utrecht-link--html-a" href={to} target="_blank" rel="noreferrer">
      {to.replace(/^https:\/\/(www\.)?/, "")}
      <span className="wissel-unseen"> (opent in een nieuw tabblad)</span>
    </a>
  );
}

function RuleItem({ words }: { words: RuleWords }) {
  const { rule, conditions, exceptions, outcome } = words;
  const { nameOf } = useTeams();
  const teamSaid = rule.outcome === "queue" || !rule.team;
  return (
    <li className="wissel-rule" id={`afspraak-${rule.id}`} data-outcome={rule.outcome}>
      <p className="wissel-rule__outcome">{rule.readable ? outcome : "Niet te lezen"}</p>
      <p>
        {conditions.length === 0 ? "Voor al het andere." : `Als ${conditions.join(" en ")}.`}
        {exceptions.length > 0 && ` Behalve als ${exceptions.join("; of als ")}.`}
      </p>
      {(rule.to || rule.phone) && rule.outcome === "steer" && (
        <p>
          <Target to={rule.to} />
          {rule.to && rule.phone && ", "}
          {rule.phone}
        </p>
      )}
      <Details rule={rule} />
      <p className="wissel-hint wissel-rule__foot">
        <span>
          Afspraak {rule.id}, prioriteit {rule.priority}
        </span>
        {!teamSaid && <span>Eigenaar: {nameOf(rule.team)}</span>}
        {rule.reviewBy && <span>Controleren vóór {isoDayWords(rule.reviewBy)}</span>}
      </p>
    </li>
  );
}

function Details({ rule }: { rule: RuleWords["rule"] }) {
  const { script, questions, answers } = rule;
  if (!script && questions.length === 0 && answers.length === 0) return null;
  return (
    <details className="wissel-details">
      <summary>
        Wat u kunt zeggen
        <span className="wissel-unseen"> bij afspraak {rule.id}</span>
      </summary>
      {script && <p className="wissel-rule__script">{script}</p>}
      {questions.length > 0 && (
        <ul>
          {questions.map((question) => (
            <li key={question}>{question}</li>
          ))}
        </ul>
      )}
      {answers.length > 0 && (
        <dl className="wissel-answers">
          {answers.map(({ question, answer }) => (
            <div key={question}>
              <dt>{question}</dt>
              <dd>{answer}</dd>
            </div>
          ))}
        </dl>
      )}
    </details>
  );
}
