import { create } from "@bufbuild/protobuf";
import { timestampDate } from "@bufbuild/protobuf/wkt";
import { AnsweredKind, Channel, DecisionSchema, Outcome } from "@wissel/api";
import { describe, expect, it } from "vitest";
import {
  answeredRequest,
  attachErrors,
  attachRequest,
  callbackRequest,
  changed,
  decideRequest,
  draftErrors,
  emptyDraft,
  errorsAfter,
  isEmptyDraft,
  openQuestionsRequest,
  withProposal,
  type RegistrationDraft,
} from "./registration-draft.ts";

const filled: RegistrationDraft = {
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
    const draft: RegistrationDraft = { ...filled, ending: "answered", kind: AnsweredKind.STEERED };
    const request = answeredRequest(draft, "key-1234");
    expect(request.kind).toBe(AnsweredKind.STEERED);
    expect(request.channel).toBe(Channel.PHONE);
  });

  it("asks for a decision as soon as there is something to go by", () => {
    expect(decideRequest(emptyDraft)).toBeUndefined();
    expect(decideRequest(filled)?.isBusiness).toBe(true);
  });

  it("asks for the channel that the customer is on, whatever the ending", () => {
    const draft = { ...emptyDraft, topicId: "paspoort", ending: "callback" } as const;
    expect(decideRequest(draft)?.channel).toBe(Channel.PHONE);
    expect(decideRequest({ ...draft, channel: Channel.CHAT })?.channel).toBe(Channel.CHAT);
    expect(decideRequest(draft, Channel.CALLBACK)?.channel).toBe(Channel.CALLBACK);
  });

  it("sees what is missing before anything is sent", () => {
    expect(Object.keys(draftErrors(emptyDraft))).toEqual(["question.subject", "customer.phone"]);
    expect(draftErrors(filled)).toEqual({});
    expect(draftErrors({ ...filled, preferredTo: "08:00" }).preferred_moment).toBeDefined();
    const answered = { ...emptyDraft, ending: "answered" } as const;
    expect(Object.keys(draftErrors(answered))).toEqual(["question.subject", "answer"]);
    const steered = { ...answered, kind: AnsweredKind.STEERED };
    expect(Object.keys(draftErrors(steered))).toEqual(["question.subject"]);
  });

  it("sends no text that does not fit, and says by how much", () => {
    const long = { ...filled, subject: "a".repeat(261) };
    expect(draftErrors(long)["question.subject"]).toMatch(/^61 tekens te lang/);
    expect(attachErrors(long)["question.subject"]).toMatch(/^61 tekens te lang/);
    expect(draftErrors({ ...filled, subject: ` ${"a".repeat(200)} ` })).toEqual({});
  });

  it("takes a postcode with blanks in and around it", () => {
    const draft = { ...filled, postcode: " 2511  AB" };
    expect(callbackRequest(draft, "k").customer?.postcode).toBe("2511 AB");
    expect(openQuestionsRequest(draft)?.postcode).toBe("2511 AB");
  });

  it("drops the error of a field that is changed, and only that", () => {
    const errors = { "customer.phone": "x", "question.subject": "y" };
    expect(errorsAfter(errors, { phone: "06" })).toEqual({ "question.subject": "y" });
    expect(errorsAfter(errors, { email: "a" })).toBe(errors);
  });
});

describe("how the contact ends", () => {
  const decided = (outcome: Outcome) => create(DecisionSchema, { outcome });

  it.each([
    [Outcome.QUEUE, "callback", AnsweredKind.ANSWERED],
    [Outcome.ANSWER, "answered", AnsweredKind.ANSWERED],
    [Outcome.STEER, "answered", AnsweredKind.STEERED],
    [Outcome.REJECT, "answered", AnsweredKind.ACQUISITION],
  ])("is proposed by decision %s", (outcome, ending, kind) => {
    expect(withProposal(emptyDraft, decided(outcome))).toMatchObject({ ending, kind });
  });

  it("is a callback request while nothing is decided", () => {
    expect(withProposal(emptyDraft, undefined).ending).toBe("callback");
    expect(withProposal(emptyDraft, decided(Outcome.TRANSFER)).ending).toBe("callback");
  });

  it("stays what a person chose, or wrote an answer for", () => {
    const chosen = changed(emptyDraft, { ending: "callback" });
    expect(withProposal(chosen, decided(Outcome.ANSWER)).ending).toBe("callback");
    const shown = withProposal(emptyDraft, decided(Outcome.ANSWER));
    const written = changed(shown, { answer: "Tot vijf uur." });
    expect(withProposal(written, decided(Outcome.QUEUE)).ending).toBe("answered");
    const typed = changed(shown, { subject: "Paspoort" });
    expect(withProposal(typed, decided(Outcome.QUEUE)).ending).toBe("callback");
  });
});

describe("an empty form", () => {
  it("is one without anything of a customer", () => {
    expect(isEmptyDraft(emptyDraft)).toBe(true);
    expect(isEmptyDraft(changed(emptyDraft, { ending: "answered" }))).toBe(true);
    expect(isEmptyDraft({ ...emptyDraft, topicId: "paspoort" })).toBe(false);
    expect(isEmptyDraft({ ...emptyDraft, internalNote: "x" })).toBe(false);
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
