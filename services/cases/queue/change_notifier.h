// Tells live screens, in every process, that something has changed.

#ifndef WISSEL_SERVICES_CASES_QUEUE_CHANGE_NOTIFIER_H_
#define WISSEL_SERVICES_CASES_QUEUE_CHANGE_NOTIFIER_H_

#include <atomic>

#include "libs/base/periodic_task.h"
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
  // Sends what was asked for.
  ~ChangeNotifier();

  // Returns at once; everything that was committed before is seen by whoever gets the notification.
  void Notify();

 private:
  void SendIfAsked();

  pg::Pool& pool_;
  // And not sent yet; a task that stops drops its wake.
  std::atomic<bool> asked_ = false;
  PeriodicTask task_;
};

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_QUEUE_CHANGE_NOTIFIER_H_
