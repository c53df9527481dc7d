import {
  FormField,
  FormFieldDescription,
  FormFieldErrorMessage,
  FormLabel,
  Select,
  SelectOption,
  Textarea,
  Textbox,
} from "@utrecht/component-library-react";
import { useId, type HTMLInputAutoCompleteAttribute, type ReactNode, type Ref } from "react";
import { lengthOf, tooLong } from "../lib/text-limit.ts";
import { uiWords } from "./words.ts";

interface CommonProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Under the label. */
  description?: ReactNode;
  error?: string | undefined;
  disabled?: boolean;
  required?: boolean;
  className?: string;
}

interface FrameProps extends Pick<CommonProps, "label" | "description" | "error" | "className"> {
  id: string;
  required?: boolean | undefined;
  /** Beside the label, for instance how many characters are left. */
  status?: ReactNode;
  children: ReactNode;
}

/** Ids that belong to the parts of a field. */
export const describedBy = (id: string, description: ReactNode, error?: string) =>
  [description && `${id}-hulp`, error && `${id}-fout`].filter(Boolean).join(" ") || undefined;

/** Label, help and error around an input. */
export function FieldFrame({
  id,
  label,
  description,
  error,
  required,
  status,
  className,
  children,
}: FrameProps) {
  return (
    <FormField invalid={Boolean(error)} className={className ?? ""}>
      <div className="wissel-field__label">
        <FormLabel htmlFor={id}>
          {label}
          {required && <span className="wissel-field__required"> {uiWords.required}</span>}
        </FormLabel>
        {status}
      </div>
      {description && <FormFieldDescription id={`${id}-hulp`}>{description}</FormFieldDescription>}
      {error && <FormFieldErrorMessage id={`${id}-fout`}>{error}</FormFieldErrorMessage>}
      {children}
    </FormField>
  );
}

interface TextFieldProps extends CommonProps {
  type?: "text" | "password" | "email" | "tel" | "date" | "time" | "search";
  autoComplete?: HTMLInputAutoCompleteAttribute;
  spellCheck?: boolean;
  /** In characters; what is over it is told, never cut off. */
  limit?: number;
  inputRef?: Ref<HTMLInputElement>;
}

export function TextField(props: TextFieldProps) {
  const { label, value, onChange, description, required, className, inputRef } = props;
  const id = useId();
  const error = tooLong(value, props.limit ?? Infinity) ?? props.error;
  return (
    <FieldFrame {...{ id, label, description, error, required }} className={className ?? ""}>
      <Textbox
        id={id}
        ref={inputRef}
        type={props.type ?? "text"}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        invalid={Boolean(error)}
        aria-describedby={describedBy(id, description, error)}
        required={required ?? false}
        autoComplete={props.autoComplete ?? "off"}
        spellCheck={props.spellCheck}
        dir="auto"
        disabled={props.disabled}
      />
    </FieldFrame>
  );
}

interface TextAreaFieldProps extends CommonProps {
  rows?: number;
  /** In characters; what is over it is shown, never cut off. */
  limit: number;
}

export function TextAreaField(props: TextAreaFieldProps) {
  const { label, value, onChange, description, required, limit, className } = props;
  const id = useId();
  const left = limit - lengthOf(value);
  const error = tooLong(value, limit) ?? props.error;
  return (
    <FieldFrame
      {...{ id, label, description, error, required }}
      className={className ?? ""}
      status={
        left >= 0 &&
        left <= limit * 0.2 && (
          <span className="wissel-field__status">
            nog {left} {left === 1 ? "teken" : "tekens"}
          </span>
        )
      }
    >
      <Textarea
        id={id}
        rows={props.rows ?? 3}
        dir="auto"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        invalid={Boolean(error)}
        aria-describedby={describedBy(id, description, error)}
        required={required ?? false}
        disabled={props.disabled}
      />
    </FieldFrame>
  );
}

interface SelectFieldProps extends CommonProps {
  options: readonly { value: string; label: string }[];
}

export function SelectField(props: SelectFieldProps) {
  const { label, value, onChange, description, error, required, className } = props;
  const id = useId();
  return (
    <FieldFrame {...{ id, label, description, error, required }} className={className ?? ""}>
      <Select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        invalid={Boolean(error)}
        aria-describedby={describedBy(id, description, error)}
        required={required ?? false}
        disabled={props.disabled}
      >
        {props.options.map((option) => (
          <SelectOption key={option.value} value={option.value}>
            {option.label}
          </SelectOption>
        ))}
      </Select>
    </FieldFrame>
  );
}
