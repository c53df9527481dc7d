// Lets due moments follow the calendar.

#ifndef WISSEL_SERVICES_CASES_UPKEEP_DUE_MOVER_H_
#define WISSEL_SERVICES_CASES_UPKEEP_DUE_MOVER_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libs/municipality/snapshot_cache.h"
#include "libs/pg/pool.h"

namespace wissel::cases {

// Thread-safe; holds no state. `pool` has DueStatements() and those of the snapshot; it and
// `municipalities` outlive the mover.
class DueMover {
 public:
  DueMover(pg::Pool& pool, municipality::SnapshotCache& municipalities)
      : pool_(pool), municipalities_(municipalities) {}

  // Counts the due moment again of every open case that was counted in an older calendar than the
  // municipality has now, from its first receipt and with the norm that it got then. One that
  // changes gets an event DUE_MOVED. Closed and imported cases never change. Returns how many
  // moved. In batches, each a transaction: after an error the next run goes on.
  absl::StatusOr<int> Run(absl::string_view tenant_id);

 private:
  pg::Pool& pool_;
  municipality::SnapshotCache& municipalities_;
};

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_UPKEEP_DUE_MOVER_H_
