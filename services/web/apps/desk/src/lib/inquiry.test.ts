import { create } from "@bufbuild/protobuf";
import { timestampDate, timestampFromDate } from "@bufbuild/protobuf/wkt";
import { CaseSchema, Channel } from "@wissel/api";
import { expect, it } from "vitest";
import { emptyInquiry, inquiryOfCase, inquiryRequest } from "./inquiry.ts";

it("asks about now, unless a day is given, which is one of Amsterdam", () => {
  expect(inquiryRequest(emptyInquiry).at).toBeUndefined();
  const { at } = inquiryRequest({ ...emptyInquiry, day: "2026-07-01", time: "09:30" });
  expect(at && timestampDate(at).toISOString()).toBe("2026-07-01T07:30:00.000Z");
});

it("asks what routing saw when a case came in", () => {
  const receivedAt = timestampFromDate(new Date("2026-11-02T10:00:00Z"));
  const subject = create(CaseSchema, {
    summary: { channel: Channel.EMAIL, receivedAt },
    customer: { organisation: "Bakker", postcode: "2511AB", neighbourhood: "Centrum" },
    question: { topicId: "markt", subject: "Kraam", text: "Waar?", urgent: true },
  });
  expect(inquiryOfCase(subject)).toMatchObject({
    channel: Channel.EMAIL,
    topicId: "markt",
    isBusiness: true,
    isUrgent: true,
    postcode: "2511AB",
    neighbourhood: "Centrum",
    at: receivedAt,
  });
});
