// The same question once more becomes a contact of the case that is open.

#ifndef WISSEL_SERVICES_INTAKE_ATTACH_H_
#define WISSEL_SERVICES_INTAKE_ATTACH_H_

#include "absl/status/statusor.h"
#include "wissel/cases/v1/cases.pb.h"
#include "wissel/intake/v1/intake.pb.h"

namespace wissel::intake {

// The contact of the request, checked and in one form; it is never routed, since its case has a
// team. Any channel is fine (else `invalid_channel`), and nobody has to be reachable once more.
// INVALID_ARGUMENT as ContactRules tells. Pure and thread-safe.
absl::StatusOr<cases::v1::Contact> FromAttach(const v1::AttachContactRequest& request);

}  // namespace wissel::intake

#endif  // WISSEL_SERVICES_INTAKE_ATTACH_H_
