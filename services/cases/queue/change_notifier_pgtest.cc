#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "gtest/gtest.h"
#include "libs/pg/listener.h"
#include "libs/testing/postgres.h"
#include "services/cases/queue/change_notifier.h"
#include "services/cases/queue/change_notifier_store.h"

namespace wissel::cases {
namespace {

// A screen of another process. A notification that never comes makes the test hang.
class Screen {
 public:
  explicit Screen(const testing::TestDatabase& database)
      : listener_(database.ConnInfo("cases"), "wissel_cases", [this] {
          absl::MutexLock lock(&mutex_);
          ++notified_;
        }) {}

  void AwaitNotified(int times) {
    absl::MutexLock lock(&mutex_);
    const auto was_notified = [this, times]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
      return notified_ >= times;
    };
    mutex_.Await(absl::Condition(&was_notified));
  }

 private:
  absl::Mutex mutex_;
  int notified_ ABSL_GUARDED_BY(mutex_) = 0;
  pg::Listener listener_;
};

TEST(ChangeNotifier, SendsWhatWasAskedForBeforeItIsDestroyed) {
  testing::TestDatabase database;
  const auto pool = pg::Pool::Open({.conninfo = database.ConnInfo("cases"),
                                    .size = 1,
                                    .statements = ChangeNotifierStatements()})
                        .value();
  Screen screen(database);
  // A listener also runs when it has connected.
  screen.AwaitNotified(1);
  for (int times = 2; times <= 11; ++times) {
    {
      ChangeNotifier notifier(*pool);
      notifier.Notify();
    }
    screen.AwaitNotified(times);
  }
}

}  // namespace
}  // namespace wissel::cases
