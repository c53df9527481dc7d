#include "services/intake/callback.h"

#include "libs/base/status.h"
#include "services/intake/contact_rules.h"

namespace wissel::intake {

absl::StatusOr<cases::v1::Contact> FromCallback(const v1::RegisterCallbackRequest& request) {
  ContactRules rules;
  cases::v1::Contact contact;
  rules.IdempotencyKey(request.idempotency_key());
  contact.set_channel(common::v1::CHANNEL_CALLBACK);
  *contact.mutable_customer() = rules.Customer(request.customer(), Reach::kPhone);
  *contact.mutable_question() = rules.Question(request.question(), SubjectFrom::kAgent);
  if (request.has_preferred_moment()) {
    *contact.mutable_preferred_moment() = rules.PreferredMoment(request.preferred_moment());
  }
  WISSEL_RETURN_IF_ERROR(rules.status());
  return contact;
}

}  // namespace wissel::intake
