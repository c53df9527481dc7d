// What the service does of its own accord, for every municipality in turn: routes what waits for
// the router, lets due moments follow the calendar, puts back what is held by somebody who left the
// team, deletes keys that are too old.

#ifndef WISSEL_SERVICES_CASES_UPKEEP_HOUSEKEEPER_H_
#define WISSEL_SERVICES_CASES_UPKEEP_HOUSEKEEPER_H_

#include <map>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "libs/base/periodic_task.h"
#include "libs/pg/pool.h"
#include "services/cases/upkeep/claim_releaser.h"
#include "services/cases/upkeep/due_mover.h"
#include "services/cases/upkeep/rerouter.h"

namespace wissel::cases {

// How often it looks.
struct HousekeeperOptions {
  // At what is pending and at calendars.
  absl::Duration period = absl::Seconds(2);
  // At who holds cases.
  absl::Duration release_period = absl::Seconds(5);
  // At old keys.
  absl::Duration delete_keys_period = absl::Minutes(10);
};

// Owns one thread. Keeps nothing that a restart would miss: what is to be done stands in the
// database, and any number of processes may do it at once. What fails is tried again the next time.
class Housekeeper {
 public:
  // All outlive the housekeeper; `pool` has the statements of the stores of all of them.
  Housekeeper(pg::Pool& pool, Rerouter& rerouter, DueMover& due_mover, ClaimReleaser& releaser,
              HousekeeperOptions options);

  // As PeriodicTask::Stop; what is under way ends after the municipality that it is at.
  void Stop() { task_.Stop(); }

  // Receipt of the oldest contact, over all municipalities, that waited for the router when it was
  // last looked; absl::InfiniteFuture if none did.
  absl::Time OldestPending() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  // What was seen of a municipality; only the thread uses it.
  struct Seen {
    int64_t directory_version = -1;
    absl::Time changed_at;
    absl::Time released_at = absl::InfinitePast();
    absl::Time deleted_keys_at = absl::InfinitePast();
    bool router_away = false;
    absl::Time oldest_pending = absl::InfiniteFuture();
  };

  void LookAtAll();
  void LookAt(const std::string& tenant_id, int64_t directory_version);
  void Reroute(const std::string& tenant_id, Seen& seen);

  pg::Pool& pool_;
  Rerouter& rerouter_;
  DueMover& due_mover_;
  ClaimReleaser& releaser_;
  const HousekeeperOptions options_;
  std::map<std::string, Seen> seen_;
  absl::Mutex mutex_;
  absl::Time oldest_pending_ ABSL_GUARDED_BY(mutex_) = absl::InfiniteFuture();
  PeriodicTask task_;
};

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_UPKEEP_HOUSEKEEPER_H_
