#include "services/intake/email.h"

#include "libs/base/status.h"
#include "services/intake/contact_rules.h"

namespace wissel::intake {

absl::StatusOr<cases::v1::Contact> FromEmail(const v1::RegisterEmailRequest& request) {
  ContactRules rules;
  cases::v1::Contact contact;
  rules.IdempotencyKey(request.idempotency_key());
  contact.set_channel(common::v1::CHANNEL_EMAIL);
  *contact.mutable_customer() = rules.Customer(request.customer(), Reach::kEmail);
  *contact.mutable_question() = rules.Question(request.question(), SubjectFrom::kMessage);
  contact.set_account(rules.Text("account", request.account(), customer::kAccount));
  contact.set_external_id(rules.Text("external_id", request.external_id(), customer::kExternalId));
  WISSEL_RETURN_IF_ERROR(rules.status());
  return contact;
}

}  // namespace wissel::intake
