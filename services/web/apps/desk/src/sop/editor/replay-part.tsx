import { Button } from "@utrecht/component-library-react";
import { useState } from "react";
import { rangeOf, rangeParams, type PeriodChoice } from "../../lib/period.ts";
import { PeriodForm } from "../../ui/period-form.tsx";
import { useNow } from "../../ui/clock.ts";
import { Failed, Notice } from "../../ui/states.tsx";
import { ReplayResultView } from "./replay-result.tsx";
import { useReplay } from "./use-replay.ts";
import { editorWords } from "./words.ts";

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
            {replay.busy ? editorWords.replaying : editorWords.runReplay}
          </Button>
          {replay.busy && (
            <Button appearance="subtle-button" onClick={replay.stop}>
              {editorWords.stop}
            </Button>
          )}
          <span className="wissel-hint">{editorWords.replayHint}</span>
        </div>
        {replay.busy && (
          <p className="wissel-progress">
            <progress
              aria-label={editorWords.replay}
              max={Math.max(Number(total), 1)}
              value={total > 0n ? Number(done) : undefined}
            />
            <span className="wissel-hint">
              {total > 0n &&
                editorWords.contactsOf(done.toLocaleString("nl-NL"), total.toLocaleString("nl-NL"))}
            </span>
          </p>
        )}
        {replay.error !== undefined && <Failed error={replay.error} />}
        {replay.result && replay.document !== document && (
          <Notice type="info">{editorWords.replayAgain}</Notice>
        )}
        {replay.result && <ReplayResultView result={replay.result} />}
      </div>
    </div>
  );
}
