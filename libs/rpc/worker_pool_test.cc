#include "libs/rpc/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <vector>

#include "absl/synchronization/notification.h"

namespace wissel::rpc {
namespace {

constexpr auto kRead = options::v1::EFFECT_READ;
constexpr auto kWrite = options::v1::EFFECT_WRITE;

TEST(WorkerPoolTest, WritesGoFirstAndReadsAreRefusedFirst) {
  absl::Notification busy;
  absl::Notification go;
  std::vector<int> order;
  {
    WorkerPool pool(1, 4);
    ASSERT_TRUE(pool.Submit(kWrite, [&] {
      busy.Notify();
      go.WaitForNotification();
    }));
    busy.WaitForNotification();
    EXPECT_TRUE(pool.Submit(kRead, [&] { order.push_back(10); }));
    EXPECT_TRUE(pool.Submit(kRead, [&] { order.push_back(11); }));
    EXPECT_FALSE(pool.Submit(kRead, [] {}));
    for (int i = 0; i < 4; ++i) EXPECT_TRUE(pool.Submit(kWrite, [&, i] { order.push_back(i); }));
    EXPECT_FALSE(pool.Submit(kWrite, [] {}));
    go.Notify();
  }
  EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 3, 10, 11}));
}

TEST(WorkerPoolTest, RunsWhatWasTakenWhileItStops) {
  std::atomic<int> runs = 0;
  {
    WorkerPool pool(2, 1000);
    for (int i = 0; i < 500; ++i) ASSERT_TRUE(pool.Submit(kWrite, [&] { ++runs; }));
  }
  EXPECT_EQ(runs, 500);
}

TEST(WorkerPoolTest, AnIdleThreadTakesOverFromOneThatWaits) {
  WorkerPool pool(3, 1000);
  for (int round = 0; round < 200; ++round) {
    absl::Notification first;
    absl::Notification second;
    absl::Notification done;
    // Each waits for the next: three threads must be at it at once.
    ASSERT_TRUE(pool.Submit(kRead, [&] {
      first.WaitForNotification();
      done.Notify();
    }));
    ASSERT_TRUE(pool.Submit(kRead, [&] {
      second.WaitForNotification();
      first.Notify();
    }));
    ASSERT_TRUE(pool.Submit(kWrite, [&] { second.Notify(); }));
    done.WaitForNotification();
  }
}

}  // namespace
}  // namespace wissel::rpc
