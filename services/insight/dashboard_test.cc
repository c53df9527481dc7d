#include "services/insight/dashboard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/base/status.h"
#include "libs/calendar/test_definitions.h"

namespace wissel::insight {
namespace {

using calendar::At;
using calendar::Day;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

v1::GetDashboardRequest Asked(const char* first, const char* last) {
  v1::GetDashboardRequest request;
  request.set_first_month(first);
  request.set_last_month(last);
  return request;
}

std::string Refused(const char* first, const char* last) {
  const absl::Status status = ReadMonths(Asked(first, last)).status();
  return absl::StrCat(ReasonOf(status), " ", DetailsOf(status).front().field);
}

class DashboardTest : public ::testing::Test {
 protected:
  DashboardTest() {
    municipality_.zone = calendar::Amsterdam();
    municipality_.service_calendar = calendar::MakeCalendar(calendar::OfficeHours());
    municipality_.AddTeam({.team_id = "kcc", .name = "KCC", .is_kcc = true, .place = 1});
    municipality_.AddTeam({.team_id = "zorg", .name = "Zorg", .place = 2});
    municipality_.AddNorm("zorg", common::v1::CHANNEL_EMAIL, Day("2026-01-01"),
                          {.working_days = 5, .target_share = 0.8});
    municipality_.AddNorm("zorg", common::v1::CHANNEL_EMAIL, Day("2026-05-15"),
                          {.working_days = 5, .target_share = 0.9});
  }

  v1::GetDashboardResponse Fill(const DashboardCounts& counts, const char* first = "2026-05",
                                const char* last = "2026-06") {
    v1::GetDashboardResponse response;
    // Wednesday morning.
    FillDashboard(counts, ReadMonths(Asked(first, last)).value(), municipality_,
                  At("2026-06-10 09:00"), &response);
    return response;
  }

  static MarkCount Topic(const char* id, int64_t cases, int64_t at_first) {
    return {.mark = Mark::kTopic, .value = id, .cases = cases, .at_first_contact = at_first};
  }

  municipality::MunicipalitySnapshot municipality_;
  const GroupKey email_ = {"zorg", common::v1::CHANNEL_EMAIL};
};

TEST_F(DashboardTest, ReadsWholeMonths) {
  const DashboardMonths months = ReadMonths(Asked("2026-01", "2026-03")).value();
  EXPECT_EQ(months.asked.from, absl::CivilMonth(2026, 1));
  EXPECT_EQ(months.asked.to, absl::CivilMonth(2026, 4));
  EXPECT_EQ(months.before.from, absl::CivilMonth(2025, 10));
  EXPECT_EQ(months.before.to, absl::CivilMonth(2026, 1));
  EXPECT_EQ(months.trend.from, absl::CivilMonth(2025, 3));
  EXPECT_EQ(months.trend.to, absl::CivilMonth(2026, 4));
  EXPECT_EQ(ReadMonths(Asked("2022-01", "2026-03")).value().trend.from, absl::CivilMonth(2022, 1));
}

TEST_F(DashboardTest, RefusesWhatIsNoPeriodOfMonths) {
  EXPECT_EQ(Refused("", "2026-03"), "invalid_month first_month");
  EXPECT_EQ(Refused("2026-03", "maart"), "invalid_month last_month");
  EXPECT_EQ(Refused("2026-3", "2026-03"), "invalid_month first_month");
  EXPECT_EQ(Refused("2026-13", "2026-03"), "invalid_month first_month");
  EXPECT_EQ(Refused("0001-01", "2026-03"), "invalid_month first_month");
  EXPECT_EQ(Refused("2026-04", "2026-03"), "invalid_period last_month");
  EXPECT_EQ(Refused("2021-01", "2026-01"), "invalid_period last_month");
  EXPECT_TRUE(ReadMonths(Asked("2021-02", "2026-01")).ok());
}

TEST_F(DashboardTest, EachMonthIsJudgedByItsOwnTarget) {
  DashboardCounts counts;
  for (const int month : {3, 5, 6}) {
    counts.tallies[absl::CivilMonth(2026, month)][email_] = {.met = 17, .missed = 3};
  }
  const v1::GetDashboardResponse response = Fill(counts);
  ASSERT_THAT(response.months(), SizeIs(13));
  EXPECT_EQ(response.months(0).month(), "2025-06");
  EXPECT_THAT(response.months(0).teams(), IsEmpty());
  const v1::MonthFigures& may = response.months(11);
  const v1::MonthFigures& june = response.months(12);
  EXPECT_EQ(may.month(), "2026-05");
  EXPECT_TRUE(may.teams(0).on_target());
  EXPECT_EQ(may.teams(0).target_percent(), "80");
  EXPECT_FALSE(june.teams(0).on_target());
  EXPECT_EQ(june.channels(0).channel(), common::v1::CHANNEL_EMAIL);
  EXPECT_EQ(june.total().share_met_percent(), "85.0");
  // The whole period by the target at its beginning, and March is no part of it.
  EXPECT_EQ(response.total().received(), 40);
  EXPECT_EQ(response.teams(0).target_percent(), "80");
}

TEST_F(DashboardTest, OpenWorkIsHeldAgainstThePace) {
  DashboardCounts counts;
  counts.open["zorg"] = {
      .late = 2, .due = {{Day("2026-06-10"), 6}, {Day("2026-06-12"), 1}, {Day("2026-06-15"), 4}}};
  counts.open["kcc"] = {.due = {{Day("2026-06-11"), 1}}};
  // In 18 working days: neither Ascension nor Whit Monday is one.
  counts.done["zorg"] = 90;
  const v1::GetDashboardResponse response = Fill(counts);
  ASSERT_THAT(response.open_work(), SizeIs(2));
  const v1::OpenWork& zorg = response.open_work(0);
  EXPECT_EQ(zorg.team_name(), "Zorg");
  EXPECT_EQ(zorg.open(), 13);
  EXPECT_EQ(zorg.late(), 2);
  EXPECT_EQ(zorg.due_this_week(), 7);
  EXPECT_DOUBLE_EQ(zorg.pace(), 5);
  // Today five: the two that are late and three of the six.
  EXPECT_EQ(zorg.forecast_late(), 3);
  const v1::OpenWork& kcc = response.open_work(1);
  EXPECT_EQ(kcc.pace(), 0);
  EXPECT_EQ(kcc.forecast_late(), 0);
}

TEST_F(DashboardTest, AdviceIsForTheTopicsOfWhichMostIsHandedOn) {
  DashboardCounts counts;
  counts.marks = {Topic("answered", 100, 95), Topic("never", 100, 24), Topic("few", 39, 20),
                  Topic("a", 40, 20),         Topic("b", 60, 30),      Topic("c", 80, 40),
                  Topic("d", 120, 60),        Topic("e", 140, 70),     Topic("f", 160, 80)};
  counts.topics_before = {{"f", 50}, {"gone", 7}};
  const v1::GetDashboardResponse response = Fill(counts);
  std::vector<std::string> order;
  std::vector<std::string> advised;
  for (const v1::TopicFigure& topic : response.topics()) {
    order.push_back(topic.topic_id());
    if (topic.first_line_could()) advised.push_back(topic.topic_id());
  }
  EXPECT_THAT(order, ElementsAre("f", "e", "d", "answered", "never", "c", "b", "a", "few"));
  EXPECT_THAT(advised, ElementsAre("f", "e", "d", "c", "b"));
  EXPECT_EQ(response.topics(0).cases_before(), 50);
  EXPECT_EQ(response.topics(1).cases_before(), 0);
}

TEST_F(DashboardTest, AtMostAHundredTopics) {
  DashboardCounts counts;
  for (int i = 1; i <= 150; ++i) counts.marks.push_back(Topic(absl::StrCat("t", i).c_str(), i, 0));
  const v1::GetDashboardResponse response = Fill(counts);
  ASSERT_THAT(response.topics(), SizeIs(100));
  EXPECT_EQ(response.topics(99).topic_id(), "t51");
}

TEST_F(DashboardTest, MarksBecomeTheirCharts) {
  DashboardCounts counts;
  counts.marks = {
      {.mark = Mark::kArrival, .value = "0", .cases = 3},
      {.mark = Mark::kArrival, .value = "167", .cases = 4},
      {.mark = Mark::kAnsweredAfter, .value = "10", .cases = 2},
      {.mark = Mark::kAnsweredAfter, .value = "2", .cases = 9, .at_first_contact = 1},
      {.mark = Mark::kHeld, .value = "0", .team_id = "zorg", .cases = 5},
      {.mark = Mark::kHeld, .value = "3", .team_id = "zorg", .cases = 4},
      {.mark = Mark::kHeld, .value = "12", .team_id = "zorg", .cases = 1},
      {.mark = Mark::kHeld, .value = "1", .team_id = "kcc", .cases = 1},
      {.mark = Mark::kAskedAgain, .value = "1", .channel = common::v1::CHANNEL_EMAIL, .cases = 8},
      {.mark = Mark::kMovedTo, .value = "kcc", .team_id = "zorg", .cases = 2},
      {.mark = Mark::kMovedTo, .value = "zorg", .team_id = "kcc", .cases = 6}};
  const v1::GetDashboardResponse response = Fill(counts);
  ASSERT_THAT(response.arrivals(), SizeIs(2));
  EXPECT_EQ(response.arrivals(0).when().weekday(), 1);
  EXPECT_EQ(response.arrivals(0).when().hour(), 0);
  EXPECT_EQ(response.arrivals(1).when().weekday(), 7);
  EXPECT_EQ(response.arrivals(1).when().hour(), 23);
  ASSERT_THAT(response.answer_times(), SizeIs(2));
  EXPECT_EQ(response.answer_times(0).working_days(), 2);
  EXPECT_EQ(response.answer_times(0).at_first_contact(), 1);
  ASSERT_THAT(response.hold_times(), SizeIs(2));
  EXPECT_EQ(response.hold_times(0).team_id(), "kcc");
  EXPECT_EQ(response.hold_times(1).stays(), 10);
  EXPECT_EQ(response.hold_times(1).median_working_days(), 0);
  EXPECT_EQ(response.hold_times(1).most_working_days(), 3);
  EXPECT_EQ(response.repeated_questions(0).again(), common::v1::CHANNEL_PHONE);
  EXPECT_EQ(response.moves(0).teams().from_team_id(), "kcc");
  EXPECT_EQ(response.moves(0).cases(), 6);
}

}  // namespace
}  // namespace wissel::insight
