// What becomes of a transaction when PostgreSQL, a backend or the network fails under it.

#include <atomic>
#include <thread>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "libs/pg/listener.h"
#include "libs/pg/pool.h"
#include "libs/pg/test_engines.h"
#include "libs/testing/cluster.h"
#include "libs/testing/database_relay.h"
#include "libs/testing/postgres.h"

namespace wissel::pg {
namespace {

using ::wissel::testing::Cluster;
using ::wissel::testing::TestDatabase;

constexpr Statement kAdd = {"row_add", "insert into pgtest.row values ($1)"};
constexpr Statement kAddAndSay = {"row_add_and_say",
                                  "insert into pgtest.row values ($1) returning 'it is in'"};

absl::Time Soon() { return absl::Now() + absl::Seconds(20); }

// With each engine, and with a commit that goes by itself or with the last statements.
class FaultsTest : public ::testing::TestWithParam<std::tuple<Engine, bool>> {
 protected:
  FaultsTest() {
    // `late` makes a commit sleep: a row above 100 does so in a check at its end.
    database_.Admin(
        "create schema pgtest; create table pgtest.row (id int primary key);"
        "create function pgtest.late() returns trigger language plpgsql as"
        "  $$ begin if new.id > 100 then perform pg_sleep(60); end if; return null; end $$;"
        "create constraint trigger late after insert on pgtest.row deferrable initially deferred"
        "  for each row execute function pgtest.late();"
        "grant usage on schema pgtest to wissel_cases; grant all on pgtest.row to wissel_cases");
    pool_ = OpenPool(database_.ConnInfo("cases"));
  }

  static std::unique_ptr<Pool> OpenPool(const std::string& conninfo) {
    absl::StatusOr<std::unique_ptr<Pool>> pool = Pool::Open({.conninfo = conninfo,
                                                             .size = 3,
                                                             .engine = std::get<Engine>(GetParam()),
                                                             .statements = {kAdd, kAddAndSay}});
    EXPECT_TRUE(pool.ok()) << pool.status();
    return *std::move(pool);
  }

  // Adds a row through a relay that ends the connection as soon as the row is in.
  absl::Status AddAndStop(bool for_good) {
    const std::string conninfo = database_.ConnInfo("cases");
    const std::string directory = conninfo.substr(5, conninfo.find(' ') - 5);
    testing::DatabaseRelay relay(directory);
    const auto pool = OpenPool(absl::StrReplaceAll(conninfo, {{directory, relay.directory()}}));
    relay.StopAfter("it is in", for_good);
    return pool->WithoutTenant(Soon(), Access::kWrite, [&](Transaction& transaction) {
      return RunOnly(transaction, kAddAndSay, 1);
    });
  }

  static bool CommitsWithTheLast() { return std::get<bool>(GetParam()); }

  static absl::Status RunOnly(Transaction& transaction, const Statement& statement, int id) {
    const Param params[] = {id};
    return CommitsWithTheLast() ? transaction.RunLast({{statement, params}}).status()
                                : transaction.Run(statement, params).status();
  }

  absl::Status Add(int id, absl::Time deadline = Soon()) {
    return pool_->WithoutTenant(deadline, Access::kWrite, [&](Transaction& transaction) {
      return RunOnly(transaction, kAdd, id);
    });
  }

  // That the row is there if the status of its addition says so, and else is not, unless that is
  // unknown.
  void ExpectTold(const absl::Status& status) const {
    if (ReasonOf(status) == "commit_unknown") return;
    EXPECT_TRUE(status.ok() || ReasonOf(status) == "database_away") << status;
    EXPECT_EQ(Rows(), status.ok() ? "1" : "0") << status;
  }

  std::string Rows() const { return database_.Admin("select count(*) from pgtest.row"); }

  // Waits for a backend of the pool that is in this state, and returns its process id.
  std::string Backend(std::string condition) const {
    const absl::Time end = Soon();
    while (absl::Now() < end) {
      const std::string pid = database_.Admin(
          absl::StrCat("select pid from pg_stat_activity where datname = current_database() and "
                       "usename = 'wissel_cases' and ",
                       condition, " limit 1"));
      if (!pid.empty()) return pid;
      absl::SleepFor(absl::Milliseconds(5));
    }
    ADD_FAILURE() << "no backend where " << condition;
    return "0";
  }

  void KillBackends() const {
    database_.Admin(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
        " where datname = current_database() and usename = 'wissel_cases'");
  }

  // Makes every commit wait for a standby that does not exist. By a restart, since nothing tells
  // when a reload has reached the process that keeps this setting for all.
  void AwaitStandby() {
    database_.Admin("alter system set synchronous_standby_names = 'nobody'");
    database_.CrashAndRestart();
  }
  // Lets the commits that wait go on.
  void ForgetStandby() const {
    database_.Admin("alter system reset synchronous_standby_names");
    database_.Admin("select pg_reload_conf()");
  }

  TestDatabase database_;
  std::unique_ptr<Pool> pool_;
};

std::string NameOfBoth(const ::testing::TestParamInfo<std::tuple<Engine, bool>>& info) {
  return absl::StrCat(NameOf(std::get<Engine>(info.param)),
                      std::get<bool>(info.param) ? "WithTheLast" : "");
}

INSTANTIATE_TEST_SUITE_P(Engines, FaultsTest, ::testing::Combine(BothEngines(), ::testing::Bool()),
                         NameOfBoth);

TEST_P(FaultsTest, AKilledBackendWroteNothingAndIsReplaced) {
  const absl::Status status =
      pool_->WithoutTenant(Soon(), Access::kWrite, [&](Transaction& transaction) {
        EXPECT_TRUE(transaction.Run(kAdd, {1}).ok());
        KillBackends();
        return transaction.Run(kAdd, {2}).status();
      });
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(status), "database_away");
  EXPECT_EQ(Rows(), "0");
  EXPECT_TRUE(Add(3).ok());
  EXPECT_EQ(Rows(), "1");
}

TEST_P(FaultsTest, ABackendKilledWhileIdleIsNotNoticed) {
  ASSERT_TRUE(Add(1).ok());
  KillBackends();
  EXPECT_TRUE(Add(2).ok());
  EXPECT_TRUE(pool_->Ping(Soon()).ok());
}

// After the look at the socket, so only the first statement finds out.
TEST_P(FaultsTest, ABackendKilledBeforeTheFirstStatementIsReplaced) {
  const absl::Status status =
      pool_->WithoutTenant(Soon(), Access::kWrite, [&](Transaction& transaction) {
        KillBackends();
        if (absl::Status first = transaction.Run(kAdd, {1}).status(); !first.ok()) return first;
        return transaction.Run(kAdd, {2}).status();
      });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(Rows(), "2");
}

// The rows of the first statements come, and behind them the word that the server stops: what they
// did is gone, and nothing that follows may be taken for its commit. A commit that was sent along
// may have been done.
TEST_P(FaultsTest, WhatABackendDidThatStopsRightAfterItIsNotCommitted) {
  const absl::Status status = AddAndStop(/*for_good=*/true);
  ExpectTold(status);
  if (CommitsWithTheLast()) return;
  EXPECT_TRUE(absl::IsUnavailable(status)) << status;
  EXPECT_EQ(Rows(), "0");
}

TEST_P(FaultsTest, WhatABackendDidThatStopsRightAfterItMayBeDoneAgain) {
  ExpectTold(AddAndStop(/*for_good=*/false));
}

TEST_P(FaultsTest, HealsAfterACrashOfAll) {
  ASSERT_TRUE(Add(1).ok());
  Cluster::Get().Crash();
  EXPECT_EQ(ReasonOf(Add(2)), "database_away");
  EXPECT_FALSE(pool_->Ping(Soon()).ok());
  Cluster::Get().Start();
  EXPECT_TRUE(Add(3).ok());
  EXPECT_EQ(Rows(), "2");
}

TEST_P(FaultsTest, ACommitWithoutAnswerIsUnknown) {
  absl::Status status;
  std::thread writer([&] { status = Add(101); });
  const std::string pid = Backend("wait_event = 'PgSleep' and query like '%commit%'");
  database_.Admin(absl::StrCat("select pg_terminate_backend(", pid, ")"));
  writer.join();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(status), "commit_unknown");
  EXPECT_TRUE(Add(1).ok());
}

TEST_P(FaultsTest, AWarningOnCommitIsUnknown) {
  AwaitStandby();
  absl::Status status;
  std::thread writer([&] { status = Add(1); });
  const std::string pid = Backend("wait_event = 'SyncRep'");
  database_.Admin(absl::StrCat("select pg_cancel_backend(", pid, ")"));
  writer.join();
  ForgetStandby();
  EXPECT_EQ(ReasonOf(status), "commit_unknown") << status;
  EXPECT_EQ(
      database_.Admin(absl::StrCat("select count(*) from pg_stat_activity where pid = ", pid)), "0")
      << "its connection is not used again";
}

TEST_P(FaultsTest, TheDeadlineDoesNotCancelACommit) {
  AwaitStandby();
  const absl::Time deadline = absl::Now() + absl::Seconds(1);
  absl::Status status;
  std::atomic<bool> done = false;
  std::thread writer([&] {
    status = Add(1, deadline);
    done = true;
  });
  Backend("wait_event = 'SyncRep'");
  absl::SleepFor(deadline + absl::Milliseconds(300) - absl::Now());
  EXPECT_FALSE(done);
  ForgetStandby();
  writer.join();
  EXPECT_TRUE(status.ok()) << status;
}

// Counts calls and lets a test wait for the next.
class CallCounter {
 public:
  void Count() {
    absl::MutexLock lock(&mutex_);
    ++count_;
  }
  int count() const {
    absl::MutexLock lock(&mutex_);
    return count_;
  }
  // True once there were more than `seen`.
  bool Await(int seen) const {
    absl::MutexLock lock(&mutex_);
    const auto more = [&]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return count_ > seen; };
    return mutex_.AwaitWithTimeout(absl::Condition(&more), absl::Seconds(20));
  }

 private:
  mutable absl::Mutex mutex_;
  int count_ ABSL_GUARDED_BY(mutex_) = 0;
};

TEST(Listener, CallsAlsoAfterACrash) {
  TestDatabase database;
  CallCounter calls;
  Listener listener(database.ConnInfo("cases"), "Some channel", [&] { calls.Count(); });
  ASSERT_TRUE(calls.Await(0)) << "once when it is connected";
  database.Admin("notify \"Some channel\"");
  ASSERT_TRUE(calls.Await(1));

  Cluster::Get().CrashAndRestart();
  ASSERT_TRUE(calls.Await(2)) << "once after the loss";
  database.Admin("notify \"Some channel\"");
  EXPECT_TRUE(calls.Await(3));
}

TEST(Listener, StopsWithoutADatabase) {
  Listener listener("host=/nowhere dbname=none", "channel", [] { FAIL(); });
}

}  // namespace
}  // namespace wissel::pg
