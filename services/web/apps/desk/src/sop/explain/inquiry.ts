import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { Channel, DecideRequestSchema, type DecideRequest } from "@wissel/api";
import { civilOfDay, fromCivil, parseClock, parseIsoDay } from "../../lib/amsterdam.ts";

// A contact that was thought up, to be explained.

export interface Inquiry {
  channel: Channel;
  topicId: string;
  subject: string;
  text: string;
  business: boolean;
  urgent: boolean;
  neighbourhood: string;
  postcode: string;
  menuKey: string;
  /** `2026-11-24`; empty: now. */
  day: string;
  time: string;
}

export const emptyInquiry: Inquiry = {
  channel: Channel.PHONE,
  topicId: "",
  subject: "",
  text: "",
  business: false,
  urgent: false,
  neighbourhood: "",
  postcode: "",
  menuKey: "",
  day: "",
  time: "10:00",
};

function momentOf({ day, time }: Inquiry): Date | undefined {
  const date = parseIsoDay(day);
  const minutes = parseClock(time);
  if (date === undefined || minutes === undefined) return undefined;
  return fromCivil({ ...civilOfDay(date), hour: Math.floor(minutes / 60), minute: minutes % 60 });
}

export function inquiryRequest(inquiry: Inquiry): DecideRequest {
  const at = momentOf(inquiry);
  return create(DecideRequestSchema, {
    channel: inquiry.channel,
    topicId: inquiry.topicId,
    subject: inquiry.subject.trim(),
    text: inquiry.text.trim(),
    isBusiness: inquiry.business,
    isUrgent: inquiry.urgent,
    neighbourhood: inquiry.neighbourhood.trim(),
    postcode: inquiry.postcode.trim(),
    menuKey: inquiry.menuKey,
    ...(at && { at: timestampFromDate(at) }),
  });
}
