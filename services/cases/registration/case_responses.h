// The answers that writes on one case gave, by their key. Registration, which writes many keys at
// once, has statements of its own (first_registration_store.h).

#ifndef WISSEL_SERVICES_CASES_REGISTRATION_CASE_RESPONSES_H_
#define WISSEL_SERVICES_CASES_REGISTRATION_CASE_RESPONSES_H_

#include "libs/idempotency/stored_responses.h"

namespace wissel::cases {

// A key that registered a contact is not free for another write.
const idempotency::StoredResponses& CaseResponses();

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_REGISTRATION_CASE_RESPONSES_H_
