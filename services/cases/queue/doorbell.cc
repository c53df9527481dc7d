#include "services/cases/queue/doorbell.h"

#include "absl/time/clock.h"
#include "services/cases/queue/doorbell_store.h"

namespace wissel::cases {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(5);
// Rings closer together than this are one.
constexpr absl::Duration kPause = absl::Milliseconds(20);

}  // namespace

Doorbell::Doorbell(pg::Pool& pool) : pool_(pool), thread_([this] { Loop(); }) {}

Doorbell::~Doorbell() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  thread_.join();
}

void Doorbell::Ring() {
  absl::MutexLock lock(&mutex_);
  asked_ = true;
}

void Doorbell::Loop() {
  for (;;) {
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(this, &Doorbell::HasWork));
      if (!asked_) return;
      asked_ = false;
    }
    // One that cannot be rung is not rung again: the sweep of the screens sees to it.
    pool_.WithoutTenant(absl::Now() + kPatience, pg::Access::kRead, NotifyScreens).IgnoreError();
    absl::MutexLock lock(&mutex_);
    mutex_.AwaitWithTimeout(absl::Condition(&stopping_), kPause);
  }
}

}  // namespace wissel::cases
