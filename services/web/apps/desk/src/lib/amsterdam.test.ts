import { describe, expect, it } from "vitest";
import {
  civilOfDay,
  clock,
  dayOf,
  fromCivil,
  isoDay,
  longMoment,
  parseClock,
  parseIsoDay,
  shortMoment,
  startOfDay,
  toCivil,
  weekday,
} from "./amsterdam.ts";

const at = (iso: string) => new Date(iso);

describe("moments in Amsterdam", () => {
  it("shows Amsterdam, not the zone of the device", () => {
    expect(clock(at("2026-07-01T15:00:00Z"))).toBe("17:00");
    expect(clock(at("2026-12-01T16:00:00Z"))).toBe("17:00");
  });

  it("belongs to the local day around midnight", () => {
    expect(isoDay(dayOf(at("2026-06-30T22:30:00Z")))).toBe("2026-07-01");
    expect(isoDay(dayOf(at("2026-12-31T23:30:00Z")))).toBe("2027-01-01");
  });

  it("goes from the wall clock to the moment and back, every half hour over both switches", () => {
    for (const start of ["2026-03-28T00:00:00Z", "2026-10-24T00:00:00Z", "2027-03-27T00:00:00Z"]) {
      for (let step = 0; step < 120; step++) {
        const moment = new Date(at(start).getTime() + step * 30 * 60_000);
        const again = fromCivil(toCivil(moment));
        const apart = Math.abs(again.getTime() - moment.getTime());
        // The hour that comes twice is the first of the two.
        expect([0, 3_600_000]).toContain(apart);
        expect(toCivil(again)).toEqual(toCivil(moment));
      }
    }
  });

  it("takes the moment after the hour that is skipped", () => {
    const skipped = fromCivil({ year: 2026, month: 3, day: 29, hour: 2, minute: 30 });
    expect(skipped.toISOString()).toBe("2026-03-29T01:30:00.000Z");
  });

  it("begins a day at local midnight, also on the days of 23 and 25 hours", () => {
    const hours = (iso: string) => {
      const day = parseIsoDay(iso) ?? NaN;
      return (startOfDay(day + 1).getTime() - startOfDay(day).getTime()) / 3_600_000;
    };
    expect(hours("2026-03-29")).toBe(23);
    expect(hours("2026-10-25")).toBe(25);
    expect(hours("2026-10-26")).toBe(24);
  });

  it("writes moments as on paper, with the year if it is another", () => {
    const now = at("2026-11-21T12:00:00Z");
    expect(shortMoment(at("2026-11-24T16:00:00Z"), now)).toBe("di 24 nov 17:00");
    expect(longMoment(at("2026-11-24T16:00:00Z"), now)).toBe("dinsdag 24 november 17:00");
    expect(shortMoment(at("2027-01-04T16:00:00Z"), now)).toBe("ma 4 jan 2027 17:00");
  });
});

describe("days and times as fields hold them", () => {
  it("reads whole dates only", () => {
    expect(civilOfDay(parseIsoDay("2028-02-29") ?? 0)).toEqual({ year: 2028, month: 2, day: 29 });
    for (const wrong of ["", "2026-02-29", "2026-13-01", "24-11-2026", "2026-1-1"]) {
      expect(parseIsoDay(wrong)).toBeUndefined();
    }
  });

  it("reads times", () => {
    expect(parseClock("09:30")).toBe(570);
    for (const wrong of ["", "24:00", "12:60", "9:30"]) expect(parseClock(wrong)).toBeUndefined();
  });

  it("knows the weekday", () => {
    expect(weekday(parseIsoDay("2026-11-23") ?? 0)).toBe(1);
    expect(weekday(parseIsoDay("2026-11-22") ?? 0)).toBe(7);
    expect(weekday(parseIsoDay("1969-12-28") ?? 0)).toBe(7);
  });
});
