// A contact form becomes a contact.

#ifndef WISSEL_SERVICES_INTAKE_FORM_H_
#define WISSEL_SERVICES_INTAKE_FORM_H_

#include "absl/status/statusor.h"
#include "wissel/cases/v1/cases.pb.h"
#include "wissel/intake/v1/intake.pb.h"

namespace wissel::intake {

// The contact of the request, checked and in one form, not yet routed. `form_id` becomes its
// account. A phone number or an e-mail address is required. INVALID_ARGUMENT as ContactRules tells.
// Pure and thread-safe.
absl::StatusOr<cases::v1::Contact> FromForm(const v1::SubmitFormRequest& request);

}  // namespace wissel::intake

#endif  // WISSEL_SERVICES_INTAKE_FORM_H_
