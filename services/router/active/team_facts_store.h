// Reads what the check of an SOP needs to know of teams beside the snapshot of the municipality.

#ifndef WISSEL_SERVICES_ROUTER_ACTIVE_TEAM_FACTS_STORE_H_
#define WISSEL_SERVICES_ROUTER_ACTIVE_TEAM_FACTS_STORE_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/municipality/municipality_snapshot.h"
#include "libs/pg/pool.h"
#include "libs/verify/team_facts.h"

namespace wissel::router {

// To prepare on every connection.
std::vector<pg::Statement> TeamFactsStatements();

// What an SOP is checked against on the local day of `now`, in the municipality of the transaction,
// whose snapshot `municipality` is. Read anew for every check: members and leads of teams change
// without a new version of the directory. Errors are those of pg::Transaction.
absl::StatusOr<verify::VerificationContext> ReadVerificationContext(
    pg::Transaction& transaction, const municipality::MunicipalitySnapshot& municipality,
    absl::Time now);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_ACTIVE_TEAM_FACTS_STORE_H_
