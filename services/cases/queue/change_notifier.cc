#include "services/cases/queue/change_notifier.h"

#include "absl/time/clock.h"
#include "services/cases/queue/change_notifier_store.h"

namespace wissel::cases {
namespace {

constexpr absl::Duration kTimeout = absl::Seconds(5);
// Notifications closer together than this are sent as one.
constexpr absl::Duration kPause = absl::Milliseconds(20);

}  // namespace

ChangeNotifier::ChangeNotifier(pg::Pool& pool)
    : pool_(pool), task_(absl::InfiniteDuration(), [this] {
        SendIfAsked();
        absl::SleepFor(kPause);
      }) {}

ChangeNotifier::~ChangeNotifier() {
  task_.Stop();
  SendIfAsked();
}

void ChangeNotifier::Notify() {
  asked_ = true;
  task_.Wake();
}

void ChangeNotifier::SendIfAsked() {
  if (!asked_.exchange(false)) return;
  // A notification that fails is not sent again: the sweep of the screens makes up for it.
  pool_.WithoutTenant(absl::Now() + kTimeout, pg::Access::kRead, NotifyScreens).IgnoreError();
}

}  // namespace wissel::cases
