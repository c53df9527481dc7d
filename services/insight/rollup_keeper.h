// Keeps the facts and counts of every municipality up to its event log, makes them again from
// nothing, and proves them right.
//
// An event may be committed long after one with a higher number, so "after the last one" would skip
// some. The keeper remembers the number of the oldest transaction that was under way when it last
// looked, and reads again from there on; what it knows already is told by the number of events of
// the case. A case is always judged anew by all of its events: doing so twice changes nothing.

#ifndef WISSEL_SERVICES_INSIGHT_ROLLUP_KEEPER_H_
#define WISSEL_SERVICES_INSIGHT_ROLLUP_KEEPER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/municipality/snapshot_cache.h"
#include "libs/pg/pool.h"
#include "services/insight/log_position_store.h"

namespace wissel::insight {

// What differs from the log; at most kMostNamed of each.
struct RollupDifferences {
  // Cases whose fact is missing or is not what their events say.
  std::vector<int64_t> cases;
  // Counts that are not the sum of their facts; see FindWrongCounts().
  std::vector<std::string> counts;
  // Looked at.
  int64_t cases_read = 0;

  bool empty() const { return cases.empty() && counts.empty(); }
  static constexpr int kMostNamed = 20;
};

// Thread-safe; any number of processes may do the same at once. Errors, everywhere: those of
// pg::Pool, and nothing has changed then.
class RollupKeeper {
 public:
  // Both outlive it. `pool` has InsightStatements().
  RollupKeeper(pg::Pool& pool, municipality::SnapshotCache& municipalities)
      : pool_(pool), municipalities_(municipalities) {}

  // Counts what has happened since. False if the municipality was never counted: that is for
  // Rebuild(), since it takes longer than a person waits.
  absl::StatusOr<bool> CatchUp(absl::string_view tenant_id, absl::Time deadline);

  // The same, unless another process is at it now: that is fine too.
  absl::StatusOr<bool> CatchUpUnlessBusy(absl::string_view tenant_id, absl::Time deadline);

  // Makes everything again from the log, and returns how many cases there are. What others read
  // meanwhile is what was there before.
  absl::StatusOr<int64_t> Rebuild(absl::string_view tenant_id, absl::Time deadline);

  // Judges every case again and compares, after catching up. Changes nothing.
  absl::StatusOr<RollupDifferences> Verify(absl::string_view tenant_id, absl::Time deadline);

 private:
  using Locker = absl::FunctionRef<absl::StatusOr<std::optional<LogPosition>>(pg::Transaction&)>;
  absl::StatusOr<bool> CatchUpWith(absl::string_view tenant_id, absl::Time deadline, Locker lock);

  pg::Pool& pool_;
  municipality::SnapshotCache& municipalities_;
};

}  // namespace wissel::insight

#endif  // WISSEL_SERVICES_INSIGHT_ROLLUP_KEEPER_H_
