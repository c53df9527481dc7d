import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { CaseSchema, Channel } from "@wissel/api";
import { expect, it } from "vitest";
import { inquiryOfCase } from "./inquiry.ts";

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
