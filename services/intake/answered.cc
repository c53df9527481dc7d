#include "services/intake/answered.h"

#include "libs/base/status.h"
#include "services/intake/contact_rules.h"

namespace wissel::intake {
namespace {

bool IsDirect(common::v1::Channel channel) {
  return channel == common::v1::CHANNEL_PHONE || channel == common::v1::CHANNEL_COUNTER ||
         channel == common::v1::CHANNEL_CHAT || channel == common::v1::CHANNEL_SOCIAL;
}

cases::v1::CaseOutcome OutcomeOf(v1::AnsweredKind kind) {
  switch (kind) {
    case v1::ANSWERED_KIND_ANSWERED:
      return cases::v1::CASE_OUTCOME_FIRST_CONTACT;
    case v1::ANSWERED_KIND_STEERED:
      return cases::v1::CASE_OUTCOME_STEERED;
    case v1::ANSWERED_KIND_ACQUISITION:
      return cases::v1::CASE_OUTCOME_ACQUISITION;
    default:
      return cases::v1::CASE_OUTCOME_UNSPECIFIED;
  }
}

}  // namespace

absl::StatusOr<cases::v1::Contact> FromAnswered(const v1::RegisterAnsweredRequest& request) {
  ContactRules rules;
  cases::v1::Contact contact;
  rules.IdempotencyKey(request.idempotency_key());
  contact.set_channel(request.channel());
  if (!IsDirect(request.channel())) {
    rules.Wrong("channel", "invalid_channel", "channel must be PHONE, COUNTER, CHAT or SOCIAL");
  }
  *contact.mutable_customer() = rules.Customer(request.customer(), Reach::kNone);
  *contact.mutable_question() = rules.Question(request.question(), SubjectFrom::kAgent);
  contact.set_outcome(OutcomeOf(request.kind()));
  if (contact.outcome() == cases::v1::CASE_OUTCOME_UNSPECIFIED) {
    rules.Wrong("kind", "required", "kind is required");
  }
  const bool answered = request.kind() == v1::ANSWERED_KIND_ANSWERED;
  contact.set_answer(rules.Text("answer", request.answer(), customer::kReply,
                                answered ? text::Presence::kRequired : text::Presence::kOptional));
  WISSEL_RETURN_IF_ERROR(rules.status());
  return contact;
}

}  // namespace wissel::intake
