import { create } from "@bufbuild/protobuf";
import { Channel, DecideRequestSchema, type Case, type DecideRequest } from "@wissel/api";

/** What routing saw when a case came in. */
export function inquiryOfCase({ summary, customer, question }: Case): DecideRequest {
  return create(DecideRequestSchema, {
    channel: summary?.channel ?? Channel.UNSPECIFIED,
    topicId: question?.topicId ?? "",
    subject: question?.subject ?? "",
    text: question?.text ?? "",
    isBusiness: Boolean(customer?.organisation),
    isUrgent: question?.urgent ?? false,
    neighbourhood: customer?.neighbourhood ?? "",
    postcode: customer?.postcode ?? "",
    ...(summary?.receivedAt && { at: summary.receivedAt }),
  });
}
