#include <thread>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "libs/pg/pool.h"
#include "libs/pg/test_engines.h"
#include "libs/testing/postgres.h"

namespace wissel::pg {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::wissel::testing::TestDatabase;

constexpr Statement kAdd = {"note_add", "insert into pgtest.note values ($1, $2, $3)"};
constexpr Statement kSet = {"note_set", "update pgtest.note set body = $2 where note_id = $1"};
constexpr Statement kCount = {"note_count", "select count(*) as notes from pgtest.note"};
constexpr Statement kSleep = {"sleep", "select pg_sleep(60)"};
constexpr Statement kEcho = {
    "echo",
    "select $1::text[] = array[$2, $3, null]::text[] as same, $1::text[] as texts,"
    "  $4::timestamptz as moment, $5::bytea as bytes, $6::timestamptz[] as moments,"
    "  $7::bigint[] as numbers, $8::double precision as fraction, $9::boolean as yes,"
    "  $10::text as nothing"};
constexpr Statement kCommit = {"test_commit", "commit"};
constexpr Statement kTenant = {"tenant", "select coalesce(wissel.tenant(), 'none') as tenant"};
constexpr Statement kPair = {"pair", "select * from unnest($1::text[], $2::bytea[]) as t (a, b)"};

absl::Time Soon() { return absl::Now() + absl::Seconds(20); }

class PoolTest : public ::testing::TestWithParam<Engine> {
 protected:
  PoolTest() {
    database_.Admin(
        "create schema pgtest authorization wissel_owner; set role wissel_owner;"
        "create table pgtest.note (tenant_id text, note_id int, body text not null,"
        "  primary key (tenant_id, note_id), constraint note_short check (length(body) < 100));"
        "alter table pgtest.note enable row level security;"
        "alter table pgtest.note force row level security;"
        "create policy tenant on pgtest.note using (tenant_id = wissel.tenant())"
        "  with check (tenant_id = wissel.tenant());"
        "grant usage on schema pgtest to wissel_cases;"
        "grant select, insert, update, delete on pgtest.note to wissel_cases");
  }

  std::unique_ptr<Pool> Open(int size) {
    PoolOptions options;
    options.conninfo = database_.ConnInfo("cases");
    options.size = size;
    options.engine = GetParam();
    options.statements = {kAdd, kSet, kCount, kSleep, kEcho, kPair, kCommit, kTenant};
    absl::StatusOr<std::unique_ptr<Pool>> pool = Pool::Open(options);
    EXPECT_TRUE(pool.ok()) << pool.status();
    return pool.ok() ? *std::move(pool) : nullptr;
  }

  static absl::Status Add(Pool& pool, std::string tenant, int id, std::string body) {
    return pool.InTenant(tenant, Soon(), Access::kWrite, [&](Transaction& transaction) {
      return transaction.Run(kAdd, {tenant, id, body}).status();
    });
  }

  // Notes that are visible to a municipality, or without one; -1 after an error.
  static int64_t Count(Pool& pool, std::string tenant) {
    int64_t count = -1;
    const auto body = [&](Transaction& transaction) -> absl::Status {
      WISSEL_ASSIGN_OR_RETURN(const Result rows, transaction.Run(kCount));
      count = rows[0].Int64("notes");
      return absl::OkStatus();
    };
    const absl::Status status = tenant.empty() ? pool.WithoutTenant(Soon(), Access::kRead, body)
                                               : pool.InTenant(tenant, Soon(), Access::kRead, body);
    EXPECT_TRUE(status.ok()) << status;
    return count;
  }

  TestDatabase database_;
};

INSTANTIATE_TEST_SUITE_P(Engines, PoolTest, BothEngines(), EngineName);

TEST_P(PoolTest, ShowsOnlyTheMunicipalityOfTheTransaction) {
  auto pool = Open(1);
  ASSERT_TRUE(Add(*pool, "GM0603", 1, "ours").ok());
  ASSERT_TRUE(Add(*pool, "GM0603", 2, "ours").ok());
  ASSERT_TRUE(Add(*pool, "GM0518", 1, "theirs").ok());
  EXPECT_EQ(Count(*pool, "GM0603"), 2);
  EXPECT_EQ(Count(*pool, "GM0518"), 1);
}

TEST_P(PoolTest, LeavesNoMunicipalityOnThePooledConnection) {
  auto pool = Open(1);
  EXPECT_EQ(Count(*pool, ""), 0) << "before any";
  ASSERT_TRUE(Add(*pool, "GM0603", 1, "ours").ok());
  EXPECT_EQ(Count(*pool, ""), 0) << "after a commit";
  const absl::Status left = pool->InTenant(
      "GM0603", Soon(), Access::kWrite, [](Transaction&) { return absl::CancelledError("left"); });
  EXPECT_EQ(left.code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(Count(*pool, ""), 0) << "after a rollback";
  EXPECT_FALSE(Add(*pool, "GM0603", 1, "twice").ok());
  EXPECT_EQ(Count(*pool, ""), 0) << "after an error";
}

// Whoever gets at the connection outside a transaction of the pool sees nothing either.
TEST_P(PoolTest, TheMunicipalityEndsWithItsTransaction) {
  auto pool = Open(1);
  std::string inside, outside;
  // Its own commit has nothing left to do, which is no matter here.
  pool->InTenant("GM0603", Soon(), Access::kWrite,
                 [&](Transaction& transaction) -> absl::Status {
                   WISSEL_ASSIGN_OR_RETURN(const Result before, transaction.Run(kTenant));
                   inside = before[0].TextOrEmpty("tenant");
                   WISSEL_RETURN_IF_ERROR(transaction.Run(kCommit).status());
                   WISSEL_ASSIGN_OR_RETURN(const Result after, transaction.Run(kTenant));
                   outside = after[0].TextOrEmpty("tenant");
                   return absl::OkStatus();
                 })
      .IgnoreError();
  EXPECT_EQ(inside, "GM0603");
  EXPECT_EQ(outside, "none");
}

TEST_P(PoolTest, AMunicipalityIsACodeAndNotSql) {
  auto pool = Open(1);
  for (const std::string& tenant :
       {std::string(), std::string("x', true), set_config('wissel.tenant', 'GM0603"),
        std::string("GM\0", 3), std::string("\xff"), std::string(65, 'x')}) {
    const absl::Status status =
        pool->InTenant(tenant, Soon(), Access::kRead, [](Transaction&) -> absl::Status {
          ADD_FAILURE() << "the body runs";
          return absl::OkStatus();
        });
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  }
}

TEST_P(PoolTest, RefusesToWriteForAnother) {
  auto pool = Open(1);
  const absl::Status status =
      pool->InTenant("GM0603", Soon(), Access::kWrite, [](Transaction& transaction) {
        return transaction.Run(kAdd, {"GM0518", 1, "planted"}).status();
      });
  EXPECT_EQ(ReasonOf(status), "refused_by_database") << status;
  EXPECT_EQ(Count(*pool, "GM0518"), 0);
}

TEST_P(PoolTest, ValuesComeBackAsTheyWere) {
  auto pool = Open(1);
  const std::string nasty = "a'b\"c\\d{e},f\n\t\x01 é 漢 🚲 NULL";
  const absl::Time moment = absl::FromUnixMicros(1775046896123400);
  const std::string bytes("\0\\x\xff'\"", 6);
  const absl::Status status =
      pool->WithoutTenant(Soon(), Access::kRead, [&](Transaction& transaction) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(
            const Result rows,
            transaction.Run(
                kEcho,
                {std::vector<std::optional<std::string>>{nasty, "", std::nullopt}, nasty, "",
                 moment, Bytes{bytes}, std::vector<std::optional<absl::Time>>{moment, std::nullopt},
                 std::vector<int64_t>{1, -1}, 0.1, true, std::nullopt}));
        EXPECT_TRUE(rows[0].Bool("same"));
        EXPECT_EQ(rows[0].Time("moment"), moment);
        EXPECT_EQ(rows[0].Bytes("bytes"), bytes);
        EXPECT_EQ(rows[0].Text("numbers"), "{1,-1}");
        EXPECT_EQ(rows[0].Double("fraction"), 0.1);
        EXPECT_TRUE(rows[0].Bool("yes"));
        EXPECT_TRUE(rows[0].IsNull("nothing"));
        EXPECT_EQ(rows[0].TextOrEmpty("nothing"), "");
        EXPECT_EQ(rows[0].OptionalTime("nothing"), std::nullopt);

        WISSEL_ASSIGN_OR_RETURN(const Result pairs,
                                transaction.Run(kPair, {std::vector<std::string>{nasty, "", "NULL"},
                                                        std::vector<Bytes>{{bytes}, {""}, {"x"}}}));
        EXPECT_EQ(pairs.size(), 3);
        EXPECT_EQ(pairs[0].Text("a"), nasty);
        EXPECT_EQ(pairs[0].Bytes("b"), bytes);
        EXPECT_EQ(pairs[1].Text("a"), "");
        EXPECT_EQ(pairs[2].Text("a"), "NULL");
        return absl::OkStatus();
      });
  EXPECT_TRUE(status.ok()) << status;
}

TEST_P(PoolTest, InfiniteTimesComeBack) {
  auto pool = Open(1);
  for (const absl::Time time : {absl::InfiniteFuture(), absl::InfinitePast(), absl::UnixEpoch(),
                                absl::FromUnixMicros(-1), absl::FromUnixMicros(1)}) {
    const absl::Status status =
        pool->WithoutTenant(Soon(), Access::kRead, [&](Transaction& transaction) -> absl::Status {
          WISSEL_ASSIGN_OR_RETURN(
              const Result rows,
              transaction.Run(
                  kEcho, {std::nullopt, std::nullopt, std::nullopt, time, std::nullopt,
                          std::nullopt, std::nullopt, std::nullopt, std::nullopt, std::nullopt}));
          EXPECT_EQ(rows[0].Time("moment"), time);
          return absl::OkStatus();
        });
    EXPECT_TRUE(status.ok()) << status;
  }
}

// (C1) PostgreSQL read the year 26 as 2026.
TEST_P(PoolTest, TimesOfEveryYearComeBack) {
  auto pool = Open(1);
  const absl::TimeZone utc = absl::UTCTimeZone();
  for (const int year : {-4000, -1, 0, 1, 5, 26, 99, 100, 999, 1000, 9999, 10000, 200000}) {
    const absl::Time time =
        absl::FromCivil(absl::CivilSecond(year, 2, 28, 23, 59, 58), utc) + absl::Microseconds(7);
    const absl::Status status =
        pool->WithoutTenant(Soon(), Access::kRead, [&](Transaction& transaction) -> absl::Status {
          WISSEL_ASSIGN_OR_RETURN(
              const Result rows,
              transaction.Run(kEcho, {std::nullopt, std::nullopt, std::nullopt, time, std::nullopt,
                                      std::vector<absl::Time>{time}, std::nullopt, std::nullopt,
                                      std::nullopt, std::nullopt}));
          EXPECT_EQ(rows[0].Time("moment"), time) << year;
          EXPECT_EQ(rows[0].Text("moments").find("infinity"), absl::string_view::npos) << year;
          return absl::OkStatus();
        });
    EXPECT_TRUE(status.ok()) << status << year;
  }
}

TEST_P(PoolTest, RefusesWhatIsNoText) {
  auto pool = Open(1);
  EXPECT_EQ(ReasonOf(Add(*pool, "GM0603", 1, "\xff")), "invalid_utf8");
  EXPECT_EQ(ReasonOf(Add(*pool, "GM0603", 1, std::string("a\0b", 3))), "nul_character");
  EXPECT_EQ(Count(*pool, "GM0603"), 0);
}

TEST_P(PoolTest, NamesTheConstraintAndNoValue) {
  auto pool = Open(1);
  ASSERT_TRUE(Add(*pool, "GM0603", 4711, "first").ok());
  const absl::Status twice = Add(*pool, "GM0603", 4711, "second");
  EXPECT_EQ(twice.code(), absl::StatusCode::kFailedPrecondition);
  ASSERT_EQ(ReasonOf(twice), "constraint");
  EXPECT_EQ(DetailsOf(twice)[0].facts["constraint"], "note_pkey");
  const absl::Status longer = Add(*pool, "GM0603", 2, std::string(100, 'x'));
  EXPECT_EQ(DetailsOf(longer)[0].facts["constraint"], "note_short");
  for (const absl::Status& status : {twice, longer}) {
    EXPECT_THAT(status.ToString(), Not(HasSubstr("4711")));
    EXPECT_THAT(status.ToString(), Not(HasSubstr("xxx")));
  }
}

// A text that a resident wrote cannot pass for the name of a constraint.
TEST_P(PoolTest, NamesTheColumnOfANullWhateverTheRowSays) {
  static constexpr Statement kNull = {"pair_null", "insert into pgtest.pair values ($1, null)"};
  database_.Admin(
      "create table pgtest.pair (a text, b text not null);"
      "grant insert on pgtest.pair to wissel_cases");
  auto pool = Pool::Open({.conninfo = database_.ConnInfo("cases"),
                          .size = 1,
                          .engine = GetParam(),
                          .statements = {kNull}})
                  .value();
  const absl::Status status =
      pool->InTenant("GM0603", Soon(), Access::kWrite, [&](Transaction& transaction) {
        return transaction.Run(kNull, {"x\nCONSTRAINT NAME:  planted\n"}).status();
      });
  ASSERT_EQ(ReasonOf(status), "constraint") << status;
  const std::map<std::string, std::string> facts = DetailsOf(status)[0].facts;
  EXPECT_EQ(facts.count("constraint"), 0u);
  EXPECT_EQ(facts.at("column"), "b");
  EXPECT_EQ(facts.at("table"), "pair");
}

TEST_P(PoolTest, AResultOutlivesItsConnection) {
  std::optional<Result> kept;
  {
    auto pool = Open(1);
    ASSERT_TRUE(Add(*pool, "GM0603", 1, "first").ok());
    const absl::Status status =
        pool->InTenant("GM0603", Soon(), Access::kRead, [&](Transaction& transaction) {
          absl::StatusOr<Result> rows = transaction.Run(kCount);
          if (rows.ok()) kept = *std::move(rows);
          return rows.status();
        });
    ASSERT_TRUE(status.ok()) << status;
  }
  EXPECT_EQ((*kept)[0].Int64("notes"), 1);
  kept.reset();
}

TEST_P(PoolTest, AnErrorThatTheBodySwallowsStillRollsBack) {
  auto pool = Open(1);
  ASSERT_TRUE(Add(*pool, "GM0603", 1, "first").ok());
  const absl::Status status =
      pool->InTenant("GM0603", Soon(), Access::kWrite, [](Transaction& transaction) {
        EXPECT_TRUE(transaction.Run(kAdd, {"GM0603", 2, "second"}).ok());
        EXPECT_FALSE(transaction.Run(kAdd, {"GM0603", 1, "twice"}).ok());
        return absl::OkStatus();
      });
  EXPECT_EQ(ReasonOf(status), "constraint");
  EXPECT_EQ(Count(*pool, "GM0603"), 1);
}

TEST_P(PoolTest, ReadingCannotWrite) {
  auto pool = Open(1);
  const absl::Status status =
      pool->InTenant("GM0603", Soon(), Access::kRead, [](Transaction& transaction) {
        return transaction.Run(kAdd, {"GM0603", 1, "x"}).status();
      });
  EXPECT_FALSE(status.ok());
  EXPECT_EQ(Count(*pool, "GM0603"), 0);
}

TEST_P(PoolTest, RunsSeveralInOneRoundTrip) {
  auto pool = Open(1);
  const absl::Status status = pool->InTenant(
      "GM0603", Soon(), Access::kWrite, [](Transaction& transaction) -> absl::Status {
        const Param first[] = {"GM0603", 1, "first"};
        const Param second[] = {"GM0603", 2, "second"};
        WISSEL_ASSIGN_OR_RETURN(const std::vector<Result> results,
                                transaction.RunAll({{kAdd, first}, {kCount, {}}, {kAdd, second}}));
        EXPECT_EQ(results.size(), 3u);
        EXPECT_EQ(results[0].affected(), 1);
        EXPECT_EQ(results[1][0].Int64("notes"), 1);
        EXPECT_EQ(results[2].affected(), 1);
        return absl::OkStatus();
      });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(Count(*pool, "GM0603"), 2);
}

TEST_P(PoolTest, OfSeveralTheOneThatFailsIsNamed) {
  auto pool = Open(1);
  const Param first[] = {"GM0603", 1, "first"};
  const Param too_long[] = {"GM0603", 2, std::string(100, 'x')};
  const Param no_text[] = {"GM0603", 3, std::string("a\0b", 3)};
  const absl::Status failed =
      pool->InTenant("GM0603", Soon(), Access::kWrite, [&](Transaction& transaction) {
        return transaction.RunAll({{kCount, {}}, {kAdd, first}, {kAdd, too_long}, {kSleep, {}}})
            .status();
      });
  EXPECT_EQ(ReasonOf(failed), "constraint");
  EXPECT_THAT(failed.message(), HasSubstr(kAdd.name));
  const absl::Status refused =
      pool->InTenant("GM0603", Soon(), Access::kWrite, [&](Transaction& transaction) {
        return transaction.RunAll({{kAdd, first}, {kAdd, no_text}}).status();
      });
  EXPECT_EQ(ReasonOf(refused), "nul_character");
  EXPECT_EQ(Count(*pool, "GM0603"), 0);
}

TEST_P(PoolTest, WhatOnlyReadsEndsWithItsLastStatements) {
  auto pool = Open(1);
  ASSERT_TRUE(Add(*pool, "GM0603", 1, "first").ok());
  // The end of a transaction that reads is not waited for, so that it may take a moment.
  const auto open_transactions = [&](const std::string& expected) {
    std::string found;
    for (const absl::Time end = Soon(); found != expected && absl::Now() < end;) {
      found = database_.Admin(
          "select count(*) from pg_stat_activity where xact_start is not null"
          " and usename = 'wissel_cases' and datname = current_database()");
    }
    return found;
  };
  const auto count_last = [](Transaction& transaction) -> absl::Status {
    WISSEL_ASSIGN_OR_RETURN(const std::vector<Result> results,
                            transaction.RunLast({{kCount, {}}, {kCount, {}}}));
    EXPECT_EQ(results.size(), 2u);
    EXPECT_EQ(results[1][0].Int64("notes"), 1);
    return absl::OkStatus();
  };
  const auto read = [&](Pool::Body body) {
    return pool->InTenant("GM0603", Soon(), Access::kRead, body);
  };
  for (const char* before : {"first", "later"}) {
    const absl::Status status = read([&](Transaction& transaction) -> absl::Status {
      if (before == std::string("later")) {
        WISSEL_RETURN_IF_ERROR(transaction.Run(kCount).status());
        EXPECT_EQ(open_transactions("1"), "1");
      }
      WISSEL_RETURN_IF_ERROR(count_last(transaction));
      EXPECT_EQ(open_transactions("0"), "0");
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << before << status;
  }

  const absl::Status after = read([&](Transaction& transaction) -> absl::Status {
    WISSEL_RETURN_IF_ERROR(count_last(transaction));
    return transaction.Run(kCount).status();
  });
  EXPECT_EQ(ReasonOf(after), "ended");
  const absl::Status failed = read([](Transaction& transaction) {
    const Param second[] = {"GM0603", 2, "second"};
    return transaction.RunLast({{kCount, {}}, {kAdd, second}}).status();
  });
  EXPECT_THAT(failed.message(), HasSubstr(kAdd.name));
  EXPECT_EQ(open_transactions("0"), "0");

  // A connection that broke while it lay idle is replaced.
  database_.Admin(
      "select pg_terminate_backend(pid) from pg_stat_activity"
      " where usename = 'wissel_cases' and datname = current_database()");
  EXPECT_TRUE(read(count_last).ok());
}

TEST_P(PoolTest, WhatWritesIsCommittedWithItsLastStatements) {
  auto pool = Open(1);
  const auto write = [&](Pool::Body body) {
    return pool->InTenant("GM0603", Soon(), Access::kWrite, body);
  };
  const Param first[] = {"GM0603", 1, "first"};
  const Param second[] = {"GM0603", 2, "second"};
  const Param too_long[] = {"GM0603", 3, std::string(100, 'x')};
  for (const bool alone : {true, false}) {
    const absl::Status undone = write([&](Transaction& transaction) -> absl::Status {
      if (!alone) WISSEL_RETURN_IF_ERROR(transaction.Run(kCount).status());
      EXPECT_TRUE(transaction.RunLast({{kAdd, alone ? first : second}}).ok());
      return absl::OutOfRangeError("too late");
    });
    EXPECT_EQ(undone, absl::OutOfRangeError("too late"));
  }
  EXPECT_EQ(Count(*pool, "GM0603"), 2);

  const absl::Status after = write([&](Transaction& transaction) {
    EXPECT_TRUE(transaction.RunLast({{kCount, {}}}).ok());
    return transaction.Run(kAdd, {"GM0603", 4, "fourth"}).status();
  });
  EXPECT_EQ(ReasonOf(after), "ended");
  const Param another[] = {"GM0603", 5, "fifth"};
  const absl::Status failed = write([&](Transaction& transaction) {
    return transaction.RunLast({{kAdd, another}, {kAdd, too_long}, {kCount, {}}}).status();
  });
  EXPECT_EQ(ReasonOf(failed), "constraint");
  EXPECT_THAT(failed.message(), HasSubstr(kAdd.name));
  EXPECT_TRUE(write([&](Transaction& transaction) {
                return transaction.RunLast({{kAdd, another}}).status();
              }).ok());
  EXPECT_EQ(Count(*pool, "GM0603"), 3);
}

TEST_P(PoolTest, WhoOnlyReadsSeesOneMoment) {
  auto pool = Open(2);
  const auto counts_around_an_addition = [&](Access access, int id) {
    std::vector<int64_t> counts;
    const absl::Status status =
        pool->InTenant("GM0603", Soon(), access, [&](Transaction& transaction) -> absl::Status {
          for (const bool first : {true, false}) {
            WISSEL_ASSIGN_OR_RETURN(const Result rows, transaction.Run(kCount));
            counts.push_back(rows[0].Int64("notes"));
            if (first) EXPECT_TRUE(Add(*pool, "GM0603", id, "meanwhile").ok());
          }
          return absl::OkStatus();
        });
    EXPECT_TRUE(status.ok()) << status;
    return counts;
  };
  EXPECT_THAT(counts_around_an_addition(Access::kRead, 1), ::testing::ElementsAre(0, 0));
  EXPECT_THAT(counts_around_an_addition(Access::kWrite, 2), ::testing::ElementsAre(1, 2));
}

TEST_P(PoolTest, StatementsArePlannedOnce) {
  static constexpr Statement kPlans = {"test_plans", R"(
      select custom_plans, generic_plans from pg_prepared_statements where name = 'note_add')"};
  auto pool = Pool::Open({.conninfo = database_.ConnInfo("cases"),
                          .size = 1,
                          .engine = GetParam(),
                          .statements = {kAdd, kPlans}})
                  .value();
  for (int id = 0; id < 10; ++id) ASSERT_TRUE(Add(*pool, "GM0603", id, "note").ok());
  const absl::Status status =
      pool->InTenant("GM0603", Soon(), Access::kRead, [](Transaction& transaction) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(const Result plans, transaction.Run(kPlans));
        EXPECT_EQ(plans[0].Int64("custom_plans"), 0);
        EXPECT_EQ(plans[0].Int64("generic_plans"), 10);
        return absl::OkStatus();
      });
  EXPECT_TRUE(status.ok()) << status;
}

TEST_P(PoolTest, ADeadlockAbortsOne) {
  auto pool = Open(2);
  ASSERT_TRUE(Add(*pool, "GM0603", 1, "").ok());
  ASSERT_TRUE(Add(*pool, "GM0603", 2, "").ok());
  absl::Notification locked[2];
  absl::Status status[2];
  const auto cross = [&](int me) {
    status[me] = pool->InTenant("GM0603", Soon(), Access::kWrite, [&](Transaction& transaction) {
      EXPECT_TRUE(transaction.Run(kSet, {me + 1, "mine"}).ok());
      locked[me].Notify();
      locked[1 - me].WaitForNotification();
      return transaction.Run(kSet, {2 - me, "mine"}).status();
    });
  };
  std::thread other(cross, 1);
  cross(0);
  other.join();
  EXPECT_NE(status[0].ok(), status[1].ok());
  const absl::Status& lost = status[0].ok() ? status[1] : status[0];
  EXPECT_EQ(lost.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(ReasonOf(lost), "serialization");
}

TEST_P(PoolTest, AStatementEndsAtTheDeadline) {
  auto pool = Open(1);
  const absl::Status status = pool->WithoutTenant(
      absl::Now() + absl::Milliseconds(100), Access::kRead,
      [](Transaction& transaction) { return transaction.Run(kSleep).status(); });
  EXPECT_EQ(ReasonOf(status), "statement_timeout") << status;
  EXPECT_EQ(Count(*pool, ""), 0);
}

TEST_P(PoolTest, ABrokenStatementStopsTheBoot) {
  PoolOptions options;
  options.conninfo = database_.ConnInfo("cases");
  options.engine = GetParam();
  options.statements = {{"wrong_one", "select from nowhere.at_all"}};
  const absl::Status status = Pool::Open(options).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(std::string(status.message()), HasSubstr("wrong_one"));
}

TEST_P(PoolTest, AStatementThatWasNotPreparedIsNamed) {
  auto pool = Open(1);
  const Statement unknown = {"not_given", "select 1"};
  const absl::Status status = pool->WithoutTenant(
      Soon(), Access::kRead,
      [&](Transaction& transaction) { return transaction.Run(unknown).status(); });
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(std::string(status.message()), HasSubstr("not_given"));
}

TEST_P(PoolTest, NobodyThereIsUnavailable) {
  PoolOptions options;
  options.conninfo = "host=/nowhere dbname=none";
  options.engine = GetParam();
  EXPECT_EQ(ReasonOf(Pool::Open(options).status()), "database_away");
}

TEST_P(PoolTest, AllTakenIsSaidAtTheDeadline) {
  auto pool = Open(1);
  const absl::Status outer = pool->WithoutTenant(Soon(), Access::kRead, [&](Transaction&) {
    const absl::Status inner = pool->Ping(absl::Now() + absl::Milliseconds(50));
    EXPECT_EQ(inner.code(), absl::StatusCode::kResourceExhausted);
    EXPECT_EQ(ReasonOf(inner), "no_connection");
    return absl::OkStatus();
  });
  EXPECT_TRUE(outer.ok()) << outer;
  EXPECT_TRUE(pool->Ping(Soon()).ok());
}

TEST_P(PoolTest, ManyThreadsShareFewConnections) {
  auto pool = Open(2);
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&, i] {
      const std::string tenant = absl::StrCat("GM000", i % 4);
      for (int j = 0; j < 20; ++j) EXPECT_TRUE(Add(*pool, tenant, i * 100 + j, "x").ok());
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (int i = 0; i < 4; ++i) EXPECT_EQ(Count(*pool, absl::StrCat("GM000", i)), 80);
}

}  // namespace
}  // namespace wissel::pg
