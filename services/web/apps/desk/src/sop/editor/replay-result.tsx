import type { Decision, ReplayedContact, ReplayLoad, ReplayResult } from "@wissel/api";
import { Outcome } from "@wissel/api";
import { Link } from "wouter";
import { mayOpenCases } from "../../lib/access.ts";
import { shortMoment } from "../../lib/amsterdam.ts";
import { channelLabel, outcomeLabel } from "../../lib/labels.ts";
import { matrixOf } from "../../lib/matrix.ts";
import { partWords, shareWords } from "../../lib/share.ts";
import { useTeams, useTopics } from "../../lib/queries.ts";
import { formatReference } from "../../lib/reference.ts";
import { useSession } from "../../lib/session-context.ts";
import { dateOf } from "../../ui/badges.tsx";
import { useNow } from "../../ui/clock.ts";
import { Scroll } from "../../ui/scroll.tsx";
import { Empty } from "../../ui/states.tsx";
import { editorWords } from "./words.ts";
import { commonWords } from "../../lib/words.ts";
import { sopWords } from "../words.ts";

const number = (n: bigint): string => n.toLocaleString("nl-NL");

/** How many move, from where to where, and what each team would get. */
export function ReplayResultView({ result }: { result: ReplayResult }) {
  if (result.contacts === 0n) {
    return <Empty title={commonWords.noContactsInPeriod}>{commonWords.chooseOtherPeriod}</Empty>;
  }
  return (
    <>
      <p className="wissel-replay__sum" role="status">
        <strong>{editorWords.contactsOf(number(result.moved), number(result.contacts))}</strong>
        {editorWords.wouldMove(partWords(result.moved, result.contacts))}
      </p>
      {result.moves.length > 0 && <Moves result={result} />}
      <Outcomes result={result} />
      {result.loads.length > 0 && <Loads loads={result.loads} />}
      {result.changed.length > 0 && <Changed result={result} />}
    </>
  );
}

function Moves({ result }: { result: ReplayResult }) {
  const { nameOf } = useTeams();
  const matrix = matrixOf(
    result.moves.map(({ fromTeamId, toTeamId, contacts }) => ({
      from: fromTeamId,
      to: toTeamId,
      count: contacts,
    })),
  );
  const name = (teamId: string) => (teamId ? nameOf(teamId) : editorWords.noTeam);
  return (
    <Scroll label={editorWords.moves}>
      <table className="utrecht-table wissel-table">
        <caption className="wissel-table__caption">{editorWords.movesCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{editorWords.nowAt}</th>
            {matrix.to.map((to) => (
              <th key={to} scope="col" className="wissel-number">
                {name(to)}
              </th>
            ))}
            <th scope="col" className="wissel-number">
              {sopWords.together}
            </th>
          </tr>
        </thead>
        <tbody>
          {matrix.from.map((from) => (
            <tr key={from}>
              <th scope="row">{name(from)}</th>
              {matrix.to.map((to) => (
                <td key={to} className="wissel-number">
                  {matrix.at(from, to) > 0n ? number(matrix.at(from, to)) : "–"}
                </td>
              ))}
              <td className="wissel-number">{number(matrix.rowTotal(from))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Outcomes({ result }: { result: ReplayResult }) {
  const changed = result.outcomes.filter(({ before, after }) => before !== after);
  if (changed.length === 0) return null;
  return (
    <p>
      {changed
        .map(({ outcome, before, after }) =>
          editorWords.outcomeBecomes(outcomeLabel[outcome], number(before), number(after)),
        )
        .join(". ")}
      .
    </p>
  );
}

/** "1,25 keer zoveel werk". */
function pressureWords(pressure: number | undefined): string {
  if (pressure === undefined) return "–";
  return `${pressure.toLocaleString("nl-NL", { maximumFractionDigits: 2 })} ×`;
}

function Loads({ loads }: { loads: readonly ReplayLoad[] }) {
  const { nameOf } = useTeams();
  const size = ({ before, after }: ReplayLoad) => Number(before > after ? before : after);
  return (
    <Scroll label={editorWords.loads}>
      <table className="utrecht-table wissel-table">
        <caption className="wissel-table__caption">{editorWords.loads}</caption>
        <thead>
          <tr>
            <th scope="col">{commonWords.team}</th>
            <th scope="col" className="wissel-number">
              {editorWords.now}
            </th>
            <th scope="col" className="wissel-number">
              {editorWords.becomes}
            </th>
            <th scope="col" className="wissel-number">
              {editorWords.busiestDay}
            </th>
            <th scope="col" className="wissel-number">
              {editorWords.nowInTime}
            </th>
            <th scope="col" className="wissel-number">
              {editorWords.pressure}
            </th>
          </tr>
        </thead>
        <tbody>
          {[...loads]
            .sort((a, b) => size(b) - size(a))
            .map((load) => (
              <tr key={load.teamId} data-changed={load.before !== load.after}>
                <th scope="row">{load.teamId ? nameOf(load.teamId) : editorWords.noTeam}</th>
                <td className="wissel-number">{number(load.before)}</td>
                <td className="wissel-number">{number(load.after)}</td>
                <td className="wissel-number">
                  {number(load.busiestDayBefore)} → {number(load.busiestDayAfter)}
                </td>
                <td className="wissel-number">
                  {load.shareMet === undefined ? "–" : shareWords(load.shareMet)}
                </td>
                <td className="wissel-number">{pressureWords(load.normPressure)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Changed({ result }: { result: ReplayResult }) {
  const listed = result.changed.length;
  return (
    <Scroll label={editorWords.movedContacts}>
      <table className="utrecht-table wissel-table">
        <caption className="wissel-table__caption">
          {editorWords.movedContacts}
          {result.moved > BigInt(listed) && editorWords.theLast(listed)}
        </caption>
        <thead>
          <tr>
            <th scope="col">{commonWords.case}</th>
            <th scope="col">{commonWords.received}</th>
            <th scope="col">{commonWords.question}</th>
            <th scope="col">{editorWords.now}</th>
            <th scope="col">{editorWords.becomes}</th>
          </tr>
        </thead>
        <tbody>
          {result.changed.map((contact) => (
            <ChangedRow key={contact.reference.toString()} contact={contact} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function ChangedRow({ contact }: { contact: ReplayedContact }) {
  const now = useNow();
  const session = useSession();
  const topics = useTopics();
  const at = dateOf(contact.receivedAt);
  const reference = formatReference(contact.reference);
  return (
    <tr>
      <td>
        {mayOpenCases(session) ? (
          <Link href={`/zaak/${contact.reference}`} className="utrecht-link utrecht-link--html-a">
            {reference}
          </Link>
        ) : (
          reference
        )}
      </td>
      <td>{at && shortMoment(at, now)}</td>
      <td>
        {channelLabel[contact.channel]}
        {contact.topicId && `, ${topics.nameOf(contact.topicId)}`}
      </td>
      <td>
        <Went decision={contact.before} />
      </td>
      <td>
        <Went decision={contact.after} />
      </td>
    </tr>
  );
}

function Went({ decision }: { decision: Decision | undefined }) {
  const { nameOf } = useTeams();
  if (!decision) return <>–</>;
  const { outcome, teamId, ruleId } = decision;
  const words =
    outcome === Outcome.QUEUE ? editorWords.toTeam(nameOf(teamId)) : outcomeLabel[outcome];
  return (
    <>
      {words}
      <span className="wissel-row__second">{ruleId}</span>
    </>
  );
}
