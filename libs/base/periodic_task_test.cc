#include "libs/base/periodic_task.h"

#include <gtest/gtest.h>

#include <atomic>
#include <limits>
#include <thread>
#include <vector>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"

namespace wissel {
namespace {

// Work whose runs are counted, and end when the test lets them. A run that never comes makes the
// test hang instead of fail.
class Runs {
 public:
  void Run() ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    const int number = ++begun_;
    const auto may_end = [this, number]()
                             ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return number <= may_end_; };
    mutex_.Await(absl::Condition(&may_end));
  }

  // The runs up to `number` may end.
  void LetEnd(int number) ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    may_end_ = number;
  }
  void AwaitBegun(int number) ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    const auto has_begun = [this, number]()
                               ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return begun_ >= number; };
    mutex_.Await(absl::Condition(&has_begun));
  }
  int begun() ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    return begun_;
  }

 private:
  absl::Mutex mutex_;
  int begun_ ABSL_GUARDED_BY(mutex_) = 0;
  int may_end_ ABSL_GUARDED_BY(mutex_) = std::numeric_limits<int>::max();
};

TEST(PeriodicTask, RunsAgainAndAgainWithoutBeingWoken) {
  Runs runs;
  PeriodicTask task(absl::Milliseconds(1), [&] { runs.Run(); });
  runs.AwaitBegun(3);
}

TEST(PeriodicTask, EveryWakeIsFollowedByARunThatBeginsAfterIt) {
  std::atomic<int> asked = 0;
  absl::Mutex mutex;
  int seen = 0;
  PeriodicTask task(absl::InfiniteDuration(), [&] {
    const int asked_at_begin = asked;
    absl::MutexLock lock(&mutex);
    seen = asked_at_begin;
  });
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 250; ++round) {
        const int mine = ++asked;
        task.Wake();
        const auto was_seen = [&] { return seen >= mine; };
        absl::MutexLock lock(&mutex);
        mutex.Await(absl::Condition(&was_seen));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(PeriodicTask, WakesDuringARunCauseExactlyOneMore) {
  constexpr int kRounds = 200;
  Runs runs;
  PeriodicTask task(absl::InfiniteDuration(), [&] { runs.Run(); });
  for (int before = 0; before < 2 * kRounds; before += 2) {
    ASSERT_EQ(runs.begun(), before);
    runs.LetEnd(before);
    task.Wake();
    runs.AwaitBegun(before + 1);
    for (int i = 0; i < 3; ++i) task.Wake();
    runs.LetEnd(before + 2);
    runs.AwaitBegun(before + 2);
  }
  task.Stop();
  EXPECT_EQ(runs.begun(), 2 * kRounds);
}

TEST(PeriodicTask, TheFirstOfTheTimesCounts) {
  Runs runs;
  PeriodicTask task(absl::InfiniteDuration(), [&] { runs.Run(); });
  task.WakeAt(absl::Now() + absl::Hours(1));
  task.WakeAt(absl::Now() + absl::Milliseconds(1));
  task.WakeAt(absl::Now() + absl::Hours(2));
  runs.AwaitBegun(1);
}

TEST(PeriodicTask, ATimeIsForgottenWhenARunBegins) {
  Runs runs;
  runs.LetEnd(0);
  PeriodicTask task(absl::InfiniteDuration(), [&] { runs.Run(); });
  task.Wake();
  runs.AwaitBegun(1);
  const absl::Time soon = absl::Now() + absl::Milliseconds(5);
  task.WakeAt(soon);
  task.Wake();
  runs.LetEnd(3);
  runs.AwaitBegun(2);
  while (absl::Now() <= soon) std::this_thread::yield();
  task.Stop();
  EXPECT_EQ(runs.begun(), 2);
}

TEST(PeriodicTask, ARunMaySayWhenTheNextOneIs) {
  Runs runs;
  PeriodicTask* self = nullptr;
  PeriodicTask task(absl::InfiniteDuration(), [&] {
    runs.Run();
    self->WakeAt(absl::Now() + absl::Milliseconds(1));
  });
  self = &task;
  task.Wake();
  runs.AwaitBegun(3);
}

TEST(PeriodicTask, StopEndsALongWait) {
  Runs runs;
  for (const absl::Duration period : {absl::Hours(1), absl::InfiniteDuration()}) {
    PeriodicTask task(period, [&] { runs.Run(); });
    task.Stop();
    task.Stop();
    task.Wake();
  }
  EXPECT_EQ(runs.begun(), 0);
}

TEST(PeriodicTask, StopWaitsForTheRunWhichSeesIt) {
  absl::Notification begun;
  bool ended = false;
  PeriodicTask* self = nullptr;
  PeriodicTask task(absl::InfiniteDuration(), [&] {
    EXPECT_FALSE(self->stopping());
    begun.Notify();
    while (!self->stopping()) std::this_thread::yield();
    ended = true;
  });
  self = &task;
  task.Wake();
  begun.WaitForNotification();
  task.Stop();
  EXPECT_TRUE(ended);
}

TEST(PeriodicTask, TheDestructorWaitsForTheRunAndDropsTheNext) {
  Runs runs;
  {
    PeriodicTask* self = nullptr;
    PeriodicTask task(absl::InfiniteDuration(), [&] {
      runs.Run();
      while (!self->stopping()) std::this_thread::yield();
    });
    self = &task;
    task.Wake();
    runs.AwaitBegun(1);
    task.Wake();
  }
  EXPECT_EQ(runs.begun(), 1);
}

}  // namespace
}  // namespace wissel
