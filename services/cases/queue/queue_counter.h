// How much lies in the queues: counted along the index of the open cases, and kept with the
// snapshot that it was counted in. It holds for as long as no event has touched the queue since,
// which is what is asked instead of counting again.

#ifndef WISSEL_SERVICES_CASES_QUEUE_QUEUE_COUNTER_H_
#define WISSEL_SERVICES_CASES_QUEUE_QUEUE_COUNTER_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/cases/queue/today.h"
#include "wissel/cases/v1/cases.pb.h"

namespace wissel::cases {

// The open cases of a team.
struct QueueTally {
  // By due moment.
  std::map<absl::Time, int> open;
  int claimed = 0;
  // By the clock of this process.
  absl::Time counted_at;

  // What of them is overdue or due today.
  v1::QueueCounts At(absl::string_view team_id, const Today& today) const;
};

// Queues of a municipality, all as the same snapshot saw them.
struct TalliedQueues {
  // As PostgreSQL writes it; before anything was counted, one that sees all there will ever be.
  std::string snapshot;
  // By team; others were not counted, or have changed since they were.
  std::map<std::string, std::shared_ptr<const QueueTally>> teams;
};

// What is kept between calls. Thread-safe; some kilobytes a team.
class QueueCounter {
 public:
  // To be taken before the transaction that goes on from it reads anything.
  std::shared_ptr<const TalliedQueues> Get(absl::string_view tenant_id) ABSL_LOCKS_EXCLUDED(mutex_);

  // Keeps `now` in the place of `before`, unless another call did so first.
  void Put(absl::string_view tenant_id, const std::shared_ptr<const TalliedQueues>& before,
           TalliedQueues now) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, std::shared_ptr<const TalliedQueues>> kept_
      ABSL_GUARDED_BY(mutex_);
};

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_QUEUE_QUEUE_COUNTER_H_
