import { LinkButton } from "@utrecht/component-library-react";
import { useMemo, useState } from "react";
import { teamChanges } from "../document/changes.ts";
import { changeItem, readSop } from "../document/model.ts";
import { useTeams } from "../../lib/queries.ts";
import { SelectField } from "../../ui/fields.tsx";
import { Empty, Notice } from "../../ui/states.tsx";
import { TeamForm } from "./team-form.tsx";
import type { Editor } from "./use-editor.ts";
import { editorWords } from "./words.ts";
import { commonWords } from "../../lib/words.ts";

interface Props {
  editor: Editor;
  toLine: (line: number) => void;
}

/** What the draft says of each team, one at a time in a form. */
export function TeamsPart({ editor, toLine }: Props) {
  const { document } = editor.text;
  const { teams } = useMemo(() => readSop(document), [document]);
  const { nameOf } = useTeams();
  const [place, setPlace] = useState(0);
  const team = teams[place];
  if (!team) {
    return <Empty title={editorWords.noTeams}>{editorWords.noTeamsHint}</Empty>;
  }
  return (
    <div className="wissel-panel wissel-stack">
      <SelectField
        label={commonWords.team}
        className="wissel-sop__filter"
        value={String(place)}
        onChange={(value) => setPlace(Number(value))}
        options={teams.map((each) => ({ value: String(each.place), label: nameOf(each.id) }))}
      />
      <p>
        {editorWords.standsAtStart}
        <LinkButton inline onClick={() => toLine(team.line)}>
          {editorWords.atLine(team.line)}
        </LinkButton>
        .
      </p>
      {team.readable ? (
        <TeamForm
          key={place}
          team={team}
          disabled={editor.readOnly}
          onChange={(next) =>
            editor.setDocument(changeItem(document, "teams", place, teamChanges(team, next)))
          }
        />
      ) : (
        <Notice type="warning">{editorWords.unreadableTeam}</Notice>
      )}
    </div>
  );
}
