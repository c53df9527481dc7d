import { expect, it } from "vitest";
import { lengthOf, tooLong } from "./text-limit.ts";

it("counts characters, without the blanks around them", () => {
  expect(lengthOf("  caf\u00e9 \n")).toBe(4);
  expect(lengthOf("\u{1f600}\u{1f600}")).toBe(2);
  expect(lengthOf("\u00a0a b\u00a0")).toBe(3);
});

it("says by how much a text is too long", () => {
  expect(tooLong("a".repeat(200), 200)).toBeUndefined();
  expect(tooLong(` ${"a".repeat(200)}  `, 200)).toBeUndefined();
  expect(tooLong("a".repeat(201), 200)).toMatch(/^1 teken te lang/);
  expect(tooLong("a".repeat(261), 200)).toMatch(/^61 tekens te lang/);
});
