// Routes what came in while the router was away. Until then the KCC holds such a case, and its
// clock runs.

#ifndef WISSEL_SERVICES_CASES_UPKEEP_REROUTER_H_
#define WISSEL_SERVICES_CASES_UPKEEP_REROUTER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "libs/municipality/snapshot_cache.h"
#include "libs/pg/pool.h"
#include "libs/rpc/channel_registry.h"
#include "libs/rpc/rpc_client.h"
#include "services/cases/upkeep/rerouter_store.h"
#include "wissel/routing/v1/routing.grpc.pb.h"

namespace wissel::cases {

// Thread-safe. `pool` has RerouterStatements() and those of the snapshot; it and `municipalities`
// outlive the rerouter, and so does the channel registry.
class Rerouter {
 public:
  // `service_token` is what the router knows the parts of this installation by.
  Rerouter(pg::Pool& pool, municipality::SnapshotCache& municipalities,
           rpc::ChannelRegistry& channels, std::string service_token);

  // Asks the router about every case of the municipality that waits for it and that nobody has in
  // hand, and gives each to the team it decides on: event ROUTED with the reason, and DUE_MOVED if
  // the norm of that team makes another due moment, counted from the first receipt. Returns how
  // many were routed. Blocks for as long as that takes.
  //
  // Errors: UNAVAILABLE when the router is still away, NOT_FOUND `no_sop` when the municipality has
  // none: what was routed before stays, the rest waits for the next run. Those of pg::Pool.
  //
  // Several processes may run this at once: a case that changed since it was read is left alone,
  // and looked at again the next time if it still waits.
  absl::StatusOr<int> Run(absl::string_view tenant_id);

  // Receipt of the oldest contact that Run has still to see to; absl::InfiniteFuture if there is
  // none. Errors are those of pg::Pool.
  absl::StatusOr<absl::Time> OldestPending(absl::string_view tenant_id);

 private:
  absl::StatusOr<routing::v1::Decision> Ask(absl::string_view tenant_id,
                                            const PendingCase& pending);
  // Stores what was decided; returns how many cases it still held for.
  absl::StatusOr<int> Store(absl::string_view tenant_id, absl::Span<const DecidedCase> decided);

  pg::Pool& pool_;
  municipality::SnapshotCache& municipalities_;
  rpc::RpcClient<routing::v1::RouterService> router_;
  const std::string service_token_;
};

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_UPKEEP_REROUTER_H_
