import { Checkbox, Fieldset, FieldsetLegend } from "@utrecht/component-library-react";
import { useId, type ReactNode } from "react";

interface FieldProps {
  label: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  className?: string;
}

/** One thing that holds or does not. */
export function CheckboxField({ label, checked, onChange, disabled, className }: FieldProps) {
  const id = useId();
  return (
    <div className={`wissel-check ${className ?? ""}`}>
      <Checkbox
        id={id}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <label htmlFor={id}>{label}</label>
    </div>
  );
}

interface GroupProps {
  legend: string;
  options: readonly { value: string; label: string }[];
  values: readonly string[];
  onChange: (values: readonly string[]) => void;
  disabled?: boolean;
  className?: string;
}

/** Any number of a few. What was chosen and is not among them stays. */
export function CheckboxGroup(props: GroupProps) {
  const { legend, options, values, onChange, disabled = false, className } = props;
  const toggle = (value: string, on: boolean) =>
    onChange(on ? [...values, value] : values.filter((each) => each !== value));
  return (
    <Fieldset disabled={disabled} className={className ?? ""}>
      <FieldsetLegend className="wissel-choice__legend">{legend}</FieldsetLegend>
      <div className="wissel-checks">
        {options.map(({ value, label }) => (
          <CheckboxField
            key={value}
            label={label}
            checked={values.includes(value)}
            onChange={(on) => toggle(value, on)}
            disabled={disabled}
          />
        ))}
      </div>
    </Fieldset>
  );
}
