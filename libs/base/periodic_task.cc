#include "libs/base/periodic_task.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"

namespace wissel {

PeriodicTask::PeriodicTask(absl::Duration period, absl::AnyInvocable<void()> work)
    : period_(period),
      work_(std::move(work)),
      next_run_(absl::Now() + period),
      thread_([this] { Loop(); }) {}

PeriodicTask::~PeriodicTask() { Stop(); }

void PeriodicTask::Wake() { WakeAt(absl::InfinitePast()); }

void PeriodicTask::WakeAt(absl::Time time) {
  absl::MutexLock lock(&mutex_);
  next_run_ = std::min(next_run_, time);
}

void PeriodicTask::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  absl::call_once(joined_, [this] { thread_.join(); });
}

bool PeriodicTask::stopping() const {
  absl::MutexLock lock(&mutex_);
  return stopping_;
}

void PeriodicTask::Loop() {
  while (AwaitRun()) {
    work_();
    WakeAt(absl::Now() + period_);
  }
}

bool PeriodicTask::AwaitRun() {
  absl::MutexLock lock(&mutex_);
  while (!stopping_ && absl::Now() < next_run_) {
    const absl::Time until = next_run_;
    const auto has_news = [this, until]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
      return stopping_ || next_run_ < until;
    };
    mutex_.AwaitWithDeadline(absl::Condition(&has_news), until);
  }
  // A wake from now on, also one during the run, asks for another run.
  next_run_ = absl::InfiniteFuture();
  return !stopping_;
}

}  // namespace wissel
