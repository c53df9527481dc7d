// Stores what a simulator makes up, over several connections at once.

#ifndef WISSEL_SERVICES_WISSEL_SIMULATION_HISTORY_WRITER_H_
#define WISSEL_SERVICES_WISSEL_SIMULATION_HISTORY_WRITER_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "libs/pg/pool.h"
#include "services/cases/history/case_history.h"
#include "services/wissel/simulation/simulator.h"

namespace wissel::simulation {

// What became of it.
struct WriterTally {
  int64_t stored = 0;
  // There already: an earlier run was stopped.
  int64_t known = 0;
};

// Gives references in the order of receipt, whatever the order of the commits.
class HistoryWriter {
 public:
  // `pool` has the statements of references and of histories, and a connection for each of kLanes;
  // both outlive it.
  HistoryWriter(pg::Pool& pool, std::string tenant_id, Simulator& simulator)
      : pool_(pool), tenant_id_(std::move(tenant_id)), simulator_(simulator) {}

  // Stores everything, or until `stopped` says so; whole batches either way. Once. Returns the
  // first error, and stores no more after it. Again stores only what is missing.
  absl::Status Run(const std::function<bool()>& stopped);

  WriterTally tally() const;

  static constexpr int kLanes = 3;

 private:
  using Batch = std::vector<cases::CaseHistory>;

  void WriteBatches(const std::function<bool()>& stopped);
  // The next ones with their references; empty if there are none.
  absl::StatusOr<Batch> TakeBatch() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status Write(const Batch& batch);

  pg::Pool& pool_;
  const std::string tenant_id_;
  mutable absl::Mutex mutex_;
  Simulator& simulator_ ABSL_GUARDED_BY(mutex_);
  // Made up and not yet taken; those before `next_` are.
  Batch pending_ ABSL_GUARDED_BY(mutex_);
  size_t next_ ABSL_GUARDED_BY(mutex_) = 0;
  WriterTally tally_ ABSL_GUARDED_BY(mutex_);
  absl::Status first_error_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wissel::simulation

#endif  // WISSEL_SERVICES_WISSEL_SIMULATION_HISTORY_WRITER_H_
