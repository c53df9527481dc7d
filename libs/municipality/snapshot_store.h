// Reads the snapshot of a municipality through the views that the directory grants.

#ifndef WISSEL_LIBS_MUNICIPALITY_SNAPSHOT_STORE_H_
#define WISSEL_LIBS_MUNICIPALITY_SNAPSHOT_STORE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/municipality/municipality_snapshot.h"
#include "libs/pg/pool.h"

namespace wissel::municipality {

// For the pool of a service whose role the directory lets read its views.
std::vector<pg::Statement> SnapshotStatements();

// FAILED_PRECONDITION `no_such_municipality`.
absl::Status NoSuchMunicipality();

// The version of the transaction's municipality, as this statement sees it. Or NoSuchMunicipality.
absl::StatusOr<int64_t> ReadVersion(pg::Transaction& transaction);

// All of it, or NoSuchMunicipality. Its `version` is the one that was read first: what changes
// meanwhile is at worst read again. Fields of a calendar that a newer version of Wissel wrote are
// passed over. A calendar or time zone that cannot be read is logged as `calendar_unreadable` or
// `time_zone_unreadable` and left out; the zone is Europe/Amsterdam then.
absl::StatusOr<std::shared_ptr<const MunicipalitySnapshot>> ReadSnapshot(
    pg::Transaction& transaction);

// Every municipality of this installation with the version of its directory; for a transaction
// without a municipality.
absl::StatusOr<std::map<std::string, int64_t>> ListMunicipalities(pg::Transaction& transaction);

}  // namespace wissel::municipality

#endif  // WISSEL_LIBS_MUNICIPALITY_SNAPSHOT_STORE_H_
