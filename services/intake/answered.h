// A question that was answered at first contact becomes a contact.

#ifndef WISSEL_SERVICES_INTAKE_ANSWERED_H_
#define WISSEL_SERVICES_INTAKE_ANSWERED_H_

#include "absl/status/statusor.h"
#include "wissel/cases/v1/cases.pb.h"
#include "wissel/intake/v1/intake.pb.h"

namespace wissel::intake {

// The contact of the request, checked and in one form, with the outcome that closes its case at
// once. Nobody has to give a name or a number to get an answer. `channel` is one on which people
// are answered at once (else `invalid_channel`), and `kind` is required; so is `answer` when the
// question was answered. INVALID_ARGUMENT as
// ContactRules tells. Pure and thread-safe.
absl::StatusOr<cases::v1::Contact> FromAnswered(const v1::RegisterAnsweredRequest& request);

}  // namespace wissel::intake

#endif  // WISSEL_SERVICES_INTAKE_ANSWERED_H_
