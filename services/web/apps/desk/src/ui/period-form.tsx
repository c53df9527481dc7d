import type { PeriodChoice } from "../lib/period.ts";
import { Choice } from "./choice.tsx";
import { TextField } from "./fields.tsx";
import { uiWords } from "./words.ts";
import { commonWords } from "../lib/words.ts";

interface Props {
  choice: PeriodChoice;
  from: string;
  to: string;
  /** The free period is not whole, or ends before it begins. */
  invalid: boolean;
  /** What is shown now; a free period begins with it. */
  current: { van: string; tot: string } | undefined;
  onChange: (params: Record<string, string>) => void;
}

/** Which contacts are counted: those received in this period. */
export function PeriodForm({ choice, from, to, invalid, current, onChange }: Props) {
  const error = invalid && from && to ? uiWords.datesReversed : undefined;
  return (
    <div className="wissel-panel wissel-period">
      <Choice
        legend={uiWords.receivedIn}
        value={choice}
        onChange={(periode) => onChange({ periode, ...(periode === "vrij" && current) })}
        options={[
          { value: "deze-maand", label: uiWords.thisMonth },
          { value: "vorige-maand", label: uiWords.lastMonth },
          { value: "vrij", label: uiWords.freePeriod },
        ]}
      />
      {choice === "vrij" && (
        <div className="wissel-period__dates">
          <TextField
            label={commonWords.from}
            type="date"
            value={from}
            onChange={(van) => onChange({ periode: choice, van, tot: to })}
          />
          <TextField
            label={commonWords.upTo}
            type="date"
            value={to}
            error={error}
            onChange={(tot) => onChange({ periode: choice, van: from, tot })}
          />
        </div>
      )}
    </div>
  );
}
