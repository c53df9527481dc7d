import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  AnsweredKind,
  Channel,
  CustomerSchema,
  PreferredMomentSchema,
  QuestionSchema,
  AttachContactRequestSchema,
  FindOpenQuestionsRequestSchema,
  RegisterAnsweredRequestSchema,
  RegisterCallbackRequestSchema,
  type AttachContactRequest,
  Outcome,
  type DecideRequest,
  type Decision,
  type FindOpenQuestionsRequest,
  DecideRequestSchema,
  type RegisterAnsweredRequest,
  type RegisterCallbackRequest,
} from "@wissel/api";
import { civilOfDay, fromCivil, parseClock, parseIsoDay } from "../lib/amsterdam.ts";
import { fillIn } from "../lib/field-names.ts";
import { tooLong } from "../lib/text-limit.ts";
import { registerWords } from "./words.ts";

// The registration form as it stands on screen, and the requests that it makes.

export type Ending = "callback" | "answered";

export interface RegistrationDraft {
  ending: Ending;
  /** A person chose how the contact ends; until then the decision proposes it. */
  endingChosen: boolean;
  givenName: string;
  namePrefix: string;
  familyName: string;
  organisation: string;
  phone: string;
  email: string;
  postcode: string;
  subject: string;
  text: string;
  internalNote: string;
  topicId: string;
  urgent: boolean;
  /** `2026-11-24`; empty: no preference. */
  preferredDay: string;
  preferredFrom: string;
  preferredTo: string;
  channel: Channel;
  kind: AnsweredKind;
  answer: string;
}

export const emptyDraft: RegistrationDraft = {
  ending: "callback",
  endingChosen: false,
  givenName: "",
  namePrefix: "",
  familyName: "",
  organisation: "",
  phone: "",
  email: "",
  postcode: "",
  subject: "",
  text: "",
  internalNote: "",
  topicId: "",
  urgent: false,
  preferredDay: "",
  preferredFrom: "09:00",
  preferredTo: "17:00",
  channel: Channel.PHONE,
  kind: AnsweredKind.ANSWERED,
  answer: "",
};

/** Limits of the contract, in characters. */
export const limits = {
  givenName: 100,
  namePrefix: 20,
  familyName: 200,
  organisation: 200,
  email: 254,
  subject: 200,
  text: 1000,
  internalNote: 1000,
  answer: 4000,
} as const;

/** Whether there is nothing on the form that the next customer could get by mistake. */
export function isEmptyDraft(d: RegistrationDraft): boolean {
  const { ending, endingChosen, channel, kind, preferredFrom, preferredTo } = d;
  const without = { ending, endingChosen, channel, kind, preferredFrom, preferredTo };
  return JSON.stringify(d) === JSON.stringify({ ...emptyDraft, ...without });
}

/** How a decision would end the contact; undefined if it does not say. */
export function proposedEnding(
  decision: Pick<Decision, "outcome"> | undefined,
): Pick<RegistrationDraft, "ending" | "kind"> | undefined {
  switch (decision?.outcome) {
    case Outcome.QUEUE:
      return { ending: "callback", kind: AnsweredKind.ANSWERED };
    case Outcome.ANSWER:
      return { ending: "answered", kind: AnsweredKind.ANSWERED };
    case Outcome.STEER:
      return { ending: "answered", kind: AnsweredKind.STEERED };
    case Outcome.REJECT:
      return { ending: "answered", kind: AnsweredKind.ACQUISITION };
    default:
      return undefined;
  }
}

/** The form with the ending that is proposed, as long as nobody chose one. */
export const withProposal = (
  d: RegistrationDraft,
  decision: Decision | undefined,
): RegistrationDraft => (d.endingChosen ? d : { ...d, ...proposedEnding(decision) });

const endingFields: ReadonlySet<string> = new Set<keyof RegistrationDraft>([
  "ending",
  "kind",
  "answer",
  "preferredDay",
]);

/** The form after a change by a person. What belongs to an ending chooses that ending. */
export function changed(
  shown: RegistrationDraft,
  part: Partial<RegistrationDraft>,
): RegistrationDraft {
  const chosen = Object.keys(part).some((key) => endingFields.has(key));
  return { ...shown, ...part, endingChosen: shown.endingChosen || chosen };
}

/** As typed, with no more than one blank at a time. */
const postcodeOf = (d: RegistrationDraft): string => d.postcode.trim().replace(/\s+/gu, " ");

const customerOf = (d: RegistrationDraft) =>
  create(CustomerSchema, {
    givenName: d.givenName.trim(),
    namePrefix: d.namePrefix.trim(),
    familyName: d.familyName.trim(),
    organisation: d.organisation.trim(),
    phone: d.phone.trim(),
    email: d.email.trim(),
    postcode: postcodeOf(d),
  });

const questionOf = (d: RegistrationDraft) =>
  create(QuestionSchema, {
    subject: d.subject.trim(),
    text: d.text.trim(),
    internalNote: d.internalNote.trim(),
    topicId: d.topicId,
    urgent: d.urgent,
  });

function momentOf(iso: string, clock: string): Date | undefined {
  const day = parseIsoDay(iso);
  const minutes = parseClock(clock);
  if (day === undefined || minutes === undefined) return undefined;
  return fromCivil({ ...civilOfDay(day), hour: Math.floor(minutes / 60), minute: minutes % 60 });
}

function preferredOf(d: RegistrationDraft) {
  const from = momentOf(d.preferredDay, d.preferredFrom);
  const to = momentOf(d.preferredDay, d.preferredTo);
  if (!from || !to) return undefined;
  return create(PreferredMomentSchema, {
    notBefore: timestampFromDate(from),
    notAfter: timestampFromDate(to),
  });
}

export function callbackRequest(
  d: RegistrationDraft,
  idempotencyKey: string,
): RegisterCallbackRequest {
  const preferredMoment = preferredOf(d);
  return create(RegisterCallbackRequestSchema, {
    idempotencyKey,
    customer: customerOf(d),
    question: questionOf(d),
    ...(preferredMoment && { preferredMoment }),
  });
}

export function answeredRequest(
  d: RegistrationDraft,
  idempotencyKey: string,
): RegisterAnsweredRequest {
  return create(RegisterAnsweredRequestSchema, {
    idempotencyKey,
    customer: customerOf(d),
    question: questionOf(d),
    channel: d.channel,
    answer: d.answer.trim(),
    kind: d.kind,
  });
}

/** The contact as one more of a case that is open already. */
export function attachRequest(
  d: RegistrationDraft,
  reference: bigint,
  idempotencyKey: string,
): AttachContactRequest {
  return create(AttachContactRequestSchema, {
    idempotencyKey,
    reference,
    customer: customerOf(d),
    question: questionOf(d),
    channel: d.channel,
  });
}

const DIGITS_OF_A_PHONE = 9;

/** By what an open question of the same customer is sought; undefined while nothing is whole. */
export function openQuestionsRequest(d: RegistrationDraft): FindOpenQuestionsRequest | undefined {
  const phone = d.phone.replace(/\D/g, "").length >= DIGITS_OF_A_PHONE ? d.phone.trim() : "";
  const email = /^\S+@\S+\.\S{2,}$/.test(d.email.trim()) ? d.email.trim() : "";
  const postcode = /^\d{4} ?[a-z]{2}$/i.test(postcodeOf(d)) ? postcodeOf(d) : "";
  const familyName = d.familyName.trim();
  const byName = familyName !== "" && postcode !== "";
  if (!phone && !email && !byName) return undefined;
  return create(FindOpenQuestionsRequestSchema, {
    phone,
    email,
    ...(byName && { familyName, postcode }),
    topicId: d.topicId,
  });
}

/**
 * What routing looks at, over the channel that the customer is on or another one; undefined while
 * there is too little to go by.
 */
export function decideRequest(
  d: RegistrationDraft,
  channel = d.channel,
): DecideRequest | undefined {
  if (!d.topicId && d.subject.trim().length < 3 && d.text.trim().length < 3) return undefined;
  return create(DecideRequestSchema, {
    channel,
    topicId: d.topicId,
    subject: d.subject.trim(),
    text: d.text.trim(),
    isBusiness: d.organisation.trim() !== "",
    isUrgent: d.urgent,
    postcode: postcodeOf(d),
  });
}

/** The request field that an input of the form fills. */
const fieldOf: Readonly<Record<keyof RegistrationDraft, string>> = {
  ending: "",
  endingChosen: "",
  givenName: "customer.given_name",
  namePrefix: "customer.name_prefix",
  familyName: "customer.family_name",
  organisation: "customer.organisation",
  phone: "customer.phone",
  email: "customer.email",
  postcode: "customer.postcode",
  subject: "question.subject",
  text: "question.text",
  internalNote: "question.internal_note",
  topicId: "question.topic_id",
  urgent: "question.urgent",
  preferredDay: "preferred_moment",
  preferredFrom: "preferred_moment",
  preferredTo: "preferred_moment",
  channel: "channel",
  kind: "kind",
  answer: "answer",
};

/** The errors that still stand after a change: what was changed gets the benefit of the doubt. */
export function errorsAfter(
  errors: Readonly<Record<string, string>>,
  change: Partial<RegistrationDraft>,
): Readonly<Record<string, string>> {
  const changed = new Set(
    Object.keys(change).map((key) => fieldOf[key as keyof RegistrationDraft]),
  );
  const kept = Object.entries(errors).filter(([field]) => !changed.has(field));
  return kept.length === Object.keys(errors).length ? errors : Object.fromEntries(kept);
}

type Limited = keyof typeof limits;

/** Errors of what every contact has: a subject, and texts that fit. */
function commonErrors(d: RegistrationDraft): Record<string, string> {
  const errors: Record<string, string> = {};
  if (!d.subject.trim()) errors["question.subject"] = fillIn("question.subject");
  for (const key of Object.keys(limits) as Limited[]) {
    const wrong = tooLong(d[key], limits[key]);
    if (wrong) errors[fieldOf[key]] = wrong;
  }
  return errors;
}

/** What can be seen to be wrong with a contact that is added to a case, by request field. */
export function attachErrors(d: RegistrationDraft): Record<string, string> {
  return commonErrors({ ...d, answer: "" });
}

function preferredError(d: RegistrationDraft): string | undefined {
  if (!d.preferredDay) return undefined;
  const from = parseClock(d.preferredFrom);
  const to = parseClock(d.preferredTo);
  if (from === undefined || to === undefined) {
    return registerWords.timesRequired;
  }
  return to <= from ? registerWords.timesReversed : undefined;
}

/** Whether the server wants to know what was answered. */
export const needsAnswer = (d: RegistrationDraft): boolean =>
  d.ending === "answered" && d.kind === AnsweredKind.ANSWERED;

/** What can be seen to be wrong before anything is sent, by request field. */
export function draftErrors(d: RegistrationDraft): Record<string, string> {
  const callback = d.ending === "callback";
  const errors = commonErrors(callback ? { ...d, answer: "" } : d);
  if (callback) {
    if (!d.phone.trim()) errors["customer.phone"] = registerWords.phoneRequired;
    const preferred = preferredError(d);
    if (preferred) errors.preferred_moment = preferred;
  }
  if (needsAnswer(d) && !d.answer.trim()) errors.answer = fillIn("answer");
  return errors;
}
