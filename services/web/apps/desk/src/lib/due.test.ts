import { describe, expect, it } from "vitest";
import { dayOf } from "./amsterdam.ts";
import { agoWords, dueWords, workdaysLate } from "./due.ts";
import { mondayToFriday, type IsWorkday } from "./workdays.ts";

const at = (local: string) => new Date(`${local}+01:00`);
const holidays = new Set([dayOf(at("2026-12-25T12:00:00")), dayOf(at("2027-01-01T12:00:00"))]);
const isWorkday: IsWorkday = (day) => mondayToFriday(day) && !holidays.has(day);
const words = (due: string | undefined, now: string) =>
  dueWords(due === undefined ? undefined : at(due), at(now), isWorkday);

describe("due moment in words", () => {
  it.each([
    ["2026-11-24T17:00:00", "2026-11-24T09:00:00", "Vandaag 17:00", "today"],
    ["2026-11-24T17:00:00", "2026-11-24T17:00:00", "Vandaag 17:00", "today"],
    ["2026-11-24T17:00:00", "2026-11-24T17:00:30", "Net te laat", "late"],
    ["2026-11-24T17:00:00", "2026-11-24T17:01:00", "1 minuut te laat", "late"],
    ["2026-11-24T17:00:00", "2026-11-24T19:30:00", "2 uur te laat", "late"],
    ["2026-11-24T17:00:00", "2026-11-25T08:00:00", "1 werkdag te laat", "late"],
    ["2026-11-24T17:00:00", "2026-11-27T08:00:00", "3 werkdagen te laat", "late"],
    ["2026-11-20T17:00:00", "2026-11-24T08:00:00", "2 werkdagen te laat", "late"],
    ["2026-11-20T17:00:00", "2026-11-21T12:00:00", "Te laat sinds vrijdag", "late"],
    ["2026-12-24T17:00:00", "2026-12-28T09:00:00", "1 werkdag te laat", "late"],
    ["2026-11-24T23:30:00", "2026-11-25T00:10:00", "40 minuten te laat", "late"],
    ["2026-11-24T23:30:00", "2026-11-25T02:00:00", "2 uur te laat", "late"],
    ["2026-11-24T08:00:00", "2026-11-24T21:30:00", "13 uur te laat", "late"],
    ["2026-11-24T17:00:00", "2026-11-23T23:59:00", "Morgen 17:00", "later"],
    ["2026-11-24T17:00:00", "2026-11-20T12:00:00", "Nog 2 werkdagen", "later"],
    ["2026-11-23T17:00:00", "2026-11-20T12:00:00", "Nog 1 werkdag", "later"],
    ["2027-01-04T17:00:00", "2026-12-24T12:00:00", "Nog 5 werkdagen", "later"],
    ["2026-11-22T12:00:00", "2026-11-20T12:00:00", "Op zondag 12:00", "later"],
  ])("due %s, now %s: %s", (due, now, text, tone) => {
    expect(words(due, now)).toEqual({ text, tone });
  });

  it("says that there is no norm", () => {
    expect(words(undefined, "2026-11-24T09:00:00")).toEqual({ text: "Geen norm", tone: "none" });
  });
});

describe("how long ago", () => {
  it.each([
    ["2026-11-24T09:00:00", "2026-11-24T09:00:59", "zojuist"],
    ["2026-11-24T09:00:00", "2026-11-24T09:12:00", "12 minuten geleden"],
    ["2026-11-24T09:00:00", "2026-11-24T12:12:00", "3 uur geleden"],
    ["2026-11-24T23:30:00", "2026-11-25T00:40:00", "gisteren"],
    ["2026-11-20T09:00:00", "2026-11-24T08:00:00", "4 dagen geleden"],
  ])("%s, now %s: %s", (moment, now, text) => {
    expect(agoWords(at(moment), at(now))).toBe(text);
  });
});

it("counts how many working days something was too late", () => {
  const late = (due: string, done: string) => workdaysLate(at(due), at(done), isWorkday);
  expect(late("2026-11-24T17:00:00", "2026-11-24T17:00:00")).toBeUndefined();
  expect(late("2026-11-24T17:00:00", "2026-11-24T17:30:00")).toBe(0);
  expect(late("2026-11-24T17:00:00", "2026-11-27T08:00:00")).toBe(3);
  expect(late("2026-12-24T17:00:00", "2026-12-28T08:00:00")).toBe(1);
});
