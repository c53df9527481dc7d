// The check of a text, as the contract answers it.

#ifndef WISSEL_LIBS_VERIFY_CHECK_DOCUMENT_H_
#define WISSEL_LIBS_VERIFY_CHECK_DOCUMENT_H_

#include <string>

#include "absl/time/time.h"
#include "libs/decision/service_hours.h"
#include "libs/verify/team_facts.h"
#include "wissel/routing/v1/sop.pb.h"

namespace wissel::verify {

namespace v1 = ::wissel::routing::v1;

// Everything that is found about `document`; a text that cannot be read gives the one finding
// `unreadable`. Moments of examples are the next ones after `now` by `hours`. Pure; as slow as
// Verify.
v1::CheckSopResponse CheckDocument(const std::string& document, const VerificationContext& context,
                                   const decision::ServiceHours& hours, absl::Time now);

}  // namespace wissel::verify

#endif  // WISSEL_LIBS_VERIFY_CHECK_DOCUMENT_H_
