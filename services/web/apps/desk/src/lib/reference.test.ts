import { expect, it } from "vitest";
import { formatReference, hasCheckDigit, parseReference, referenceError } from "./reference.ts";

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

it("reads a number with the dashes and blanks of Word", () => {
  expect(parseReference("\u202a1234\u00a0567\u2011890")).toBe(1234567890n);
});

it("knows a typing error by the check digit", () => {
  for (const right of [7273245577n, 4687410975n, 1991456921n]) {
    expect(hasCheckDigit(right)).toBe(true);
    const digits = Array.from(right.toString());
    for (let at = 0; at < digits.length; at++) {
      for (let other = 0; other < 10; other++) {
        const wrong = BigInt(digits.map((digit, n) => (n === at ? other : digit)).join(""));
        expect(hasCheckDigit(wrong)).toBe(wrong === right);
      }
    }
  }
  expect(hasCheckDigit(7n)).toBe(false);
});

it("says what is wrong with a number", () => {
  expect(referenceError("7273 245 577")).toBeUndefined();
  expect(referenceError("7273 245 578")).toContain("typefout");
  expect(referenceError("abc")).toContain("alleen cijfers");
});
