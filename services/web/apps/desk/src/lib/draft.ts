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
  type DecideRequest,
  type FindOpenQuestionsRequest,
  DecideRequestSchema,
  type RegisterAnsweredRequest,
  type RegisterCallbackRequest,
} from "@wissel/api";
import { civilOfDay, fromCivil, parseClock, parseIsoDay } from "./amsterdam.ts";

// The registration form as it stands on screen, and the requests that it makes.

export type Ending = "callback" | "answered";

export interface Draft {
  ending: Ending;
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

export const emptyDraft: Draft = {
  ending: "callback",
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
export const limits = { subject: 200, text: 1000, internalNote: 1000, answer: 4000 } as const;

const customerOf = (d: Draft) =>
  create(CustomerSchema, {
    givenName: d.givenName.trim(),
    namePrefix: d.namePrefix.trim(),
    familyName: d.familyName.trim(),
    organisation: d.organisation.trim(),
    phone: d.phone.trim(),
    email: d.email.trim(),
    postcode: d.postcode.trim(),
  });

const questionOf = (d: Draft) =>
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

function preferredOf(d: Draft) {
  const from = momentOf(d.preferredDay, d.preferredFrom);
  const to = momentOf(d.preferredDay, d.preferredTo);
  if (!from || !to) return undefined;
  return create(PreferredMomentSchema, {
    notBefore: timestampFromDate(from),
    notAfter: timestampFromDate(to),
  });
}

export function callbackRequest(d: Draft, idempotencyKey: string): RegisterCallbackRequest {
  const preferredMoment = preferredOf(d);
  return create(RegisterCallbackRequestSchema, {
    idempotencyKey,
    customer: customerOf(d),
    question: questionOf(d),
    ...(preferredMoment && { preferredMoment }),
  });
}

export function answeredRequest(d: Draft, idempotencyKey: string): RegisterAnsweredRequest {
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
  d: Draft,
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
export function openQuestionsRequest(d: Draft): FindOpenQuestionsRequest | undefined {
  const phone = d.phone.replace(/\D/g, "").length >= DIGITS_OF_A_PHONE ? d.phone.trim() : "";
  const email = /^\S+@\S+\.\S{2,}$/.test(d.email.trim()) ? d.email.trim() : "";
  const postcode = /^\d{4}\s*[a-z]{2}$/i.test(d.postcode.trim()) ? d.postcode.trim() : "";
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

/** What routing looks at; undefined while there is too little to go by. */
export function decideRequest(d: Draft): DecideRequest | undefined {
  if (!d.topicId && d.subject.trim().length < 3 && d.text.trim().length < 3) return undefined;
  return create(DecideRequestSchema, {
    channel: d.ending === "callback" ? Channel.CALLBACK : d.channel,
    topicId: d.topicId,
    subject: d.subject.trim(),
    text: d.text.trim(),
    isBusiness: d.organisation.trim() !== "",
    isUrgent: d.urgent,
    postcode: d.postcode.trim(),
  });
}

/** The request field that an input of the form fills. */
const fieldOf: Readonly<Record<keyof Draft, string>> = {
  ending: "",
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
  change: Partial<Draft>,
): Readonly<Record<string, string>> {
  const changed = new Set(Object.keys(change).map((key) => fieldOf[key as keyof Draft]));
  const kept = Object.entries(errors).filter(([field]) => !changed.has(field));
  return kept.length === Object.keys(errors).length ? errors : Object.fromEntries(kept);
}

/** The same for a contact that is added to a case: nobody has to be called back because of it. */
export function attachErrors(d: Draft): Record<string, string> {
  return d.subject.trim() ? {} : { "question.subject": "Vul in waar het over gaat." };
}

/** What can be seen to be wrong before anything is sent, by request field. */
export function draftErrors(d: Draft): Record<string, string> {
  const errors: Record<string, string> = {};
  if (!d.subject.trim()) errors["question.subject"] = "Vul in waar het over gaat.";
  if (d.ending === "callback") {
    if (!d.phone.trim()) errors["customer.phone"] = "Vul een nummer in om op terug te bellen.";
    if (d.preferredDay) {
      const from = parseClock(d.preferredFrom);
      const to = parseClock(d.preferredTo);
      if (from === undefined || to === undefined) {
        errors.preferred_moment = "Vul bij de voorkeur een begintijd en een eindtijd in.";
      } else if (to <= from) {
        errors.preferred_moment = "De eindtijd moet na de begintijd liggen.";
      }
    }
  }
  return errors;
}
