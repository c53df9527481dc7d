// Reads past cases to learn from, out of the view of the cases service.

#ifndef WISSEL_SERVICES_ROUTER_PROPOSE_PAST_CASE_STORE_H_
#define WISSEL_SERVICES_ROUTER_PROPOSE_PAST_CASE_STORE_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/pg/pool.h"
#include "services/router/propose/case_history.h"

namespace wissel::router {

// To prepare on every connection.
std::vector<pg::Statement> PastCaseStatements();

// Cases of the municipality of `transaction` that a team has answered and that were received in
// [from, to), by local day of `zone`; those that are alike together. Errors: pg::Transaction's.
absl::StatusOr<std::vector<PastCase>> ReadPastCases(pg::Transaction& transaction, absl::Time from,
                                                    absl::Time to, absl::TimeZone zone);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_PROPOSE_PAST_CASE_STORE_H_
