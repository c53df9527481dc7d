// How an SOP gets from its text into force, and from the database into a process.

#ifndef WISSEL_SERVICES_ROUTER_ACTIVE_SOP_LOADER_H_
#define WISSEL_SERVICES_ROUTER_ACTIVE_SOP_LOADER_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/municipality/snapshot_cache.h"
#include "libs/pg/pool.h"
#include "libs/rpc/principal.h"
#include "services/router/active/active_sop.h"

namespace wissel::router {

// All of this reads a municipality through `municipalities`.

// Checks `document` against what the directory says of the municipality, and puts it in force at
// once as the next version, in one transaction; versions that wait are void then. If it is what is
// in force already, nothing is stored. Either way what holds afterwards. Two at once get versions
// in turn. INVALID_ARGUMENT `invalid_sop` as ParseSop, and for the first error that Verify finds;
// errors of the database as pg::Pool.
absl::StatusOr<ActiveSopPtr> LoadDocument(pg::Pool& pool,
                                          municipality::SnapshotCache& municipalities,
                                          const rpc::Principal& who, const std::string& document,
                                          absl::Time deadline);

// What holds as `transaction` sees it, whose municipality is `tenant_id`: `held` itself if that
// still does (null: nothing is held).
// INTERNAL, with a line in the log, for a document in force that this program cannot read; one
// that waits is left out then. FAILED_PRECONDITION `no_such_municipality`.
absl::StatusOr<ActiveSopPtr> ReadActiveSop(pg::Transaction& transaction,
                                           municipality::SnapshotCache& municipalities,
                                           absl::string_view tenant_id, const ActiveSopPtr& held);

// The same in a transaction of its own, as a ActiveSopCache::Source. Waits for at most 5 s.
absl::StatusOr<ActiveSopPtr> ReadActiveSop(pg::Pool& pool,
                                           municipality::SnapshotCache& municipalities,
                                           absl::string_view tenant_id, const ActiveSopPtr& held);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_ACTIVE_SOP_LOADER_H_
