import { expect, it } from "vitest";
import { findByName } from "./search.ts";

const items = ["Afval ophalen", "Grofvuil afvoeren", "Paspoort", "Reïsdocument", "Zwerfafval"].map(
  (name) => ({ name }),
);
const names = (query: string) => findByName(items, query).map((item) => item.name);

it("puts the begin of the name first, then a word, then any place", () => {
  expect(names("af")).toEqual(["Afval ophalen", "Grofvuil afvoeren", "Zwerfafval"]);
});

it("ignores case and accents", () => {
  expect(names("reis")).toEqual(["Reïsdocument"]);
  expect(names("PASPOORT ")).toEqual(["Paspoort"]);
});

it("shows all without a query and nothing when nothing fits", () => {
  expect(names("")).toHaveLength(5);
  expect(names("xyz")).toEqual([]);
});
