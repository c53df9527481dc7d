// Figures that are kept are those of the log: over random histories, late commits, and what is
// planted wrong.

#include <algorithm>
#include <atomic>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "services/insight/count_store.h"
#include "services/insight/fact_store.h"
#include "services/insight/test_histories.h"

namespace wissel::insight {
namespace {

using ::testing::ElementsAre;

class RollupsTest : public HistoriesTest {
 protected:
  Tallies Kept(const DayPeriod& days = {}) {
    Tallies tallies;
    const absl::Status read = pool_->InTenant(
        kTenant, Soon(), pg::Access::kRead, [&](pg::Transaction& transaction) -> absl::Status {
          WISSEL_ASSIGN_OR_RETURN(tallies, ReadTallies(transaction, days, now_));
          return absl::OkStatus();
        });
    EXPECT_TRUE(read.ok()) << read;
    return tallies;
  }

  static std::string Shown(const Tallies& tallies) {
    std::string shown;
    for (const auto& [key, tally] : tallies) {
      absl::StrAppendFormat(&shown, "%s %d: met %d missed %d open %d none %d out %d contacts %d\n",
                            key.first, key.second, tally.met, tally.missed, tally.open_not_due,
                            tally.no_norm, tally.excluded, tally.contacts);
    }
    return shown;
  }

  Tallies Naive(const std::vector<History>& histories, const DayPeriod& days = {}) const {
    Tallies tallies;
    for (const History& history : histories) {
      const absl::CivilDay day = absl::ToCivilDay(history.events.front().at, zone_);
      if ((days.from && day < *days.from) || (days.to && day >= *days.to)) continue;
      const NaiveVerdict naive = JudgeNaively(history, now_);
      tallies[{naive.team_id, static_cast<common::v1::Channel>(history.channel)}].Add(
          norms::JudgedCase{.contacts = naive.contacts, .verdict = naive.verdict});
    }
    return tallies;
  }

  // Ids of the first cases behind a figure, by their receipt.
  static constexpr int kMostListed = 500;
  std::vector<int64_t> Listed(const FactQuery& query) {
    std::vector<int64_t> ids;
    const absl::Status read = pool_->InTenant(
        kTenant, Soon(), pg::Access::kRead, [&](pg::Transaction& transaction) -> absl::Status {
          WISSEL_ASSIGN_OR_RETURN(const std::vector<CaseFact> facts,
                                  ListFacts(transaction, query, kMostListed));
          for (const CaseFact& fact : facts) ids.push_back(fact.case_id);
          return absl::OkStatus();
        });
    EXPECT_TRUE(read.ok()) << read;
    return ids;
  }
  std::vector<int64_t> NaivelyListed(const std::vector<History>& histories,
                                     const FactQuery& query) const {
    std::vector<std::pair<absl::Time, int64_t>> found;
    for (const History& history : histories) {
      const absl::Time received = history.events.front().at;
      const absl::CivilDay day = absl::ToCivilDay(received, zone_);
      const NaiveVerdict naive = JudgeNaively(history, now_);
      if (day < *query.days.from || day >= *query.days.to || naive.verdict != query.verdict)
        continue;
      if (!query.team_id.empty() && naive.team_id != query.team_id) continue;
      if (query.channel != 0 && history.channel != query.channel) continue;
      found.emplace_back(received, history.case_id);
    }
    std::sort(found.begin(), found.end());
    std::vector<int64_t> ids;
    for (const auto& [received, id] : found) {
      if (ids.size() < kMostListed) ids.push_back(id);
    }
    EXPECT_FALSE(ids.empty());
    return ids;
  }
};

// Twelve thousand histories that grow while they are counted, some counted many times over.
TEST_F(RollupsTest, AreThoseOfTheLogWhateverHappens) {
  constexpr int kRounds = 12;
  constexpr int kNewInARound = 1000;
  RandomLog random(20260401, now_);
  std::vector<History> histories;
  ASSERT_EQ(keeper_.Rebuild(kTenant, Soon()).value(), 0);
  const absl::CivilDay today = absl::ToCivilDay(now_, zone_);
  for (int round = 0; round < kRounds; ++round) {
    std::string rows;
    const auto add = [&](const History& history, const std::vector<LoggedEvent>& events) {
      if (!events.empty()) absl::StrAppend(&rows, rows.empty() ? "" : ",", Rows(history, events));
    };
    for (History& history : histories) {
      // One in four goes on.
      if ((history.case_id + round) % 4 == 0) add(history, random.GoOn(history, 2));
    }
    for (int i = 0; i < kNewInARound; ++i) {
      History history = random.Begin(static_cast<int64_t>(histories.size()) + 1);
      random.GoOn(history, 5);
      add(history, history.events);
      histories.push_back(std::move(history));
    }
    database_.Admin(InsertOf(rows));
    ASSERT_TRUE(CatchUp());
    ASSERT_EQ(Shown(Kept()), Shown(Naive(histories))) << "round " << round;
    const DayPeriod days = {today - 20 - round, today - round};
    ASSERT_EQ(Shown(Kept(days)), Shown(Naive(histories, days))) << "round " << round;
  }
  EXPECT_TRUE(Verify().empty());
  for (const int verdict : {v1::VERDICT_MET, v1::VERDICT_MISSED, v1::VERDICT_OPEN_NOT_DUE,
                            v1::VERDICT_NO_NORM, v1::VERDICT_EXCLUDED}) {
    for (const char* team_id : {"", "b"}) {
      for (const int channel : {0, kCallback}) {
        const FactQuery query = {.days = {today - 30, today - 3},
                                 .as_of = now_,
                                 .verdict = static_cast<v1::Verdict>(verdict),
                                 .team_id = team_id,
                                 .channel = static_cast<common::v1::Channel>(channel)};
        EXPECT_EQ(Listed(query), NaivelyListed(histories, query))
            << verdict << " " << team_id << " " << channel;
      }
    }
  }
  const std::string before = Shown(Kept());
  EXPECT_EQ(keeper_.Rebuild(kTenant, Soon()).value(), kRounds * kNewInARound);
  EXPECT_EQ(Shown(Kept()), before);
  EXPECT_EQ(Verify().cases_read, kRounds * kNewInARound);
}

// A transaction that began first and ends last is not passed over, nor counted twice.
TEST_F(RollupsTest, CountAnEventThatIsCommittedLate) {
  ASSERT_EQ(keeper_.Rebuild(kTenant, Soon()).value(), 0);
  RandomLog random(1, now_);
  const History late = {.case_id = 1, .events = {{.at = now_ - absl::Hours(2), .team_id = "a"}}};
  const History soon = {.case_id = 2, .events = {{.at = now_ - absl::Hours(1), .team_id = "b"}}};
  const std::string sql = InsertOf(Rows(late, late.events));
  const pg::Statement insert = {"test_insert", sql.c_str()};
  const auto slow =
      pg::Pool::Open({.conninfo = database_.AdminConnInfo(), .size = 1, .statements = {insert}})
          .value();
  const absl::Status committed = slow->InTenant(
      kTenant, Soon(), pg::Access::kWrite, [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_RETURN_IF_ERROR(transaction.Run(insert).status());
        Plant(soon, soon.events);
        EXPECT_TRUE(CatchUp());
        EXPECT_EQ(Shown(Kept()), Shown(Naive({soon})));
        EXPECT_TRUE(CatchUp());
        return absl::OkStatus();
      });
  ASSERT_TRUE(committed.ok()) << committed;
  ASSERT_TRUE(CatchUp());
  EXPECT_EQ(Shown(Kept()), Shown(Naive({late, soon})));
  EXPECT_TRUE(Verify().empty());
}

// A long backlog, as after an import, is counted in parts: what one transaction could count before
// its deadline would be too little for ever. A part does not go past a transaction that still runs.
TEST_F(RollupsTest, CountALongBacklogInParts) {
  ASSERT_EQ(keeper_.Rebuild(kTenant, Soon()).value(), 0);
  const auto plant = [&](int transactions, int first_case) {
    for (int i = 0; i < transactions; ++i) {
      const int first = first_case + i * 1000;
      database_.Admin(absl::StrCat(
          "insert into cases.case_event (tenant_id, case_id, sequence, at, kind, team_id, outcome, "
          "due_at, channel) select 'GM0603', n, 1, now() - interval '1 day', 1, 'a', 0, "
          "'infinity', 3 from generate_series(",
          first, ",", first + 999, ") n"));
    }
  };
  const auto counted = [&] {
    return database_.Admin("select coalesce(sum(no_norm), 0) from insight.day_count");
  };
  plant(40, 1);
  const absl::Status found = pool_->InTenant(
      kTenant, Soon(), pg::Access::kWrite, [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(const LogPosition position, LockPosition(transaction));
        WISSEL_ASSIGN_OR_RETURN(const LogPart part, NextPart(transaction, *position.read_to));
        EXPECT_TRUE(part.more);
        WISSEL_ASSIGN_OR_RETURN(const std::vector<int64_t> changed,
                                FindChangedCases(transaction, *position.read_to, part.to));
        // Whole transactions: one more than the 30 that fit.
        EXPECT_EQ(changed.size(), 31000u);
        return absl::OkStatus();
      });
  ASSERT_TRUE(found.ok()) << found;
  ASSERT_TRUE(CatchUp());
  EXPECT_EQ(counted(), "40000");

  const std::string late =
      "insert into cases.case_event (tenant_id, case_id, sequence, at, kind, team_id, outcome, "
      "due_at, channel) values ('GM0603', 99999, 1, now(), 1, 'a', 0, 'infinity', 3)";
  const pg::Statement insert = {"test_insert", late.c_str()};
  const auto slow =
      pg::Pool::Open({.conninfo = database_.AdminConnInfo(), .size = 1, .statements = {insert}})
          .value();
  const absl::Status committed = slow->InTenant(
      kTenant, Soon(), pg::Access::kWrite, [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_RETURN_IF_ERROR(transaction.Run(insert).status());
        plant(40, 40001);
        EXPECT_TRUE(CatchUp());
        EXPECT_EQ(counted(), "80000");
        return absl::OkStatus();
      });
  ASSERT_TRUE(committed.ok()) << committed;
  ASSERT_TRUE(CatchUp());
  EXPECT_EQ(counted(), "80001");
  EXPECT_TRUE(Verify().empty());
}

// Else all that happened during a backup would be read again every second, until something happens.
TEST_F(RollupsTest, WhatIsCountedIsPassedOnceNothingOlderRuns) {
  ASSERT_EQ(keeper_.Rebuild(kTenant, Soon()).value(), 0);
  const auto passed = [&] {
    return database_.Admin(
        "select read_to > (select max(xid) from cases.case_event) from insight.progress");
  };
  const History history = {.case_id = 1, .events = {{.at = now_ - absl::Hours(2), .team_id = "a"}}};
  const pg::Statement number = {"test_number", "select pg_current_xact_id()::text"};
  const auto other =
      pg::Pool::Open({.conninfo = database_.AdminConnInfo(), .size = 1, .statements = {number}})
          .value();
  const absl::Status ended = other->InTenant(
      kTenant, Soon(), pg::Access::kWrite, [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_RETURN_IF_ERROR(transaction.Run(number).status());
        Plant(history, history.events);
        EXPECT_TRUE(CatchUp());
        EXPECT_EQ(Shown(Kept()), Shown(Naive({history})));
        EXPECT_EQ(passed(), "f");
        return absl::OkStatus();
      });
  ASSERT_TRUE(ended.ok()) << ended;
  EXPECT_TRUE(CatchUp());
  EXPECT_EQ(passed(), "t");
  EXPECT_EQ(Shown(Kept()), Shown(Naive({history})));
}

TEST_F(RollupsTest, AreLeftToWhoIsAtItAlready) {
  EXPECT_FALSE(keeper_.CatchUpUnlessBusy(kTenant, Soon()).value()) << "never counted";
  ASSERT_EQ(keeper_.Rebuild(kTenant, Soon()).value(), 0);
  const History history = {.case_id = 1, .events = {{.at = now_ - absl::Hours(2), .team_id = "a"}}};
  Plant(history, history.events);
  const absl::Status held = pool_->InTenant(
      kTenant, Soon(), pg::Access::kWrite, [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_RETURN_IF_ERROR(LockPosition(transaction).status());
        EXPECT_TRUE(keeper_.CatchUpUnlessBusy(kTenant, Soon()).value());
        EXPECT_EQ(Shown(Kept()), "");
        return absl::OkStatus();
      });
  ASSERT_TRUE(held.ok()) << held;
  EXPECT_TRUE(keeper_.CatchUpUnlessBusy(kTenant, Soon()).value());
  EXPECT_EQ(Shown(Kept()), Shown(Naive({history})));
}

TEST_F(RollupsTest, AreNotCountedBeforeTheyWereMadeOnce) {
  const History history = {.case_id = 1, .events = {{.at = now_ - absl::Hours(2), .team_id = "a"}}};
  Plant(history, history.events);
  EXPECT_FALSE(CatchUp());
  EXPECT_EQ(ReasonOf(keeper_.Verify(kTenant, Soon()).status()), "never_counted");
  EXPECT_EQ(keeper_.Rebuild(kTenant, Soon()).value(), 1);
  EXPECT_TRUE(CatchUp());
  EXPECT_TRUE(Verify().empty());
}

// Else whoever opens a screen just after an installation waits until the call is given up.
TEST_F(RollupsTest, AreNotWaitedForWhileTheyAreMadeForTheFirstTime) {
  const absl::Status made = pool_->InTenant(
      kTenant, Soon(), pg::Access::kWrite, [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_RETURN_IF_ERROR(LockPosition(transaction).status());
        EXPECT_EQ(keeper_.CatchUp(kTenant, absl::Now() + absl::Seconds(10)).value_or(true), false);
        EXPECT_EQ(keeper_.CatchUpUnlessBusy(kTenant, Soon()).value_or(true), false);
        return absl::OkStatus();
      });
  EXPECT_TRUE(made.ok()) << made;
}

// Numbers of transactions begin anew in another cluster: what was restored there bears higher ones.
TEST_F(RollupsTest, AreMadeAgainInAClusterThatTheyWereRestoredTo) {
  ASSERT_EQ(keeper_.Rebuild(kTenant, Soon()).value(), 0);
  database_.Admin("update insight.progress set read_to = '900000000000'");
  const History history = {.case_id = 1, .events = {{.at = now_ - absl::Hours(2), .team_id = "a"}}};
  Plant(history, history.events);
  database_.Admin(
      "set session_replication_role = replica; update cases.case_event set xid = '900000000001'");
  EXPECT_FALSE(CatchUp());
  EXPECT_EQ(keeper_.Rebuild(kTenant, Soon()).value(), 1);
  EXPECT_TRUE(CatchUp());
  EXPECT_EQ(Shown(Kept()), Shown(Naive({history})));
}

TEST_F(RollupsTest, WhatIsPlantedWrongIsFound) {
  RandomLog random(7, now_);
  std::vector<History> histories;
  for (int64_t id = 1; id <= 50; ++id) {
    History history = random.Begin(id);
    random.GoOn(history, 4);
    Plant(history, history.events);
    histories.push_back(std::move(history));
  }
  ASSERT_EQ(keeper_.Rebuild(kTenant, Soon()).value(), 50);
  ASSERT_TRUE(Verify().empty());
  const auto rebuilt = [&] {
    ASSERT_TRUE(keeper_.Rebuild(kTenant, Soon()).ok());
    EXPECT_TRUE(Verify().empty());
    EXPECT_EQ(Shown(Kept()), Shown(Naive(histories)));
  };
  database_.Admin(
      "update insight.day_count set met = met + 1 where ctid = (select min(ctid) from "
      "insight.day_count)");
  EXPECT_EQ(Verify().counts.size(), 1u);
  rebuilt();
  database_.Admin(
      "update insight.month_count set cases = cases + 1 where ctid = (select min(ctid) from "
      "insight.month_count)");
  EXPECT_THAT(Verify().counts, ElementsAre(::testing::HasSubstr(" mark ")));
  rebuilt();
  database_.Admin(
      "update insight.case_fact set verdict = 1, team_id = 'a' where case_id = 7;"
      "update insight.case_fact set team_id = 'kcc' where case_id = 9");
  EXPECT_THAT(Verify().cases, ElementsAre(7, 9));
  rebuilt();
  database_.Admin("delete from insight.case_fact where case_id = 12");
  EXPECT_THAT(Verify().cases, ElementsAre(12));
  rebuilt();
  database_.Admin("update insight.case_fact set stays = '' where case_id = 14");
  EXPECT_THAT(Verify().cases, ElementsAre(14));
  rebuilt();
  database_.Admin(
      "insert into insight.case_fact select tenant_id, 77, events, received_at, day, team_id, "
      "channel, due_at, satisfied_at, verdict, contacts, topic_id, arrival, at_first_contact, "
      "answered_after, asked_again, stays from insight.case_fact where case_id = 3");
  EXPECT_THAT(Verify().cases, ElementsAre(77));
  rebuilt();
}

// Two that count the same at once, and one that rebuilds meanwhile.
TEST_F(RollupsTest, AreRightWhenSeveralCountAtOnce) {
  ASSERT_EQ(keeper_.Rebuild(kTenant, Soon()).value(), 0);
  RandomLog random(3, now_);
  std::vector<History> histories;
  std::vector<std::thread> threads;
  threads.reserve(3);
  std::atomic<bool> done = false;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&, i] {
      while (!done) {
        if (i == 2) {
          EXPECT_TRUE(keeper_.Rebuild(kTenant, Soon()).ok());
          absl::SleepFor(absl::Milliseconds(20));
        } else {
          EXPECT_TRUE(CatchUp());
        }
      }
    });
  }
  for (int64_t id = 1; id <= 200; ++id) {
    History history = random.Begin(id);
    Plant(history, history.events);
    Plant(history, random.GoOn(history, 3));
    histories.push_back(std::move(history));
  }
  done = true;
  for (std::thread& thread : threads) thread.join();
  ASSERT_TRUE(CatchUp());
  EXPECT_EQ(Shown(Kept()), Shown(Naive(histories)));
  EXPECT_TRUE(Verify().empty());
}

}  // namespace
}  // namespace wissel::insight
