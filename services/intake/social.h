// A message on a social medium becomes a contact.

#ifndef WISSEL_SERVICES_INTAKE_SOCIAL_H_
#define WISSEL_SERVICES_INTAKE_SOCIAL_H_

#include "absl/status/statusor.h"
#include "wissel/cases/v1/cases.pb.h"
#include "wissel/intake/v1/intake.pb.h"

namespace wissel::intake {

// The contact of the request, checked and in one form, not yet routed. The medium itself is the
// way back, so `account` and `external_id` are required and phone and e-mail are not.
// INVALID_ARGUMENT as ContactRules tells. Pure and thread-safe.
absl::StatusOr<cases::v1::Contact> FromSocial(const v1::RegisterSocialMessageRequest& request);

}  // namespace wissel::intake

#endif  // WISSEL_SERVICES_INTAKE_SOCIAL_H_
