#include "services/intake/attach.h"

#include "libs/base/status.h"
#include "services/intake/contact_rules.h"

namespace wissel::intake {

absl::StatusOr<cases::v1::Contact> FromAttach(const v1::AttachContactRequest& request) {
  ContactRules rules;
  cases::v1::Contact contact;
  rules.IdempotencyKey(request.idempotency_key());
  contact.set_channel(request.channel());
  if (request.channel() == common::v1::CHANNEL_UNSPECIFIED ||
      !common::v1::Channel_IsValid(request.channel())) {
    rules.Wrong("channel", "invalid_channel", "channel is required");
  }
  *contact.mutable_customer() = rules.Customer(request.customer(), Reach::kNone);
  *contact.mutable_question() = rules.Question(request.question(), SubjectFrom::kAgent);
  WISSEL_RETURN_IF_ERROR(rules.status());
  return contact;
}

}  // namespace wissel::intake
