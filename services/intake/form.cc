#include "services/intake/form.h"

#include "libs/base/status.h"
#include "services/intake/contact_rules.h"

namespace wissel::intake {

absl::StatusOr<cases::v1::Contact> FromForm(const v1::SubmitFormRequest& request) {
  ContactRules rules;
  cases::v1::Contact contact;
  rules.IdempotencyKey(request.idempotency_key());
  contact.set_channel(common::v1::CHANNEL_FORM);
  *contact.mutable_customer() = rules.Customer(request.customer(), Reach::kEither);
  *contact.mutable_question() = rules.Question(request.question(), SubjectFrom::kMessage);
  contact.set_account(rules.Text("form_id", request.form_id(), customer::kFormId));
  WISSEL_RETURN_IF_ERROR(rules.status());
  return contact;
}

}  // namespace wissel::intake
