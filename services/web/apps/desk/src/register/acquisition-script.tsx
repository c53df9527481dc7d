import { useState } from "react";
import { CheckboxField } from "../ui/checkbox.tsx";
import { registerWords } from "./words.ts";

/** What to ask before a contact counts as acquisition; a list to tick off while calling. */
export function AcquisitionScript({ questions }: { questions: readonly string[] }) {
  const [asked, setAsked] = useState<ReadonlySet<string>>(new Set());
  if (questions.length === 0) return null;
  const tick = (question: string, on: boolean) => {
    const next = new Set(asked);
    if (on) next.add(question);
    else next.delete(question);
    setAsked(next);
  };
  return (
    <fieldset className="wissel-acquisition">
      <legend className="wissel-script__label">{registerWords.askFirst}</legend>
      {questions.map((question) => (
        <CheckboxField
          key={question}
          label={question}
          checked={asked.has(question)}
          onChange={(on) => tick(question, on)}
        />
      ))}
    </fieldset>
  );
}
