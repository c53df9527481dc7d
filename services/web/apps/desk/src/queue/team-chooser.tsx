import type { QueueCounts } from "@wissel/api";
import { Link, useLocation } from "wouter";
import { useTeams } from "../lib/queries.ts";
import { useSession } from "../lib/session-context.ts";
import { SelectField } from "../ui/fields.tsx";
import { queueWords } from "./words.ts";
import { commonWords } from "../lib/words.ts";

interface Props {
  teamId: string;
  counts: readonly QueueCounts[];
}

const pathOf = (teamId: string): string => `/werkvoorraad/${encodeURIComponent(teamId)}`;

/** The queues one may see, own teams first: a list beside the table, a select on a small screen. */
export function TeamChooser({ teamId, counts }: Props) {
  const teams = useTeams();
  const { teamIds } = useSession();
  const [, navigate] = useLocation();
  const named = counts
    .map((c) => ({ ...c, name: teams.nameOf(c.teamId), own: teamIds.includes(c.teamId) }))
    .sort((a, b) => Number(b.own) - Number(a.own) || a.name.localeCompare(b.name, "nl"));
  if (named.length < 2) return null;
  const groups = [
    { label: queueWords.ownTeams, rows: named.filter((row) => row.own) },
    { label: queueWords.otherTeams, rows: named.filter((row) => !row.own) },
  ].filter((group) => group.rows.length > 0);
  return (
    <>
      <nav className="wissel-teams" aria-label={commonWords.teams}>
        {groups.map((group) => (
          <section key={group.label}>
            <h2 className="wissel-teams__group">{group.label}</h2>
            <ul>
              {group.rows.map((row) => (
                <li key={row.teamId}>
                  <Link
                    href={pathOf(row.teamId)}
                    className="wissel-teams__link"
                    aria-current={row.teamId === teamId ? "page" : undefined}
                  >
                    <span>{row.name}</span>
                    <span className="wissel-teams__count">
                      {row.overdue > 0 && (
                        <span className="wissel-teams__late">
                          {row.overdue}
                          <span className="wissel-unseen">{queueWords.overdueAfterCount}</span>
                        </span>
                      )}
                      {row.open}
                      <span className="wissel-unseen">{queueWords.openAfterCount}</span>
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
      <div className="wissel-teams-select">
        <SelectField
          label={commonWords.team}
          value={teamId}
          onChange={(next) => navigate(pathOf(next))}
          options={named.map((row) => ({ value: row.teamId, label: `${row.name} (${row.open})` }))}
        />
      </div>
    </>
  );
}
