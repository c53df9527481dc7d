import { useMemo, useState } from "react";
import { isoDayWords } from "../lib/amsterdam.ts";
import type { Sop } from "./document/model.ts";
import { groupRules, namesOf, type Grouping, type RuleWords } from "./document/plain-words.ts";
import { useTeams } from "../lib/queries.ts";
import { Choice } from "../ui/choice.tsx";
import { TextField } from "../ui/fields.tsx";
import { Empty } from "../ui/states.tsx";
import { sopWords } from "./words.ts";
import { commonWords } from "../lib/words.ts";

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
          label={sopWords.search}
          type="search"
          value={filter}
          onChange={onFilter}
          className="wissel-sop__filter"
        />
        <Choice<Grouping>
          legend={sopWords.groupBy}
          value={by}
          onChange={setBy}
          options={[
            { value: "thema", label: commonWords.topic },
            { value: "team", label: commonWords.team },
            { value: "volgorde", label: sopWords.order },
          ]}
        />
        <p className="wissel-hint" role="status">
          {shown === sop.rules.length
            ? sopWords.count(shown)
            : sopWords.countOf(shown, sop.rules.length)}
        </p>
      </div>
      {shown === 0 && <Empty title={commonWords.noRuleFound}>{sopWords.noneFoundAdvice}</Empty>}
      {groups.map((group) => (
        <section
          key={group.name}
          className="wissel-rules"
          aria-label={group.name || sopWords.rules}
        >
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
      <span className="wissel-unseen">{commonWords.opensInNewTab}</span>
    </a>
  );
}

function RuleItem({ words }: { words: RuleWords }) {
  const { rule, conditions, exceptions, outcome } = words;
  const { nameOf } = useTeams();
  const teamSaid = rule.outcome === "queue" || !rule.team;
  return (
    <li className="wissel-rule" id={`afspraak-${rule.id}`} data-outcome={rule.outcome}>
      <p className="wissel-rule__outcome">{rule.readable ? outcome : sopWords.unreadable}</p>
      <p>
        {conditions.length === 0 ? sopWords.always : sopWords.when(conditions.join(" en "))}
        {exceptions.length > 0 && sopWords.unless(exceptions.join("; of als "))}
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
        <span>{sopWords.ruleWithPriority(rule.id, rule.priority)}</span>
        {!teamSaid && <span>{sopWords.owner(nameOf(rule.team))}</span>}
        {rule.reviewBy && <span>{sopWords.reviewBefore(isoDayWords(rule.reviewBy))}</span>}
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
        {sopWords.script}
        <span className="wissel-unseen">{sopWords.atRule(rule.id)}</span>
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
