import { expect, it } from "vitest";
import { formatReference, parseReference } from "./reference.ts";

it.each([
  [7n, "7"],
  [123n, "123"],
  [1234n, "1234"],
  [12345n, "12 345"],
  [1234567n, "1234 567"],
  [12345678n, "12 345 678"],
  [123456789n, "123 456 789"],
  [1234567890n, "1234 567 890"],
])("writes %s as %s", (reference, text) => {
  expect(formatReference(reference)).toBe(text);
  expect(parseReference(text)).toBe(reference);
});

it("reads what people paste", () => {
  expect(parseReference(" 1234.567-890 ")).toBe(1234567890n);
  for (const wrong of ["", "abc", "12345678901", "0123", "12a"]) {
    expect(parseReference(wrong)).toBeUndefined();
  }
});
