import type { PeriodChoice } from "../lib/period.ts";
import { Choice } from "./choice.tsx";
import { TextField } from "./fields.tsx";

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
  const error = invalid && from && to ? "De einddatum moet na de begindatum liggen." : undefined;
  return (
    <div className="wissel-panel wissel-period">
      <Choice
        legend="Ontvangen in"
        value={choice}
        onChange={(periode) => onChange({ periode, ...(periode === "vrij" && current) })}
        options={[
          { value: "deze-maand", label: "Deze maand" },
          { value: "vorige-maand", label: "Vorige maand" },
          { value: "vrij", label: "Vrije periode" },
        ]}
      />
      {choice === "vrij" && (
        <div className="wissel-period__dates">
          <TextField
            label="Van"
            type="date"
            value={from}
            onChange={(van) => onChange({ periode: choice, van, tot: to })}
          />
          <TextField
            label="Tot en met"
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
