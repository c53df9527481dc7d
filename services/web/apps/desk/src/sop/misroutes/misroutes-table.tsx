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
      <Scroll label="Verkeerd doorgezet per afspraak">
        <table className="utrecht-table wissel-table wissel-table--misroutes" aria-busy={stale}>
          <caption className="wissel-unseen">
            Per afspraak en team: hoeveel contacten bij welk team hoorden
          </caption>
          <thead>
            <tr>
              <th scope="col">Afspraak</th>
              <th scope="col">Kwam bij</th>
              {table.to.map((teamId) => (
                <th key={teamId} scope="col" className="wissel-number">
                  {teamId ? `Hoort bij ${nameOf(teamId)}` : "Onbekend"}
                </th>
              ))}
              <th scope="col" className="wissel-number">
                Samen
              </th>
              <th scope="col" className="wissel-number">
                Percentage
              </th>
              <th scope="col">
                <span className="wissel-unseen">Aanpassen</span>
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
        {row.ruleId || "Geen afspraak"}
        <span className="wissel-row__second">versie {row.sopVersion.toString()}</span>
      </th>
      <td>{nameOf(row.fromTeamId)}</td>
      {to.map((teamId) => (
        <td key={teamId} className="wissel-number">
          {number(row.count(teamId))}
        </td>
      ))}
      <td className="wissel-number">
        {number(row.cases)} van {number(row.routed)}
      </td>
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
          aria-label={`Afspraak ${ruleId} aanpassen in concept ${last.title}`}
        >
          Aanpassen in ‘{last.title}’
        </Link>
      )}
      <Button
        appearance="secondary-action-button"
        busy={edit.isPending}
        aria-label={`Afspraak ${ruleId} aanpassen in een nieuw concept`}
        onClick={() => edit.mutate({ title: `Afspraak ${ruleId} aanpassen`, ruleId })}
      >
        Nieuw concept
      </Button>
    </span>
  );
}

function Examples({ rows }: { rows: readonly RuleMisroutes[] }) {
  const { nameOf } = useTeams();
  return (
    <section className="wissel-panel wissel-misroutes" aria-labelledby="deel-voorbeelden">
      <h2 id="deel-voorbeelden" className="wissel-panel__title">
        Wat teams erover zeggen
      </h2>
      {rows.map((row) => (
        <details key={`${row.ruleId} ${row.fromTeamId}`} className="wissel-details">
          <summary>
            {row.ruleId || "Geen afspraak"}, bij {nameOf(row.fromTeamId)}: {number(row.cases)}
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
  const shown = `Zaak ${formatReference(reference)}`;
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
