// A thread that does a piece of work every period, or sooner when it is woken.
//
//   class Cleaner {
//     ...
//     PeriodicTask task_{absl::Minutes(1), [this] { CleanAll(); }};  // the last member
//   };

#ifndef WISSEL_LIBS_BASE_PERIODIC_TASK_H_
#define WISSEL_LIBS_BASE_PERIODIC_TASK_H_

#include <thread>

#include "absl/base/call_once.h"
#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace wissel {

// Thread-safe; owns one thread, from construction until Stop(). Runs never overlap. What the work
// uses is declared before the task, so that it is destroyed after it.
class PeriodicTask {
 public:
  // The first run is `period` from now, and each other one `period` after the end of the one
  // before. With absl::InfiniteDuration() it only runs when it is woken. The work may call Wake(),
  // WakeAt() and stopping(), but not Stop(), which waits for it.
  PeriodicTask(absl::Duration period, absl::AnyInvocable<void()> work);
  // As Stop().
  ~PeriodicTask();

  // Returns at once. A run begins after this call; all wakes before it begins share it, also those
  // that came while another run was under way. After Stop() nothing happens.
  void Wake() ABSL_LOCKS_EXCLUDED(mutex_);

  // As Wake(), but the run may wait until `time`. Of several times the first one counts, and it is
  // forgotten when a run begins.
  void WakeAt(absl::Time time) ABSL_LOCKS_EXCLUDED(mutex_);

  // Waits for the run that is under way, then ends the thread; a run that has not begun is dropped.
  // Repeating it does nothing.
  void Stop() ABSL_LOCKS_EXCLUDED(mutex_);

  // Whether Stop() has been called: long work asks, and returns early.
  bool stopping() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void Loop();
  // Waits until a run is due; false if the task is to end instead.
  bool AwaitRun() ABSL_LOCKS_EXCLUDED(mutex_);

  const absl::Duration period_;
  absl::AnyInvocable<void()> work_;
  mutable absl::Mutex mutex_;
  absl::Time next_run_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  absl::once_flag joined_;
  std::thread thread_;
};

}  // namespace wissel

#endif  // WISSEL_LIBS_BASE_PERIODIC_TASK_H_
