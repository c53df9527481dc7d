// Keeps the figures of all municipalities up to date, beside the calls that read them.

#ifndef WISSEL_SERVICES_INSIGHT_ROLLUP_LOOP_H_
#define WISSEL_SERVICES_INSIGHT_ROLLUP_LOOP_H_

#include <string>

#include "absl/time/time.h"
#include "libs/base/periodic_task.h"
#include "libs/pg/pool.h"
#include "services/insight/rollup_keeper.h"

namespace wissel::insight {

// Owns one thread. Keeps nothing that a restart would miss. What fails is logged as
// `rollups_failed` and tried again in the next round.
class RollupLoop {
 public:
  // Both outlive it; `pool` is that of the keeper.
  RollupLoop(pg::Pool& pool, RollupKeeper& keeper, absl::Duration period)
      : pool_(pool), keeper_(keeper), task_(period, [this] { LookAtAll(); }) {}

  // As PeriodicTask::Stop; what is under way ends after the municipality that it is at.
  void Stop() { task_.Stop(); }

 private:
  void LookAtAll();
  // One that was never counted is counted from the beginning.
  absl::Status LookAt(const std::string& tenant_id);

  pg::Pool& pool_;
  RollupKeeper& keeper_;
  PeriodicTask task_;
};

}  // namespace wissel::insight

#endif  // WISSEL_SERVICES_INSIGHT_ROLLUP_LOOP_H_
