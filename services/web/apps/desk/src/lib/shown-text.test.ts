import { expect, it } from "vitest";
import { partsOf, subjectWords } from "./shown-text.ts";

it("leaves ordinary text in one piece", () => {
  const text = "Zoë\nbelt\tover «é» 👩‍👧 שלום می‌خواهم";
  expect(partsOf(text)).toEqual([{ text }]);
  expect(partsOf("")).toEqual([]);
});

it("shows the place of what cannot be shown", () => {
  expect(partsOf("een\u000btwee")).toEqual([
    { text: "een" },
    { text: "", hidden: "U+000B" },
    { text: "twee" },
  ]);
  const hidden = ["\u0000", "\u202e", "\u200b", "\u2028", "\ufffd", "\uffff", "\ud800", "\ue000"];
  for (const char of hidden) expect(partsOf(char)).toHaveLength(1);
  expect(partsOf("\u202etxt.exe")[0]?.hidden).toBe("U+202E");
});

it("takes the line ends of Windows as line ends", () => {
  expect(partsOf("een\r\ntwee")).toEqual([{ text: "een\ntwee" }]);
});

it("says that there is no subject", () => {
  expect(subjectWords(" ")).toBe("(geen onderwerp)");
  expect(subjectWords("Paspoort")).toBe("Paspoort");
});
