// Whether the disks that Wissel and its database write to have room left: a full disk stops
// PostgreSQL in a way that needs a person, so new work is refused before.

#ifndef WISSEL_SERVICES_WISSEL_DISK_GUARD_H_
#define WISSEL_SERVICES_WISSEL_DISK_GUARD_H_

#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "libs/base/clock.h"

namespace wissel {

// Looks at the disks at most once in five seconds. Thread-safe; a look takes microseconds. It sees
// only disks of this machine: how full the disk of a database elsewhere is, PostgreSQL does not
// tell.
class DiskGuard {
 public:
  // INVALID_ARGUMENT `no_such_path` for a path that is not there. A disk is full from
  // `full_percent` of what may be used on it. `clock` outlives it.
  static absl::Status CheckPaths(const std::vector<std::string>& paths);
  DiskGuard(std::vector<std::string> paths, int full_percent, const Clock& clock)
      : paths_(std::move(paths)), full_percent_(full_percent), clock_(clock) {}

  // UNAVAILABLE `disk_full` while one of the disks is full. The message names its path and is for
  // those who run the installation, not for callers. A disk that cannot be looked
  // at counts as one with room.
  absl::Status Check() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  absl::Status Look() const;

  const std::vector<std::string> paths_;
  const int full_percent_;
  const Clock& clock_;
  absl::Mutex mutex_;
  absl::Status last_ ABSL_GUARDED_BY(mutex_);
  absl::Time look_again_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
};

}  // namespace wissel

#endif  // WISSEL_SERVICES_WISSEL_DISK_GUARD_H_
