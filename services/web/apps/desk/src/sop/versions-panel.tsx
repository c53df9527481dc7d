import type { SopVersion } from "@wissel/api";
import { Link } from "wouter";
import { shortMoment } from "../lib/amsterdam.ts";
import { useTeams } from "../lib/queries.ts";
import { dateOf } from "../ui/badges.tsx";
import { useNow } from "../ui/clock.ts";
import { Failed, Loading } from "../ui/states.tsx";
import { useVersions } from "./use-sop.ts";
import { sopWords } from "./words.ts";

/** Every version that holds, held or will hold, with who agreed. */
export function VersionsPanel({ shown }: { shown: bigint | undefined }) {
  const query = useVersions();
  return (
    <section className="wissel-panel" aria-labelledby="deel-versies">
      <h2 id="deel-versies" className="wissel-panel__title">
        {sopWords.versions}
      </h2>
      {query.isPending && <Loading what={sopWords.theVersions} />}
      {query.isError && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.data?.length === 0 && <p className="wissel-muted">{sopWords.noVersion}</p>}
      {query.data && query.data.length > 0 && (
        <ol className="wissel-drafts" reversed>
          {query.data.map((version) => (
            <VersionItem
              key={version.version.toString()}
              version={version}
              here={version.version === shown}
            />
          ))}
        </ol>
      )}
    </section>
  );
}

function VersionItem({ version, here }: { version: SopVersion; here: boolean }) {
  const now = useNow();
  const { nameOf } = useTeams();
  const from = dateOf(version.inForceFrom);
  const waits = from !== undefined && from > now;
  const path = version.inForce ? "/werkafspraken" : `/werkafspraken?versie=${version.version}`;
  const agreed = version.acceptances.map(({ teamId, by }) => `${nameOf(teamId)} (${by})`);
  return (
    <li>
      <p>
        <Link
          href={path}
          className="utrecht-link utrecht-link--html-a"
          aria-current={here ? "true" : undefined}
        >
          {sopWords.versionOf(version.version)}
        </Link>{" "}
        {version.inForce && (
          <span className="wissel-badge wissel-badge--good">{sopWords.inForceNow}</span>
        )}
        {waits && <span className="wissel-badge wissel-badge--pending">{sopWords.waits}</span>}
      </p>
      {version.title && <p>{version.title}</p>}
      <p className="wissel-hint">
        {from &&
          (waits
            ? sopWords.inForceFrom(shortMoment(from, now))
            : sopWords.since(shortMoment(from, now)))}
        {version.by && sopWords.by(version.by)}
      </p>
      {agreed.length > 0 && <p className="wissel-hint">{sopWords.acceptedBy(agreed.join(", "))}</p>}
    </li>
  );
}
