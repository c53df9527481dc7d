import { Button, LinkButton } from "@utrecht/component-library-react";
import { useMemo, useState } from "react";
import { ruleChanges } from "../document/changes.ts";
import {
  changeItem,
  insertRule,
  readSop,
  removeItem,
  type Rule,
  type Sop,
} from "../document/model.ts";
import { conditionWords, inOrder, namesOf, outcomeWordsOf } from "../document/plain-words.ts";
import { useTeams } from "../../lib/queries.ts";
import { Combobox } from "../../ui/combobox.tsx";
import { Empty, Notice } from "../../ui/states.tsx";
import { RuleForm } from "./rule-form.tsx";
import type { Editor } from "./use-editor.ts";
import { editorWords } from "./words.ts";
import { sopWords } from "../words.ts";

interface Props {
  editor: Editor;
  /** Rule to begin with. */
  ruleId: string;
  toLine: (line: number) => void;
}

/** A name that no rule has. */
function freeId(rules: readonly Rule[]): string {
  const taken = new Set(rules.map(({ id }) => id));
  for (let n = 1; ; n++) if (!taken.has(`nieuwe-afspraak-${n}`)) return `nieuwe-afspraak-${n}`;
}

/** The rules of the draft, one at a time in a form. */
export function RulesPart({ editor, ruleId, toLine }: Props) {
  const { document } = editor.text;
  const sop = useMemo(() => readSop(document), [document]);
  const { nameOf } = useTeams();
  const [place, setPlace] = useState(() => sop.rules.findIndex(({ id }) => id === ruleId));
  // A form keeps what is typed; another rule at the same place needs another form.
  const [form, setForm] = useState(0);
  const rule = sop.rules[place];
  const open = (next: number) => {
    setPlace(next);
    setForm((n) => n + 1);
  };
  if (sop.inline.includes("rules")) {
    return <Notice type="info">{editorWords.rulesInline}</Notice>;
  }
  const add = () => {
    const at = rule ? place : sop.rules.findIndex((each) => each.outcome && each.priority === 0);
    const before = at < 0 ? sop.rules.length : at;
    const team = [rule?.team].find(Boolean) ?? "kcc";
    editor.setDocument(insertRule(document, before, freeId(sop.rules), team));
    open(before);
  };
  const remove = () => {
    editor.setDocument(removeItem(document, "rules", place));
    open(-1);
  };
  const items = inOrder(sop.rules).map((each) => ({ id: String(each.place), name: each.id }));
  return (
    <div className="wissel-panel wissel-stack">
      <div className="wissel-period wissel-period--tight">
        <Combobox
          label={sopWords.ruleColumn}
          items={items}
          value={rule ? String(place) : ""}
          onChange={(chosen) => chosen !== "" && open(Number(chosen))}
          className="wissel-sop__filter"
        />
        {!editor.readOnly && (
          <Button appearance="secondary-action-button" onClick={add}>
            {rule ? editorWords.newRuleAbove : editorWords.newRule}
          </Button>
        )}
      </div>
      {ruleId && place < 0 && <Notice type="info">{editorWords.ruleNotHere(ruleId)}</Notice>}
      {rule ? (
        <OneRule
          key={`${place} ${form}`}
          {...{ rule, sop, nameOf, remove, toLine }}
          readOnly={editor.readOnly}
          onChange={(next) =>
            editor.setDocument(changeItem(document, "rules", place, ruleChanges(rule, next)))
          }
        />
      ) : (
        <Empty title={editorWords.chooseRule}>{editorWords.chooseRuleHint}</Empty>
      )}
    </div>
  );
}

interface OneProps {
  rule: Rule;
  sop: Sop;
  nameOf: (teamId: string) => string;
  readOnly: boolean;
  onChange: (rule: Rule) => void;
  remove: () => void;
  toLine: (line: number) => void;
}

function OneRule({ rule, sop, nameOf, readOnly, onChange, remove, toLine }: OneProps) {
  const names = namesOf(sop, nameOf);
  const [sure, setSure] = useState(false);
  const said = conditionWords(rule.when, names);
  const line = (
    <LinkButton inline onClick={() => toLine(rule.line)}>
      {editorWords.atLine(rule.line)}
    </LinkButton>
  );
  if (!rule.readable) {
    return (
      <Notice type="warning">
        {editorWords.unreadableRule}
        {line}.
      </Notice>
    );
  }
  return (
    <>
      <p className="wissel-rule__summary" role="status">
        <strong>{outcomeWordsOf(rule, names)}</strong>{" "}
        {said.length === 0 ? editorWords.always : editorWords.when(said.join(" en "))}
        {rule.unless.length > 0 && editorWords.exceptions(rule.unless.length)}
        {editorWords.standsAt}
        {line}.
      </p>
      <RuleForm rule={rule} sop={sop} disabled={readOnly} onChange={onChange} />
      {!readOnly && (
        <div className="wissel-form__submit wissel-form__submit--tight">
          {sure ? (
            <>
              <span>{editorWords.removeSure(rule.id)}</span>
              <Button appearance="secondary-action-button" hint="danger" onClick={remove}>
                {editorWords.removeYes}
              </Button>
              <Button appearance="subtle-button" onClick={() => setSure(false)}>
                {editorWords.no}
              </Button>
            </>
          ) : (
            <Button appearance="subtle-button" onClick={() => setSure(true)}>
              {editorWords.removeRule}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
