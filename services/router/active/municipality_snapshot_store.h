// Reads the snapshot through the views that the directory grants.

#ifndef WISSEL_SERVICES_ROUTER_ACTIVE_MUNICIPALITY_SNAPSHOT_STORE_H_
#define WISSEL_SERVICES_ROUTER_ACTIVE_MUNICIPALITY_SNAPSHOT_STORE_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/pg/pool.h"
#include "services/router/active/municipality_snapshot.h"

namespace wissel::router {

// To prepare on every connection.
std::vector<pg::Statement> MunicipalitySnapshotStatements();

// The snapshot of the transaction's municipality. FAILED_PRECONDITION `no_such_municipality`. A
// calendar or zone that cannot be read is logged as `calendar_unreadable` and left out: contacts
// are routed all the same. Other errors are those of pg::Transaction.
absl::StatusOr<std::shared_ptr<const MunicipalitySnapshot>> ReadMunicipalitySnapshot(
    pg::Transaction& transaction);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_ACTIVE_MUNICIPALITY_SNAPSHOT_STORE_H_
