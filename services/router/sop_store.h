// SQL of the router: versions of the SOP, and the teams that they may name.

#ifndef WISSEL_SERVICES_ROUTER_SOP_STORE_H_
#define WISSEL_SERVICES_ROUTER_SOP_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/pg/pool.h"
#include "services/router/sop_yaml.h"

namespace wissel::router {

using TeamIds = absl::flat_hash_set<std::string>;

// One version as it was loaded.
struct StoredSop {
  int64_t version = 0;
  std::string document;
  absl::Time in_force_from;
};

// To prepare on every connection.
std::vector<pg::Statement> SopStatements();

// All work in the municipality of `transaction`; errors are those of pg::Transaction.

// Version in force; 0 if there is none.
absl::StatusOr<int64_t> ReadSopVersion(pg::Transaction& transaction);

// The SOP in force; absent if there is none.
absl::StatusOr<std::optional<StoredSop>> ReadSop(pg::Transaction& transaction);

// Team ids of the directory.
absl::StatusOr<TeamIds> ReadTeamIds(pg::Transaction& transaction);

// Makes other writers of this municipality wait until the transaction ends, so that versions
// follow each other. Before anything is read on which the next version depends.
absl::Status LockSop(pg::Transaction& transaction);

// Stores the next version and rings on every node when the transaction commits.
absl::Status InsertSop(pg::Transaction& transaction, int64_t version, const std::string& document,
                       absl::string_view loaded_by);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_SOP_STORE_H_
