import { Button } from "@utrecht/component-library-react";
import { useState } from "react";
import { rangeOf, rangeParams, type PeriodChoice } from "../../lib/period.ts";
import { PeriodForm } from "../../ui/period-form.tsx";
import { useNow } from "../../ui/clock.ts";
import { Failed, Notice } from "../../ui/states.tsx";
import { ReplayResultView } from "./replay-result.tsx";
import { useReplay } from "./use-replay.ts";

interface Chosen {
  choice: PeriodChoice;
  from: string;
  to: string;
}

/** What would have gone elsewhere if the text on screen had held. */
export function ReplayPart({ document }: { document: string }) {
  const now = useNow();
  const [{ choice, from, to }, setChosen] = useState<Chosen>({
    choice: "vorige-maand",
    from: "",
    to: "",
  });
  const replay = useReplay();
  const range = rangeOf(choice, from, to, now);
  const { done = 0n, total = 0n } = replay.progress ?? {};
  return (
    <div>
      <PeriodForm
        choice={choice}
        from={from}
        to={to}
        invalid={range === undefined}
        current={range && rangeParams(range)}
        onChange={({ periode = "vrij", van = "", tot = "" }) =>
          setChosen({ choice: periode as PeriodChoice, from: van, to: tot })
        }
      />
      <div className="wissel-panel wissel-stack">
        <div className="wissel-form__submit wissel-form__submit--tight">
          <Button
            appearance="primary-action-button"
            busy={replay.busy}
            disabled={!range}
            onClick={() => range && void replay.start(document, range)}
          >
            {replay.busy ? "Bezig met terugkijken…" : "Terugkijken"}
          </Button>
          {replay.busy && (
            <Button appearance="subtle-button" onClick={replay.stop}>
              Stoppen
            </Button>
          )}
          <span className="wissel-hint">
            Elk contact uit de periode gaat nog eens door de afspraken van nu en door dit concept.
            Er verandert niets.
          </span>
        </div>
        {replay.busy && (
          <p className="wissel-progress">
            <progress
              aria-label="Terugkijken met oude contacten"
              max={Math.max(Number(total), 1)}
              value={total > 0n ? Number(done) : undefined}
            />
            <span className="wissel-hint">
              {total > 0n &&
                `${done.toLocaleString("nl-NL")} van ${total.toLocaleString("nl-NL")} contacten`}
            </span>
          </p>
        )}
        {replay.error !== undefined && <Failed error={replay.error} />}
        {replay.result && replay.document !== document && (
          <Notice type="info">De tekst is daarna veranderd. Kijk opnieuw terug.</Notice>
        )}
        {replay.result && <ReplayResultView result={replay.result} />}
      </div>
    </div>
  );
}
