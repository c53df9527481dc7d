// Who holds cases, and what the directory says of them.

#ifndef WISSEL_SERVICES_CASES_UPKEEP_CLAIM_RELEASER_STORE_H_
#define WISSEL_SERVICES_CASES_UPKEEP_CLAIM_RELEASER_STORE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/pg/pool.h"
#include "libs/rpc/principal.h"

namespace wissel::cases {

// For the pool.
std::vector<pg::Statement> ClaimReleaserStatements();

// Somebody who holds cases of a team.
struct Holder {
  // Account and roles, which are none if it is gone; of its teams only `team_id`, if it is one.
  rpc::Principal who;
  std::string team_id;
  // The team is the KCC's own.
  bool at_kcc = false;
};

// Everybody who holds a case of the municipality, once for each team; read along the index of what
// is held, so the length of the queues plays no part.
absl::StatusOr<std::vector<Holder>> ReadHolders(pg::Transaction& transaction);

// The first `limit` cases that `holder` has of that team, by reference.
absl::StatusOr<std::vector<int64_t>> ListHeld(pg::Transaction& transaction, const Holder& holder,
                                              int limit);

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_UPKEEP_CLAIM_RELEASER_STORE_H_
