import { timestampDate } from "@bufbuild/protobuf/wkt";
import { AnsweredKind, Channel } from "@wissel/api";
import { describe, expect, it } from "vitest";
import {
  answeredRequest,
  attachErrors,
  attachRequest,
  callbackRequest,
  decideRequest,
  draftErrors,
  emptyDraft,
  errorsAfter,
  openQuestionsRequest,
  type Draft,
} from "./draft.ts";

const filled: Draft = {
  ...emptyDraft,
  subject: " Paspoort ",
  phone: "06 12345678",
  familyName: "Berg",
  organisation: "Bakkerij",
  preferredDay: "2026-07-01",
  preferredFrom: "09:00",
  preferredTo: "12:30",
};

describe("registration form", () => {
  it("makes a callback request, with the wish in Amsterdam time", () => {
    const request = callbackRequest(filled, "key-1234");
    expect(request.question?.subject).toBe("Paspoort");
    const { notBefore, notAfter } = request.preferredMoment ?? {};
    expect(notBefore && timestampDate(notBefore).toISOString()).toBe("2026-07-01T07:00:00.000Z");
    expect(notAfter && timestampDate(notAfter).toISOString()).toBe("2026-07-01T10:30:00.000Z");
  });

  it("leaves the wish out when there is none", () => {
    expect(callbackRequest({ ...filled, preferredDay: "" }, "k").preferredMoment).toBeUndefined();
  });

  it("makes an answered request", () => {
    const draft: Draft = { ...filled, ending: "answered", kind: AnsweredKind.STEERED };
    const request = answeredRequest(draft, "key-1234");
    expect(request.kind).toBe(AnsweredKind.STEERED);
    expect(request.channel).toBe(Channel.PHONE);
  });

  it("asks for a decision as soon as there is something to go by", () => {
    expect(decideRequest(emptyDraft)).toBeUndefined();
    expect(decideRequest({ ...emptyDraft, topicId: "paspoort" })?.channel).toBe(Channel.CALLBACK);
    expect(decideRequest(filled)?.isBusiness).toBe(true);
  });

  it("sees what is missing before anything is sent", () => {
    expect(Object.keys(draftErrors(emptyDraft))).toEqual(["question.subject", "customer.phone"]);
    expect(draftErrors(filled)).toEqual({});
    expect(draftErrors({ ...filled, preferredTo: "08:00" }).preferred_moment).toBeDefined();
    expect(Object.keys(draftErrors({ ...emptyDraft, ending: "answered" }))).toEqual([
      "question.subject",
    ]);
  });

  it("drops the error of a field that is changed, and only that", () => {
    const errors = { "customer.phone": "x", "question.subject": "y" };
    expect(errorsAfter(errors, { phone: "06" })).toEqual({ "question.subject": "y" });
    expect(errorsAfter(errors, { email: "a" })).toBe(errors);
  });
});

describe("an open question of the same customer", () => {
  it("is sought once something is whole", () => {
    expect(openQuestionsRequest(emptyDraft)).toBeUndefined();
    expect(openQuestionsRequest({ ...emptyDraft, phone: "06 1234" })).toBeUndefined();
    expect(openQuestionsRequest({ ...emptyDraft, email: "iemand@" })).toBeUndefined();
    expect(openQuestionsRequest({ ...emptyDraft, familyName: "Berg" })).toBeUndefined();
    expect(openQuestionsRequest({ ...emptyDraft, postcode: "2511 ab" })).toBeUndefined();
  });

  it("is sought by all that is whole, and by topic", () => {
    const draft = { ...emptyDraft, phone: "06 12345678", email: "iemand@", topicId: "paspoort" };
    expect(openQuestionsRequest(draft)).toMatchObject({
      phone: "06 12345678",
      email: "",
      familyName: "",
      topicId: "paspoort",
    });
    const named = { ...emptyDraft, familyName: " Berg ", postcode: "2511 ab" };
    expect(openQuestionsRequest(named)).toMatchObject({ familyName: "Berg", postcode: "2511 ab" });
  });

  it("gets the contact as it came, without a number to call back on", () => {
    const draft = { ...emptyDraft, subject: " Waar blijft het? ", channel: Channel.COUNTER };
    expect(attachErrors(draft)).toEqual({});
    expect(Object.keys(attachErrors(emptyDraft))).toEqual(["question.subject"]);
    expect(attachRequest(draft, 12n, "key")).toMatchObject({
      idempotencyKey: "key",
      reference: 12n,
      channel: Channel.COUNTER,
      question: { subject: "Waar blijft het?" },
    });
  });
});
