// An e-mail, as structured input, becomes a contact.

#ifndef WISSEL_SERVICES_INTAKE_EMAIL_H_
#define WISSEL_SERVICES_INTAKE_EMAIL_H_

#include "absl/status/statusor.h"
#include "wissel/cases/v1/cases.pb.h"
#include "wissel/intake/v1/intake.pb.h"

namespace wissel::intake {

// The contact of the request, checked and in one form, not yet routed. An e-mail address is
// required: the answer goes there. INVALID_ARGUMENT as ContactRules tells. Pure and thread-safe.
absl::StatusOr<cases::v1::Contact> FromEmail(const v1::RegisterEmailRequest& request);

}  // namespace wissel::intake

#endif  // WISSEL_SERVICES_INTAKE_EMAIL_H_
