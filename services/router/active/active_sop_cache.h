// What each municipality routes by, kept up to date beside the calls that use it.

#ifndef WISSEL_SERVICES_ROUTER_ACTIVE_ACTIVE_SOP_CACHE_H_
#define WISSEL_SERVICES_ROUTER_ACTIVE_ACTIVE_SOP_CACHE_H_

#include <deque>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "services/router/active/active_sop.h"

namespace wissel::router {

// Thread-safe. A caller that finds what it needs here never waits; one that does not is answered by
// the cache's own thread, which reads the database. What is held is only ever replaced by what was
// read later, so nobody goes back to an earlier version. When the moment of a version that waits
// has come, it decides at once, and the cache asks what follows it.
class ActiveSopCache {
 public:
  // Reads what holds: `held` itself if that still does (null: nothing is held). INTERNAL (it cannot
  // be read) is remembered as well; any other error is for those who wait, and is tried again when
  // asked again. Runs on the cache's thread.
  using Source = absl::AnyInvocable<absl::StatusOr<ActiveSopPtr>(absl::string_view tenant_id,
                                                                 const ActiveSopPtr& held)>;
  using Then = absl::AnyInvocable<void(const absl::StatusOr<ActiveSopPtr>&)>;

  explicit ActiveSopCache(Source source);
  // Those who still wait get UNAVAILABLE.
  ~ActiveSopCache();

  // Calls `then` once: before it returns if the answer is here, else on the cache's thread.
  void With(absl::string_view tenant_id, Then then);

  // Whether With answers before it returns, now and later.
  bool Has(absl::string_view tenant_id) const;

  // What was just read after a change.
  void Put(absl::string_view tenant_id, ActiveSopPtr active);

  // Something changed somewhere: everything that is held is compared with the database. What is
  // held stays in use until then, and while the database is away.
  void Refresh();

 private:
  std::optional<absl::StatusOr<ActiveSopPtr>> Find(absl::string_view tenant_id) const;
  void Run();
  // When the first version that waits comes into force.
  absl::Time NextSwitch() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Those whose next version is in force by now are due.
  void MarkSwitched() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // The municipality to read now.
  std::string TakeNext() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Keeps what was read, unless something later is there already. Takes who waited for it.
  std::vector<Then> Keep(const std::string& tenant_id, const absl::StatusOr<ActiveSopPtr>& read)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool HasWork() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return HasHaste() || !due_.empty(); }
  bool HasHaste() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return stopping_ || !missing_.empty();
  }

  Source source_;
  mutable absl::Mutex mutex_;
  absl::flat_hash_map<std::string, absl::StatusOr<ActiveSopPtr>> kept_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<std::string, std::vector<Then>> waiting_ ABSL_GUARDED_BY(mutex_);
  // Municipalities for which somebody waits, in the order in which they were asked for.
  std::deque<std::string> missing_ ABSL_GUARDED_BY(mutex_);
  // Those to compare when nobody waits.
  absl::flat_hash_set<std::string> due_ ABSL_GUARDED_BY(mutex_);
  // The one that is being read now; empty if none is.
  std::string reading_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_ACTIVE_ACTIVE_SOP_CACHE_H_
