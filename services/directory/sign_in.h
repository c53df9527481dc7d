// From a name and a password to a session.

#ifndef WISSEL_SERVICES_DIRECTORY_SIGN_IN_H_
#define WISSEL_SERVICES_DIRECTORY_SIGN_IN_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/pg/pool.h"
#include "wissel/directory/v1/directory.pb.h"

namespace wissel::directory {

// A working day: long enough not to be in the way, and nobody is still signed in tomorrow.
inline constexpr absl::Duration kSessionLength = absl::Hours(12);

// Starts a session. Compares a password even when there is no such name, so that answer and time
// are those of a wrong password. Costs what PasswordMatches costs and runs in the same executor; no
// transaction is open meanwhile.
//
// UNAUTHENTICATED `wrong_credentials`. RESOURCE_EXHAUSTED `too_many_attempts` after ten wrong tries
// on a name within 15 minutes, whether or not the name exists; of tries that run at once, too, no
// more than ten learn whether they were right. A right one clears the count. NOT_FOUND
// `unknown_municipality`, whose names are public. INVALID_ARGUMENT `required`, `too_long` or
// `invalid_tenant_id`.
absl::StatusOr<v1::SignInResponse> SignIn(pg::Pool& pool, const v1::SignInRequest& request,
                                          absl::Time deadline);

}  // namespace wissel::directory

#endif  // WISSEL_SERVICES_DIRECTORY_SIGN_IN_H_
