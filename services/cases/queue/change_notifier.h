// Tells live screens, in every process, that something has changed.

#ifndef WISSEL_SERVICES_CASES_QUEUE_CHANGE_NOTIFIER_H_
#define WISSEL_SERVICES_CASES_QUEUE_CHANGE_NOTIFIER_H_

#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "libs/pg/pool.h"

namespace wissel::cases {

// Sends NOTIFY `wissel_cases` after a commit, not within it: PostgreSQL lets only one transaction
// that notifies commit at a time, so such batches could not share a flush to disk. A notification
// that is lost with its process costs a screen the few seconds until its sweep. Thread-safe; owns
// one thread.
class ChangeNotifier {
 public:
  // `pool` has ChangeNotifierStatements() and outlives the notifier.
  explicit ChangeNotifier(pg::Pool& pool);
  // Sends what was asked for, then joins.
  ~ChangeNotifier();

  // Returns at once; everything that was committed before is seen by whoever gets the notification.
  void Notify() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void Loop();
  bool HasWork() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return asked_ || stopping_; }

  pg::Pool& pool_;
  absl::Mutex mutex_;
  bool asked_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_QUEUE_CHANGE_NOTIFIER_H_
