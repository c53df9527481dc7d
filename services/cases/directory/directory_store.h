// Reads the directory through the views that it grants.

#ifndef WISSEL_SERVICES_CASES_DIRECTORY_DIRECTORY_STORE_H_
#define WISSEL_SERVICES_CASES_DIRECTORY_DIRECTORY_STORE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/pg/pool.h"
#include "services/cases/directory/directory.h"

namespace wissel::cases {

// For the pool.
std::vector<pg::Statement> DirectoryStatements();

// FAILED_PRECONDITION `no_such_municipality`.
absl::Status NoSuchMunicipality();

// The version of the transaction's municipality, as this statement sees it. Or NoSuchMunicipality.
absl::StatusOr<int64_t> ReadDirectoryVersion(pg::Transaction& transaction);

// All of it. Its `version` is the one that was read first: what changes meanwhile is at worst read
// again. A calendar or time zone that cannot be read is logged as `calendar_unreadable` or
// `time_zone_unreadable` and left out.
absl::StatusOr<std::shared_ptr<const Directory>> ReadDirectory(pg::Transaction& transaction);

// Every municipality of this installation with the version of its directory; for a transaction
// without a municipality.
absl::StatusOr<std::map<std::string, int64_t>> ListMunicipalities(pg::Transaction& transaction);

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_DIRECTORY_DIRECTORY_STORE_H_
