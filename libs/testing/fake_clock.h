// A clock that stands still until a test moves it.
//
//   FakeClock clock(absl::FromCivil(absl::CivilMinute(2026, 4, 1, 9, 0), amsterdam));
//   clock.Advance(absl::Minutes(5));

#ifndef WISSEL_LIBS_TESTING_FAKE_CLOCK_H_
#define WISSEL_LIBS_TESTING_FAKE_CLOCK_H_

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "libs/base/clock.h"

namespace wissel::testing {

// For timeouts, caches and "today"; moments that are stored come from the database. Thread-safe.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(absl::Time now) : now_(now) {}

  absl::Time Now() const override {
    absl::MutexLock lock(&mutex_);
    return now_;
  }
  void Set(absl::Time now) {
    absl::MutexLock lock(&mutex_);
    now_ = now;
  }
  void Advance(absl::Duration by) {
    absl::MutexLock lock(&mutex_);
    now_ += by;
  }

 private:
  mutable absl::Mutex mutex_;
  absl::Time now_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wissel::testing

#endif  // WISSEL_LIBS_TESTING_FAKE_CLOCK_H_
