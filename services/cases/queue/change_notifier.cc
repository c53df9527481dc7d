#include "services/cases/queue/change_notifier.h"

#include "absl/time/clock.h"
#include "services/cases/queue/change_notifier_store.h"

namespace wissel::cases {
namespace {

constexpr absl::Duration kTimeout = absl::Seconds(5);
// Notifications closer together than this are sent as one.
constexpr absl::Duration kPause = absl::Milliseconds(20);

}  // namespace

ChangeNotifier::ChangeNotifier(pg::Pool& pool) : pool_(pool), thread_([this] { Loop(); }) {}

ChangeNotifier::~ChangeNotifier() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  thread_.join();
}

void ChangeNotifier::Notify() {
  absl::MutexLock lock(&mutex_);
  asked_ = true;
}

void ChangeNotifier::Loop() {
  for (;;) {
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(this, &ChangeNotifier::HasWork));
      if (!asked_) return;
      asked_ = false;
    }
    // A notification that fails is not sent again: the sweep of the screens makes up for it.
    pool_.WithoutTenant(absl::Now() + kTimeout, pg::Access::kRead, NotifyScreens).IgnoreError();
    absl::MutexLock lock(&mutex_);
    mutex_.AwaitWithTimeout(absl::Condition(&stopping_), kPause);
  }
}

}  // namespace wissel::cases
