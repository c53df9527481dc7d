import { Button } from "@utrecht/component-library-react";
import type { Draft, Misroute, MisroutedCase } from "@wissel/api";
import { Link } from "wouter";
import { mayEditSop, mayOpenCases } from "../../lib/access.ts";
import { problemOf } from "../../lib/errors.ts";
import { partWords } from "../../lib/share.ts";
import { byRule, type RuleMisroutes } from "./misroutes.ts";
import { useTeams } from "../../lib/queries.ts";
import { formatReference } from "../../lib/reference.ts";
import { draftPath, useDrafts, useNewDraft } from "../use-sop.ts";
import { useSession } from "../../lib/session-context.ts";
import { Scroll } from "../../ui/scroll.tsx";
import { ShownText } from "../../ui/shown-text.tsx";
import { Problem } from "../../ui/states.tsx";
import { sopWords } from "../words.ts";
import { commonWords } from "../../lib/words.ts";

interface Props {
  misroutes: readonly Misroute[];
  stale: boolean;
}

const number = (n: bigint): string => n.toLocaleString("nl-NL");

/** A row for each rule and team, a column for each team where contacts belonged. */
export function MisroutesTable({ misroutes, stale }: Props) {
  const { nameOf } = useTeams();
  const table = byRule(misroutes);
  const edit = useNewDraft();
  const problem = edit.isError ? problemOf(edit.error) : undefined;
  return (
    <>
      <Problem problem={problem} />
      <Scroll label={sopWords.misroutesTable}>
        <table className="utrecht-table wissel-table wissel-table--misroutes" aria-busy={stale}>
          <caption className="wissel-unseen">{sopWords.misroutesCaption}</caption>
          <thead>
            <tr>
              <th scope="col">{sopWords.ruleColumn}</th>
              <th scope="col">{sopWords.cameTo}</th>
              {table.to.map((teamId) => (
                <th key={teamId} scope="col" className="wissel-number">
                  {teamId ? sopWords.belongsTo(nameOf(teamId)) : sopWords.unknown}
                </th>
              ))}
              <th scope="col" className="wissel-number">
                {sopWords.together}
              </th>
              <th scope="col" className="wissel-number">
                {commonWords.percentage}
              </th>
              <th scope="col">
                <span className="wissel-unseen">{sopWords.edit}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <RuleRow
                key={`${row.ruleId} ${row.fromTeamId}`}
                row={row}
                to={table.to}
                edit={edit}
              />
            ))}
          </tbody>
        </table>
      </Scroll>
      <Examples rows={table.rows} />
    </>
  );
}

interface RowProps {
  row: RuleMisroutes;
  to: readonly string[];
  edit: ReturnType<typeof useNewDraft>;
}

function RuleRow({ row, to, edit }: RowProps) {
  const { nameOf } = useTeams();
  const session = useSession();
  return (
    <tr>
      <th scope="row">
        {row.ruleId || sopWords.noRule}
        <span className="wissel-row__second">{sopWords.version(row.sopVersion)}</span>
      </th>
      <td>{nameOf(row.fromTeamId)}</td>
      {to.map((teamId) => (
        <td key={teamId} className="wissel-number">
          {number(row.count(teamId))}
        </td>
      ))}
      <td className="wissel-number">{sopWords.casesOf(number(row.cases), number(row.routed))}</td>
      <td className="wissel-number">{partWords(row.cases, row.routed)}</td>
      <td className="wissel-row__action">
        {row.ruleId && mayEditSop(session) && <ToDraft ruleId={row.ruleId} edit={edit} />}
      </td>
    </tr>
  );
}

/** At the rule: in the draft that was changed last, or in a new one. */
function ToDraft({ ruleId, edit }: { ruleId: string; edit: RowProps["edit"] }) {
  const drafts = useDrafts();
  const last: Draft | undefined = drafts.data?.[0];
  return (
    <span className="wissel-misroutes__edit">
      {last && (
        <Link
          href={draftPath(last.draftId, ruleId)}
          className="utrecht-link utrecht-link--html-a"
          aria-label={sopWords.editInDraft(ruleId, last.title)}
        >
          {sopWords.editIn(last.title)}
        </Link>
      )}
      <Button
        appearance="secondary-action-button"
        busy={edit.isPending}
        aria-label={sopWords.editInNewDraft(ruleId)}
        onClick={() => edit.mutate({ title: sopWords.editRule(ruleId), ruleId })}
      >
        {sopWords.newDraft}
      </Button>
    </span>
  );
}

function Examples({ rows }: { rows: readonly RuleMisroutes[] }) {
  const { nameOf } = useTeams();
  return (
    <section className="wissel-panel wissel-misroutes" aria-labelledby="deel-voorbeelden">
      <h2 id="deel-voorbeelden" className="wissel-panel__title">
        {sopWords.whatTeamsSay}
      </h2>
      {rows.map((row) => (
        <details key={`${row.ruleId} ${row.fromTeamId}`} className="wissel-details">
          <summary>
            {sopWords.ruleAtTeam(
              row.ruleId || "Geen afspraak",
              nameOf(row.fromTeamId),
              number(row.cases),
            )}
          </summary>
          <ul className="wissel-misroutes__examples">
            {row.examples.map((example) => (
              <Example key={example.reference.toString()} example={example} />
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
}

function Example({ example: { reference, reason } }: { example: MisroutedCase }) {
  const session = useSession();
  const shown = sopWords.caseOf(formatReference(reference));
  return (
    <li>
      {mayOpenCases(session) ? (
        <Link href={`/zaak/${reference}`} className="utrecht-link utrecht-link--html-a">
          {shown}
        </Link>
      ) : (
        shown
      )}
      {reason && (
        <>
          : <ShownText text={reason} />
        </>
      )}
    </li>
  );
}
