// A request to be called back becomes a contact.

#ifndef WISSEL_SERVICES_INTAKE_CALLBACK_H_
#define WISSEL_SERVICES_INTAKE_CALLBACK_H_

#include "absl/status/statusor.h"
#include "wissel/cases/v1/cases.pb.h"
#include "wissel/intake/v1/intake.pb.h"

namespace wissel::intake {

// The contact of the request, checked and in one form, not yet routed. Somebody must be able to
// call: a phone number is required. INVALID_ARGUMENT as ContactRules tells. Pure and thread-safe.
absl::StatusOr<cases::v1::Contact> FromCallback(const v1::RegisterCallbackRequest& request);

}  // namespace wissel::intake

#endif  // WISSEL_SERVICES_INTAKE_CALLBACK_H_
