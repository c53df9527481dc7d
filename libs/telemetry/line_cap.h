// Keeps the log from being filled by what others can cause as often as they like.

#ifndef WISSEL_LIBS_TELEMETRY_LINE_CAP_H_
#define WISSEL_LIBS_TELEMETRY_LINE_CAP_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "libs/base/clock.h"

namespace wissel::telemetry {

// Lets through so many lines of a kind in a minute, and counts the others. Thread-safe. Memory is
// bounded: with very many kinds at once the rest of them count as one, called `other`.
class LineCap {
 public:
  // Lines of a kind that were left out in a minute that is over.
  struct LeftOut {
    std::string kind;
    int64_t count = 0;
  };

  // `clock` outlives it.
  explicit LineCap(const Clock& clock) : clock_(clock) {}

  // Whether a line of `kind` may be written: the first `per_minute` in each minute, which begins
  // with the first of them.
  bool Take(absl::string_view kind, int per_minute) ABSL_LOCKS_EXCLUDED(mutex_);

  // What was left out in the minutes that are over; each is told once.
  std::vector<LeftOut> TakeLeftOut() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  struct Minute {
    absl::Time began;
    int64_t lines = 0;
    int64_t left_out = 0;
  };

  // Forgets the minutes that are over.
  void Forget(absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const Clock& clock_;
  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, Minute> kinds_ ABSL_GUARDED_BY(mutex_);
  std::vector<LeftOut> to_tell_ ABSL_GUARDED_BY(mutex_);
  // No minute is over before this.
  absl::Time next_end_ ABSL_GUARDED_BY(mutex_) = absl::InfiniteFuture();
};

}  // namespace wissel::telemetry

#endif  // WISSEL_LIBS_TELEMETRY_LINE_CAP_H_
