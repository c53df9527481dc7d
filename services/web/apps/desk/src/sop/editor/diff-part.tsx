import { useQuery } from "@tanstack/react-query";
import { ChangeKind, type SopChange } from "@wissel/api";
import { useTeams } from "../../lib/queries.ts";
import { api } from "../../lib/clients.ts";
import { Empty, Failed, Loading } from "../../ui/states.tsx";
import { editorWords } from "./words.ts";
import { commonWords } from "../../lib/words.ts";
import { sopWords } from "../words.ts";

const kindLabel: Readonly<Record<ChangeKind, string>> = {
  [ChangeKind.UNSPECIFIED]: editorWords.different,
  [ChangeKind.ADDED]: editorWords.added,
  [ChangeKind.REMOVED]: editorWords.removed,
  [ChangeKind.CHANGED]: editorWords.changed,
  [ChangeKind.MOVED]: editorWords.moved,
};

const partLabel: Readonly<Record<string, string>> = {
  rule: sopWords.ruleColumn,
  team: commonWords.team,
  topic: commonWords.topic,
  area: editorWords.area,
  menu: editorWords.menu,
};

/** What the text on screen changes in the SOP in force. */
export function DiffPart({ document }: { document: string }) {
  const { nameOf } = useTeams();
  const query = useQuery({
    queryKey: ["sop", "diff", document],
    queryFn: () => api.sop.diffSop({ to: { which: { case: "document", value: document } } }),
    retry: false,
    gcTime: 0,
  });
  if (query.isPending) return <Loading what={editorWords.theDiff} />;
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  const { changes, teamIds } = query.data;
  if (changes.length === 0) {
    return <Empty title={editorWords.noDiff}>{editorWords.noDiffHint}</Empty>;
  }
  return (
    <div className="wissel-panel">
      <p>{editorWords.changes(changes.length, teamIds.map(nameOf).join(", "))}</p>
      <ol className="wissel-changes">
        {changes.map((change) => (
          <Change key={`${change.part} ${change.id} ${change.kind}`} change={change} />
        ))}
      </ol>
    </div>
  );
}

const tones: Partial<Record<ChangeKind, string>> = {
  [ChangeKind.ADDED]: "good",
  [ChangeKind.REMOVED]: "bad",
  [ChangeKind.CHANGED]: "pending",
  [ChangeKind.MOVED]: "queued",
};

function Change({ change }: { change: SopChange }) {
  const { kind, part, id, description, before, after } = change;
  return (
    <li>
      <p>
        <span className={`wissel-badge wissel-badge--${tones[kind] ?? "closed"}`}>
          {kindLabel[kind]}
        </span>{" "}
        <strong>
          {partLabel[part] ?? part} {id}
        </strong>
      </p>
      <p>{description}</p>
      {kind !== ChangeKind.MOVED && (
        <div className="wissel-change">
          {before && <Side title={editorWords.now} text={before} tone="before" />}
          {after && <Side title={editorWords.becomes} text={after} tone="after" />}
        </div>
      )}
    </li>
  );
}

function Side({ title, text, tone }: { title: string; text: string; tone: string }) {
  return (
    <figure className={`wissel-change__side wissel-change__side--${tone}`}>
      <figcaption>{title}</figcaption>
      <pre>{text.trimEnd()}</pre>
    </figure>
  );
}
