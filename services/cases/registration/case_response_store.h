// The answers that writes on one case gave, by their key. Registration, which writes many keys at
// once, has statements of its own (first_registration_store.h).

#ifndef WISSEL_SERVICES_CASES_REGISTRATION_CASE_RESPONSE_STORE_H_
#define WISSEL_SERVICES_CASES_REGISTRATION_CASE_RESPONSE_STORE_H_

#include "libs/idempotency/response_store.h"

namespace wissel::cases {

// A key that registered a contact is not free for another write.
const idempotency::ResponseStore& CaseResponses();

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_REGISTRATION_CASE_RESPONSE_STORE_H_
