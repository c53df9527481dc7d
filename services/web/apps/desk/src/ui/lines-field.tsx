import { Textarea } from "@utrecht/component-library-react";
import { useId, useState, type ReactNode } from "react";
import { FieldFrame, describedBy } from "./fields.tsx";

interface Props {
  label: string;
  values: readonly string[];
  onChange: (values: readonly string[]) => void;
  description?: ReactNode;
  disabled?: boolean;
  className?: string;
}

const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

/** Several texts, one on each line. What is typed stays as typed until the values change elsewhere. */
export function LinesField({ label, values, onChange, description, disabled, className }: Props) {
  const id = useId();
  const [text, setText] = useState(values.join("\n"));
  return (
    <FieldFrame {...{ id, label, description }} className={className ?? ""}>
      <Textarea
        id={id}
        rows={Math.max(2, Math.min(8, text.split("\n").length))}
        value={text}
        disabled={disabled}
        spellCheck={false}
        aria-describedby={describedBy(id, description)}
        onChange={(event) => {
          setText(event.target.value);
          onChange(linesOf(event.target.value));
        }}
      />
    </FieldFrame>
  );
}
