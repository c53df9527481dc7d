import { Fieldset, FieldsetLegend, RadioButton } from "@utrecht/component-library-react";
import { useId, type ReactNode } from "react";

interface Props<T extends string | number> {
  legend: string;
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: string; hint?: ReactNode }[];
  disabled?: boolean;
}

/** One of a few, as radio buttons that all stay in sight. */
export function Choice<T extends string | number>(props: Props<T>) {
  const name = useId();
  return (
    <Fieldset disabled={props.disabled ?? false} className="wissel-choice">
      <FieldsetLegend className="wissel-choice__legend">{props.legend}</FieldsetLegend>
      <div className="wissel-choice__options">
        {props.options.map((option) => (
          <label key={option.value} className="wissel-choice__option">
            <RadioButton
              name={name}
              value={option.value}
              checked={option.value === props.value}
              onChange={() => props.onChange(option.value)}
              disabled={props.disabled}
            />
            <span>{option.label}</span>
            {option.hint}
          </label>
        ))}
      </div>
    </Fieldset>
  );
}
