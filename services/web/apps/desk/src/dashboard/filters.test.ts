import { Channel } from "@wissel/api";
import { expect, test } from "vitest";
import { isoMonth, parseMonth, type MonthRange } from "../lib/months.ts";
import { filterParams, monthAt, monthChoices, presets, readFilters, withEnd } from "./filters.ts";

const now = monthAt(new Date("2026-11-30T22:59:00Z"));
const words = ({ first, last }: MonthRange) => `${isoMonth(first)} ${isoMonth(last)}`;
const read = (said: string, teams?: string[]) =>
  readFilters(new URLSearchParams(said), now, teams && new Set(teams));
const months = (first: string, last: string) => ({
  first: parseMonth(first) ?? 0,
  last: parseMonth(last) ?? 0,
});

test.each([
  ["", "2026-09 2026-11"],
  ["periode=deze-maand", "2026-11 2026-11"],
  ["periode=vorige-maand", "2026-10 2026-10"],
  ["periode=kwartaal", "2026-10 2026-11"],
  ["periode=dertien-maanden", "2025-11 2026-11"],
  ["van=2026-04&tot=2026-11", "2026-04 2026-11"],
  ["van=2021-12&tot=2026-11", "2021-12 2026-11"],
])("%o asks for %s", (said, expected) => {
  const { filters, passedOver } = read(said);
  expect(words(filters.months)).toBe(expected);
  expect(passedOver).toBe(false);
});

test("the month is that of Amsterdam, not of the device", () => {
  const later = monthAt(new Date("2026-11-30T23:01:00Z"));
  expect(words(readFilters(new URLSearchParams(), later).filters.months)).toBe("2026-10 2026-12");
});

test.each([
  "van=2026-11&tot=2026-04",
  "van=2026-04",
  "tot=2026-04",
  "van=april&tot=mei",
  "van=2021-11&tot=2026-11",
  "van=2026-11&tot=2026-12",
  "van=1999-12&tot=2000-01",
  "periode=ooit",
  "kanaal=99",
  "kanaal=",
  "team=weg",
])("%o falls back and says so", (said) => {
  const { filters, passedOver } = read(said, ["parkeren"]);
  expect(words(filters.months)).toBe("2026-09 2026-11");
  expect([filters.teamId, filters.channel]).toEqual(["", Channel.UNSPECIFIED]);
  expect(passedOver).toBe(true);
});

test("a team is believed until it is known which there are", () => {
  expect(read("team=weg").filters.teamId).toBe("weg");
  expect(read("team=parkeren", ["parkeren"]).passedOver).toBe(false);
});

test("what is written into an address is read back", () => {
  for (const preset of presets) {
    const filters = {
      ...read(preset === "vrij" ? "van=2026-02&tot=2026-03" : `periode=${preset}`).filters,
      teamId: "Werk & Inkomen",
      channel: Channel.EMAIL,
      topicId: "paspoort",
    };
    expect(read(filterParams(filters).toString()).filters).toEqual(filters);
  }
});

test("everything has the shortest address", () => {
  expect(filterParams(read("").filters).toString()).toBe("");
});

test("months to choose from go back three years, or as far as is shown", () => {
  const choices = monthChoices(now, months("2026-09", "2026-11"));
  expect([choices[0], choices.at(-1)].map((m) => isoMonth(m ?? 0))).toEqual(["2026-11", "2023-11"]);
  expect(isoMonth(monthChoices(now, months("2020-01", "2020-02")).at(-1) ?? 0)).toBe("2020-01");
});

test("an end that passes the other one takes it along", () => {
  const shown = months("2026-04", "2026-06");
  expect(withEnd(shown, "first", months("2026-08", "").first)).toEqual(
    months("2026-08", "2026-08"),
  );
  expect(withEnd(shown, "last", months("2026-02", "").first)).toEqual(months("2026-02", "2026-02"));
  expect(withEnd(shown, "first", months("2010-01", "").first)).toEqual(
    months("2010-01", "2014-12"),
  );
});
