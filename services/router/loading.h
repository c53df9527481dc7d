// How an SOP gets from its text into force, and from the database into a process.

#ifndef WISSEL_SERVICES_ROUTER_LOADING_H_
#define WISSEL_SERVICES_ROUTER_LOADING_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/pg/pool.h"
#include "services/router/sop_cache.h"

namespace wissel::router {

// Checks `document` against the teams of the municipality and stores it as the next version, in
// one transaction; if it is what is in force already, nothing is stored. Either way the compiled
// SOP that is in force afterwards. Two at once get versions in turn. INVALID_ARGUMENT `invalid_sop`
// as ParseSop; errors of the database as pg::Pool.
absl::StatusOr<SopPtr> PutInForce(pg::Pool& pool, absl::string_view tenant_id,
                                  const std::string& document, absl::string_view loaded_by,
                                  absl::Time deadline);

// A SopCache::Source. `held` comes back when its version still is in force. NOT_FOUND `no_sop`.
// INTERNAL, with a line in the log, for a stored document that this program cannot read. Waits for
// at most 5 s.
absl::StatusOr<SopPtr> ReadInForce(pg::Pool& pool, absl::string_view tenant_id, const SopPtr& held);

// NOT_FOUND `no_sop`.
absl::Status NoSop();

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_LOADING_H_
