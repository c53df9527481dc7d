// What the dashboard is read from is what the log says: over random histories, whole and by team,
// channel and topic.

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "libs/calendar/holidays.h"
#include "services/insight/fact_store.h"
#include "services/insight/mark_store.h"
#include "services/insight/test_histories.h"

namespace wissel::insight {
namespace {

// A stretch of a history, looked up event by event.
struct NaiveStay {
  std::string team_id;
  absl::Time from;
  std::optional<absl::Time> to;
};

bool WasSettledAtOnce(const History& history) {
  bool reopened = false;
  for (const LoggedEvent& event : history.events) reopened = reopened || event.kind == kReopened;
  return history.events.front().outcome != 0 && !reopened;
}

std::vector<NaiveStay> StaysOf(const History& history) {
  std::vector<NaiveStay> stays;
  if (WasSettledAtOnce(history)) return stays;
  for (size_t i = 0; i < history.events.size(); ++i) {
    const LoggedEvent& event = history.events[i];
    if (i > 0 && event.team_id == history.events[i - 1].team_id) continue;
    if (i > 0) stays.back().to = event.at;
    stays.push_back({event.team_id, event.at, std::nullopt});
  }
  for (const LoggedEvent& event : history.events) {
    if (event.outcome != 0) stays.back().to = event.at;
    if (event.kind == kReopened) stays.back().to.reset();
  }
  return stays;
}

class MarksTest : public HistoriesTest {
 protected:
  static std::string TopicOf(const History& history) {
    constexpr const char* kTopics[] = {"", "afval", "paspoort", "wmo"};
    return kTopics[history.case_id % 4];
  }

  // The cases that the histories are of, which tell their topics.
  void PlantCases(const std::vector<History>& histories, size_t from) {
    std::string rows;
    for (size_t i = from; i < histories.size(); ++i) {
      const History& history = histories[i];
      absl::StrAppend(&rows, rows.empty() ? "" : ",", "('GM0603',", history.case_id, ",1,",
                      history.channel, ",'a','", TopicOf(history), "',",
                      Quoted(history.events.front().at), ",'infinity')");
    }
    database_.Admin(absl::StrCat(
        "insert into cases.case_file (tenant_id, case_id, state, channel, team_id, topic_id, "
        "received_at, due_at) values ",
        rows));
  }

  // By mark, value, team and channel: cases and those settled at first contact.
  using Counts = std::map<std::tuple<int, std::string, std::string, int>, std::pair<int, int>>;

  absl::CivilMonth MonthOf(absl::Time moment) const {
    return absl::CivilMonth(absl::ToCivilDay(moment, zone_));
  }

  bool IsIn(const History& history, const MonthPeriod& months, const Scope& scope,
            const std::string& team_id) const {
    const absl::CivilMonth month = MonthOf(history.events.front().at);
    return month >= months.from && month < months.to &&
           (scope.team_id.empty() || scope.team_id == team_id) &&
           (scope.channel == 0 || scope.channel == history.channel) &&
           (scope.topic_id.empty() || scope.topic_id == TopicOf(history));
  }

  int DaysBetween(absl::Time from, absl::Time to) const {
    int days = 0;
    for (absl::CivilDay day = absl::ToCivilDay(to, zone_); day > absl::ToCivilDay(from, zone_);
         --day) {
      const bool weekend = static_cast<int>(absl::GetWeekday(day)) > 4;
      if (!weekend && !calendar::IsHoliday(day, calendar::Kind::kService)) ++days;
    }
    return std::min(days, kMostWorkingDays);
  }

  Counts Naive(const std::vector<History>& histories, const MonthPeriod& months,
               const Scope& scope) const {
    Counts counts;
    for (const History& history : histories) {
      const NaiveVerdict verdict = JudgeNaively(history, absl::InfiniteFuture());
      const absl::Time received = history.events.front().at;
      const bool at_once = WasSettledAtOnce(history);
      const auto add = [&](int mark, const std::string& value, const std::string& team_id,
                           const std::string& shown_team, int channel) {
        const bool asked = IsIn(history, months, scope, team_id) ||
                           (mark == 7 && IsIn(history, months, scope, value));
        if (!asked) return;
        auto& [cases, settled] = counts[{mark, value, shown_team, channel}];
        ++cases;
        if (at_once) ++settled;
      };
      add(1, TopicOf(history), verdict.team_id, "", 0);
      const absl::CivilHour hour = absl::ToCivilHour(received, zone_);
      const int weekday = static_cast<int>(absl::GetWeekday(absl::CivilDay(hour)));
      add(2, absl::StrCat(weekday * 24 + hour.hour()), verdict.team_id, "", 0);
      if (verdict.answered) {
        add(3, absl::StrCat(DaysBetween(received, *verdict.answered)), verdict.team_id, "", 0);
      }
      const std::vector<NaiveStay> stays = StaysOf(history);
      for (size_t i = 0; i < stays.size(); ++i) {
        const NaiveStay& stay = stays[i];
        if (stay.to) {
          add(5, absl::StrCat(DaysBetween(stay.from, *stay.to)), stay.team_id, stay.team_id, 0);
        }
        if (i > 0) add(7, stay.team_id, stays[i - 1].team_id, stays[i - 1].team_id, 0);
      }
      for (const LoggedEvent& event : history.events) {
        if (event.kind == kAdded) {
          add(6, absl::StrCat(event.channel), verdict.team_id, "", history.channel);
        }
      }
    }
    return counts;
  }

  static std::string Shown(const Counts& counts) {
    std::string shown;
    for (const auto& [key, count] : counts) {
      const auto& [mark, value, team_id, channel] = key;
      absl::StrAppend(&shown, mark, " ", value, " ", team_id, " ", channel, ": ", count.first, " ",
                      count.second, "\n");
    }
    return shown;
  }

  template <typename Read>
  auto InTransaction(Read read) {
    typename std::invoke_result_t<Read, pg::Transaction&>::value_type result;
    const absl::Status status = pool_->InTenant(
        kTenant, Soon(), pg::Access::kRead, [&](pg::Transaction& transaction) -> absl::Status {
          WISSEL_ASSIGN_OR_RETURN(result, read(transaction));
          return absl::OkStatus();
        });
    EXPECT_TRUE(status.ok()) << status;
    return result;
  }

  std::vector<MarkCount> Marks(const MonthPeriod& months, const Scope& scope) {
    return InTransaction(
        [&](pg::Transaction& transaction) { return ReadMarks(transaction, months, scope); });
  }

  std::string Kept(const MonthPeriod& months, const Scope& scope) {
    Counts counts;
    for (const MarkCount& count : Marks(months, scope)) {
      counts[{static_cast<int>(count.mark), count.value, count.team_id, count.channel}] = {
          count.cases, count.at_first_contact};
    }
    return Shown(counts);
  }

  // Tallies of months, as text.
  std::string KeptTallies(const MonthPeriod& months, const Scope& scope) {
    std::string shown;
    for (const auto& [month, tallies] : InTransaction([&](pg::Transaction& transaction) {
           return ReadMonthTallies(transaction, months, scope, now_);
         })) {
      for (const auto& [key, tally] : tallies) shown += Line(month, key, tally);
    }
    return shown;
  }

  std::string NaiveTallies(const std::vector<History>& histories, const MonthPeriod& months,
                           const Scope& scope) const {
    std::map<absl::CivilMonth, Tallies> by_month;
    for (const History& history : histories) {
      const NaiveVerdict naive = JudgeNaively(history, now_);
      if (!IsIn(history, months, scope, naive.team_id)) continue;
      by_month[MonthOf(history.events.front().at)]
              [{naive.team_id, static_cast<common::v1::Channel>(history.channel)}]
                  .Add(norms::JudgedCase{.contacts = naive.contacts, .verdict = naive.verdict});
    }
    std::string shown;
    for (const auto& [month, tallies] : by_month) {
      for (const auto& [key, tally] : tallies) shown += Line(month, key, tally);
    }
    return shown;
  }

  static std::string Line(absl::CivilMonth month, const GroupKey& key, const Tally& tally) {
    return absl::StrCat(absl::FormatCivilTime(month), " ", key.first, " ", key.second, ": ",
                        tally.met, " ", tally.missed, " ", tally.open_not_due, " ", tally.no_norm,
                        " ", tally.excluded, " ", tally.contacts, "\n");
  }

  // What teams were done with, and what they have left.
  void ExpectDoneAndOpen(const std::vector<History>& histories) {
    const absl::CivilDay today = absl::ToCivilDay(now_, zone_);
    std::map<std::string, int64_t> done;
    std::map<std::string, int64_t> late;
    std::map<std::string, std::map<absl::CivilDay, int64_t>> due;
    for (const History& history : histories) {
      for (const NaiveStay& stay : StaysOf(history)) {
        if (!stay.to) continue;
        const absl::CivilDay day = absl::ToCivilDay(*stay.to, zone_);
        if (day >= today - 20 && day < today - 1) ++done[stay.team_id];
      }
      const NaiveVerdict naive = JudgeNaively(history, now_);
      if (naive.answered || naive.verdict == v1::VERDICT_NO_NORM ||
          naive.verdict == v1::VERDICT_EXCLUDED) {
        continue;
      }
      const std::string& holder = history.events.back().team_id;
      if (naive.verdict == v1::VERDICT_MISSED) {
        ++late[holder];
      } else {
        ++due[holder][absl::ToCivilDay(DueOf(history), zone_)];
      }
    }
    EXPECT_EQ(InTransaction([&](pg::Transaction& transaction) {
                return ReadDone(transaction, today - 20, today - 1);
              }),
              done);
    const auto open = InTransaction(
        [&](pg::Transaction& transaction) { return ReadOpenCases(transaction, "", now_, zone_); });
    EXPECT_EQ(open.size(), 3u);
    for (const auto& [team_id, cases] : open) {
      EXPECT_EQ(cases.late, late[team_id]) << team_id;
      EXPECT_EQ(cases.due, due[team_id]) << team_id;
    }
    EXPECT_EQ(InTransaction([&](pg::Transaction& transaction) {
                return ListOpenFacts(transaction, {.to = now_, .team_id = "b"}, 10000);
              }).size(),
              static_cast<size_t>(late["b"]));
  }

  std::vector<Scope> Scopes() const {
    return {{},
            {.team_id = "b"},
            {.channel = common::v1::CHANNEL_EMAIL},
            {.topic_id = "wmo"},
            {.team_id = "a", .channel = common::v1::CHANNEL_CALLBACK, .topic_id = "paspoort"}};
  }
};

// Six thousand histories that grow while they are counted.
TEST_F(MarksTest, AreThoseOfTheLogWhateverHappens) {
  RandomLog random(20260402, now_);
  std::vector<History> histories;
  ASSERT_EQ(keeper_.Rebuild(kTenant, Soon()).value(), 0);
  const absl::CivilMonth month = MonthOf(now_);
  const std::vector<MonthPeriod> periods = {{month - 2, month + 1}, {month - 1, month}};
  for (int round = 0; round < 6; ++round) {
    std::string rows;
    const auto add = [&](const History& history, const std::vector<LoggedEvent>& events) {
      if (!events.empty()) absl::StrAppend(&rows, rows.empty() ? "" : ",", Rows(history, events));
    };
    for (History& history : histories) {
      if ((history.case_id + round) % 3 == 0) add(history, random.GoOn(history, 2));
    }
    const size_t known = histories.size();
    for (int i = 0; i < 1000; ++i) {
      History history = random.Begin(static_cast<int64_t>(histories.size()) + 1);
      random.GoOn(history, 5);
      add(history, history.events);
      histories.push_back(std::move(history));
    }
    PlantCases(histories, known);
    database_.Admin(InsertOf(rows));
    ASSERT_TRUE(CatchUp());
    for (const MonthPeriod& months : periods) {
      for (const Scope& scope : Scopes()) {
        ASSERT_EQ(Kept(months, scope), Shown(Naive(histories, months, scope))) << "round " << round;
        ASSERT_EQ(KeptTallies(months, scope), NaiveTallies(histories, months, scope));
      }
    }
  }
  EXPECT_TRUE(Verify().empty());

  // What a topic was asked in the period is its mark.
  std::map<std::string, int64_t> topics;
  for (const History& history : histories) {
    if (IsIn(history, periods[1], {}, "")) ++topics[TopicOf(history)];
  }
  EXPECT_EQ(InTransaction([&](pg::Transaction& transaction) {
              return ReadTopicCounts(transaction, periods[1], {});
            }),
            topics);

  ExpectDoneAndOpen(histories);
}

// Every mark opens as many cases as it counts.
TEST_F(MarksTest, OpenTheirCases) {
  RandomLog random(5, now_);
  std::vector<History> histories;
  std::string rows;
  for (int64_t id = 1; id <= 2000; ++id) {
    History history = random.Begin(id);
    random.GoOn(history, 5);
    absl::StrAppend(&rows, rows.empty() ? "" : ",", Rows(history, history.events));
    histories.push_back(std::move(history));
  }
  PlantCases(histories, 0);
  database_.Admin(InsertOf(rows));
  ASSERT_EQ(keeper_.Rebuild(kTenant, Soon()).value(), 2000);
  const absl::CivilMonth month = MonthOf(now_);
  const MonthPeriod months = {month - 1, month + 1};
  for (const Scope& scope : Scopes()) {
    for (const MarkCount& count : Marks(months, scope)) {
      FactQuery query = {.days = {absl::CivilDay(months.from), absl::CivilDay(months.to)},
                         .as_of = now_,
                         .team_id = scope.team_id,
                         .channel = scope.channel,
                         .topic_id = scope.topic_id};
      const int number = std::atoi(count.value.c_str());
      switch (count.mark) {
        case Mark::kTopic:
          if (count.value.empty()) continue;
          query.topic_id = count.value;
          query.mark.mutable_received();
          break;
        case Mark::kArrival:
          query.mark.mutable_arrival()->set_weekday(number / 24 + 1);
          query.mark.mutable_arrival()->set_hour(number % 24);
          break;
        case Mark::kAnsweredAfter:
          query.mark.set_answered_after(number);
          break;
        case Mark::kAskedAgain:
          query.channel = count.channel;
          query.mark.set_asked_again(static_cast<common::v1::Channel>(number));
          break;
        case Mark::kMovedTo:
          query.team_id.clear();
          query.mark.mutable_moved()->set_from_team_id(count.team_id);
          query.mark.mutable_moved()->set_to_team_id(count.value);
          break;
        default:
          continue;
      }
      std::vector<CaseFact> facts = InTransaction(
          [&](pg::Transaction& transaction) { return ListFacts(transaction, query, 100000); });
      // A case that was passed on the same way twice, or asked again twice, is listed once.
      const bool once = count.mark != Mark::kMovedTo && count.mark != Mark::kAskedAgain;
      const auto listed = static_cast<int64_t>(facts.size());
      EXPECT_GT(listed, 0);
      if (once) EXPECT_EQ(listed, count.cases) << static_cast<int>(count.mark) << count.value;
      if (!once) EXPECT_LE(listed, count.cases);
      if (count.mark == Mark::kTopic) {
        query.mark.set_at_first_contact(true);
        facts = InTransaction(
            [&](pg::Transaction& transaction) { return ListFacts(transaction, query, 100000); });
        EXPECT_EQ(static_cast<int64_t>(facts.size()), count.at_first_contact);
      }
    }
  }
}

// What the source of an import tells anew of a case is counted anew.
TEST_F(MarksTest, FollowATopicThatIsCorrected) {
  ASSERT_EQ(keeper_.Rebuild(kTenant, Soon()).value(), 0);
  const absl::CivilMonth month = MonthOf(now_);
  const MonthPeriod months = {month - 1, month + 1};
  History history = {.case_id = 1, .events = {{.at = now_ - absl::Hours(2), .team_id = "a"}}};
  PlantCases({history}, 0);
  Plant(history, history.events);
  ASSERT_TRUE(CatchUp());
  const auto topics = [&] {
    return InTransaction(
        [&](pg::Transaction& transaction) { return ReadTopicCounts(transaction, months, {}); });
  };
  EXPECT_EQ(topics(), (std::map<std::string, int64_t>{{"afval", 1}}));
  const LoggedEvent corrected = {.at = now_ - absl::Hours(1), .kind = kCorrected, .team_id = "a"};
  history.events.push_back(corrected);
  database_.Admin("update cases.case_file set topic_id = 'wmo'");
  Plant(history, {corrected});
  ASSERT_TRUE(CatchUp());
  EXPECT_EQ(topics(), (std::map<std::string, int64_t>{{"wmo", 1}}));
  EXPECT_TRUE(Verify().empty());
}

}  // namespace
}  // namespace wissel::insight
