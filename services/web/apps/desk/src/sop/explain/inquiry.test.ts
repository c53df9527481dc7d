import { timestampDate } from "@bufbuild/protobuf/wkt";
import { expect, it } from "vitest";
import { emptyInquiry, inquiryRequest } from "./inquiry.ts";

it("asks about now, unless a day is given, which is one of Amsterdam", () => {
  expect(inquiryRequest(emptyInquiry).at).toBeUndefined();
  const { at } = inquiryRequest({ ...emptyInquiry, day: "2026-07-01", time: "09:30" });
  expect(at && timestampDate(at).toISOString()).toBe("2026-07-01T07:30:00.000Z");
});
