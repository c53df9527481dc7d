// Figures that are kept are those of the log: over random histories, late commits, and what is
// planted wrong.

#include <algorithm>
#include <atomic>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "libs/pg/pool.h"
#include "libs/testing/postgres.h"
#include "services/insight/insight.h"
#include "services/insight/rollup_keeper.h"
#include "services/insight/rollup_store.h"

namespace wissel::insight {
namespace {

using ::testing::ElementsAre;

constexpr char kTenant[] = "GM0603";
constexpr int kCallback = common::v1::CHANNEL_CALLBACK;
constexpr int kEmail = common::v1::CHANNEL_EMAIL;

enum Kind {
  kReceived = 1,
  kRouted = 2,
  kReached = 5,
  kNotReached = 6,
  kInterim = 7,
  kAnswered = 8,
  kClosed = 9,
  kReturned = 10,
  kForwarded = 11,
  kReopened = 12,
  kDueMoved = 13,
  kAdded = 14,
};

// An event as it stands in the log.
struct LoggedEvent {
  absl::Time at;
  int kind = kReceived;
  std::string team_id;
  int outcome = 0;
  std::optional<absl::Time> due_at;
  std::optional<bool> first_attempt_counts;
  bool no_verdict = false;
};

struct History {
  int64_t case_id = 0;
  int channel = kEmail;
  std::vector<LoggedEvent> events;
};

bool IsOutside(int outcome) { return outcome == 4 || outcome == 5 || outcome == 6; }

// The rules of libs/norms/log_fold.h once more, each looked up in the whole history.
struct NaiveVerdict {
  std::string team_id;
  v1::Verdict verdict;
  int64_t contacts;
};

NaiveVerdict JudgeNaively(const History& history, absl::Time as_of) {
  const auto& events = history.events;
  size_t begin = 0;
  absl::Time due = absl::InfiniteFuture();
  bool attempt_counts = false;
  int64_t contacts = 1;
  for (size_t i = 0; i < events.size(); ++i) {
    if (events[i].kind == kReopened) begin = i;
    if (events[i].due_at) due = *events[i].due_at;
    if (events[i].first_attempt_counts) attempt_counts = *events[i].first_attempt_counts;
    if (events[i].kind == kAdded) ++contacts;
  }
  std::optional<absl::Time> answered;
  int outcome = 0;
  for (size_t i = begin; i < events.size(); ++i) {
    const LoggedEvent& event = events[i];
    const bool ends = event.outcome != 0;
    if (ends) outcome = event.outcome;
    const bool stops = (ends && !IsOutside(event.outcome)) ||
                       (history.channel == kCallback &&
                        (event.kind == kReached || (event.kind == kNotReached && attempt_counts)));
    if (stops && !answered) answered = event.at;
  }
  const absl::Time counted_at = std::min(answered.value_or(as_of), due);
  NaiveVerdict naive = {events.front().team_id, v1::VERDICT_OPEN_NOT_DUE, contacts};
  for (const LoggedEvent& event : events) {
    if (event.at <= counted_at) naive.team_id = event.team_id;
  }
  if (events.front().no_verdict || IsOutside(outcome)) {
    naive.verdict = v1::VERDICT_EXCLUDED;
  } else if (due == absl::InfiniteFuture()) {
    naive.verdict = v1::VERDICT_NO_NORM;
  } else if (answered) {
    naive.verdict = *answered <= due ? v1::VERDICT_MET : v1::VERDICT_MISSED;
  } else if (due < as_of) {
    naive.verdict = v1::VERDICT_MISSED;
  }
  return naive;
}

// Lets cases live, by chance, in any order that is legal.
class RandomLog {
 public:
  RandomLog(uint32_t seed, absl::Time now) : random_(seed), now_(now) {}

  History Begin(int64_t case_id) {
    History history = {.case_id = case_id, .channel = Below(2) == 0 ? kCallback : kEmail};
    LoggedEvent received = {.at = now_ - absl::Minutes(Below(60 * 24 * 40)),
                            .team_id = Team(),
                            .first_attempt_counts = Below(3) == 0,
                            .no_verdict = Below(20) == 0};
    if (Below(8) != 0) received.due_at = received.at + absl::Minutes(Below(60 * 24 * 20));
    if (!received.due_at) received.due_at = absl::InfiniteFuture();
    if (Below(4) == 0) received.outcome = Below(2) == 0 ? 1 : 5;
    history.events.push_back(received);
    return history;
  }

  // Up to `most` events, none of which lies in the future; the new ones are returned.
  std::vector<LoggedEvent> GoOn(History& history, int most) {
    std::vector<LoggedEvent> added;
    for (int i = Below(most + 1); i > 0; --i) {
      const LoggedEvent& last = history.events.back();
      LoggedEvent event = {.at = last.at + absl::Minutes(Below(60 * 24 * 4)),
                           .team_id = last.team_id};
      // At the very moment that it is due, every now and then.
      const absl::Time due = DueOf(history);
      if (Below(6) == 0 && due >= last.at && due < now_) event.at = due;
      if (event.at > now_) break;
      Choose(history, event);
      history.events.push_back(event);
      added.push_back(event);
    }
    return added;
  }

 private:
  int Below(int count) { return static_cast<int>(random_() % static_cast<uint32_t>(count)); }
  std::string Team() { return std::string(1, static_cast<char>('a' + Below(3))); }

  static absl::Time DueOf(const History& history) {
    absl::Time due = absl::InfiniteFuture();
    for (const LoggedEvent& event : history.events) due = event.due_at.value_or(due);
    return due;
  }

  static bool IsOpen(const History& history) {
    bool open = true;
    for (const LoggedEvent& event : history.events) {
      if (event.outcome != 0) open = false;
      if (event.kind == kReopened) open = true;
    }
    return open;
  }

  void Choose(const History& history, LoggedEvent& event) {
    if (!IsOpen(history)) {
      event.kind = Below(2) == 0 ? kReopened : kAdded;
      return;
    }
    constexpr Kind kKinds[] = {kRouted, kReached,  kNotReached, kInterim,  kAnswered,
                               kClosed, kReturned, kForwarded,  kDueMoved, kAdded};
    event.kind = kKinds[Below(std::size(kKinds))];
    switch (event.kind) {
      case kRouted:
        event.team_id = Team();
        event.first_attempt_counts = Below(2) == 0;
        break;
      case kReturned:
      case kForwarded:
        event.team_id = Team();
        break;
      case kAnswered:
        event.outcome = 2;
        break;
      case kClosed:
        event.outcome = 3 + Below(4);
        break;
      case kDueMoved:
        event.due_at = event.at + absl::Minutes(Below(60 * 24 * 9));
        break;
      default:
        break;
    }
  }

  std::mt19937 random_;
  const absl::Time now_;
};

class RollupsTest : public ::testing::Test {
 protected:
  RollupsTest() {
    database_.Admin(
        "insert into directory.municipality (tenant_id, name, time_zone) values ('GM0603', "
        "'Rijswijk', 'Europe/Amsterdam'); insert into directory.team (tenant_id, team_id, name, "
        "is_kcc) select 'GM0603', * from (values ('kcc', 'Klantcontact', true), ('a', 'Zorg', "
        "false), ('b', 'Parkeren', false), ('c', 'Afval', false)) as t;"
        // Histories are planted here without the cases around them.
        "alter table cases.case_event alter column actor_id set default '', "
        "alter column actor_name set default ''");
  }

  static std::string Quoted(absl::Time time) {
    if (time == absl::InfiniteFuture()) return "'infinity'";
    return absl::StrCat("'", absl::FormatTime(absl::RFC3339_full, time, absl::UTCTimeZone()), "'");
  }

  // Rows of `events`, which are the last ones of `history`.
  static std::string Rows(const History& history, const std::vector<LoggedEvent>& events) {
    std::string rows;
    size_t sequence = history.events.size() - events.size();
    for (const LoggedEvent& event : events) {
      absl::StrAppend(
          &rows, rows.empty() ? "" : ",", "('GM0603',", history.case_id, ",", ++sequence, ",",
          Quoted(event.at), ",", event.kind, ",'", event.team_id, "',", event.outcome, ",",
          event.due_at ? Quoted(*event.due_at) : "null", ",",
          event.kind == kReceived ? absl::StrCat(history.channel) : "null", ",",
          event.first_attempt_counts ? (*event.first_attempt_counts ? "true" : "false") : "null",
          ",", event.no_verdict ? "true" : "false", ")");
    }
    return rows;
  }

  static std::string InsertOf(const std::string& rows) {
    return absl::StrCat(
        "insert into cases.case_event (tenant_id, case_id, sequence, at, kind, team_id, outcome, "
        "due_at, channel, first_attempt_counts, no_verdict) values ",
        rows);
  }

  void Plant(const History& history, const std::vector<LoggedEvent>& events) {
    if (!events.empty()) database_.Admin(InsertOf(Rows(history, events)));
  }

  bool CatchUp() { return keeper_.CatchUp(kTenant, Soon()).value(); }
  absl::Time Soon() { return absl::Now() + absl::Minutes(1); }

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

  RollupDifferences Verify() { return keeper_.Verify(kTenant, Soon()).value(); }

  testing::TestDatabase database_;
  const absl::Time now_ = absl::FromUnixSeconds(absl::ToUnixSeconds(absl::Now()));
  absl::TimeZone zone_ = [] {
    absl::TimeZone zone;
    absl::LoadTimeZone("Europe/Amsterdam", &zone);
    return zone;
  }();
  std::unique_ptr<pg::Pool> pool_ =
      pg::Pool::Open(
          {.conninfo = database_.ConnInfo("insight"), .size = 3, .statements = InsightStatements()})
          .value();
  municipality::SnapshotCache municipalities_;
  RollupKeeper keeper_{*pool_, municipalities_};
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
      "update insight.case_fact set verdict = 1, team_id = 'a' where case_id = 7;"
      "update insight.case_fact set team_id = 'kcc' where case_id = 9");
  EXPECT_THAT(Verify().cases, ElementsAre(7, 9));
  rebuilt();
  database_.Admin("delete from insight.case_fact where case_id = 12");
  EXPECT_THAT(Verify().cases, ElementsAre(12));
  rebuilt();
  database_.Admin(
      "insert into insight.case_fact select tenant_id, 77, events, received_at, day, team_id, "
      "channel, due_at, satisfied_at, verdict, contacts from insight.case_fact where case_id = 3");
  EXPECT_THAT(Verify().cases, ElementsAre(77));
  rebuilt();
}

// Two that count the same at once, and one that rebuilds meanwhile.
TEST_F(RollupsTest, AreRightWhenSeveralCountAtOnce) {
  ASSERT_EQ(keeper_.Rebuild(kTenant, Soon()).value(), 0);
  RandomLog random(3, now_);
  std::vector<History> histories;
  std::vector<std::thread> threads;
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
