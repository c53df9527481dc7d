#include "services/insight/forecast.h"

#include <gtest/gtest.h>

#include "libs/calendar/test_definitions.h"

namespace wissel::insight {
namespace {

using calendar::Amsterdam;
using calendar::At;
using calendar::Day;

class ForecastTest : public ::testing::Test {
 protected:
  WorkLeft WorkAt(const char* moment) const { return WorkLeft(&office_, At(moment), Amsterdam()); }
  // From Monday 1 June 2026 at 9:00, when all of the day's work is still to come, to Sunday.
  int64_t Late(const OpenCases& open, double pace) const {
    return ForecastLate(open, pace, Day("2026-06-07"), WorkAt("2026-06-01 09:00"));
  }

  const calendar::Calendar office_ = calendar::MakeCalendar(calendar::OfficeHours());
};

TEST_F(ForecastTest, TodaysWorkIsWhatIsLeftOfItsHours) {
  EXPECT_DOUBLE_EQ(WorkAt("2026-06-01 08:00").On(Day("2026-06-01")), 1);
  EXPECT_DOUBLE_EQ(WorkAt("2026-06-01 13:00").On(Day("2026-06-01")), 0.5);
  EXPECT_DOUBLE_EQ(WorkAt("2026-06-01 17:00").On(Day("2026-06-01")), 0);
  EXPECT_DOUBLE_EQ(WorkAt("2026-06-01 17:00").On(Day("2026-06-02")), 1);
  EXPECT_DOUBLE_EQ(WorkAt("2026-06-01 13:00").On(Day("2026-06-06")), 0);
  // Whit Monday.
  EXPECT_DOUBLE_EQ(WorkAt("2026-05-24 13:00").On(Day("2026-05-25")), 0);
  const WorkLeft without(nullptr, At("2026-06-01 13:00"), Amsterdam());
  EXPECT_DOUBLE_EQ(without.On(Day("2026-06-01")), 1);
  EXPECT_DOUBLE_EQ(without.On(Day("2026-06-06")), 0);
}

TEST_F(ForecastTest, AtTheWeekendTheWeekIsTheNextOne) {
  EXPECT_EQ(WorkAt("2026-06-01 09:00").EndOfWeek(), Day("2026-06-07"));
  EXPECT_EQ(WorkAt("2026-06-05 16:00").EndOfWeek(), Day("2026-06-07"));
  EXPECT_EQ(WorkAt("2026-06-06 09:00").EndOfWeek(), Day("2026-06-14"));
  EXPECT_EQ(WorkAt("2026-06-07 23:00").EndOfWeek(), Day("2026-06-14"));
}

TEST_F(ForecastTest, ATeamThatKeepsUpIsNotLate) {
  EXPECT_EQ(Late({}, 0), 0);
  EXPECT_EQ(Late({.due = {{Day("2026-06-01"), 10}, {Day("2026-06-02"), 10}}}, 10), 0);
  EXPECT_EQ(Late({.due = {{Day("2026-06-05"), 50}}}, 10), 0);
  // What is due after the week does not count.
  EXPECT_EQ(Late({.due = {{Day("2026-06-08"), 500}}}, 1), 0);
}

TEST_F(ForecastTest, WhatIsBeyondThePaceIsLate) {
  EXPECT_EQ(Late({.due = {{Day("2026-06-01"), 12}}}, 10), 2);
  // Two of Monday are answered on Tuesday, before the ten that are due then: two of those are late.
  EXPECT_EQ(Late({.due = {{Day("2026-06-01"), 12}, {Day("2026-06-02"), 10}}}, 10), 4);
  // Half a case is no case.
  EXPECT_EQ(Late({.due = {{Day("2026-06-01"), 2}, {Day("2026-06-02"), 1}}}, 1.5), 1);
  EXPECT_EQ(Late({.due = {{Day("2026-06-03"), 7}}}, 0.1), 7);
}

TEST_F(ForecastTest, OfATeamWithoutAPaceNothingIsForetold) {
  EXPECT_EQ(Late({.late = 3, .due = {{Day("2026-06-03"), 7}}}, 0), 0);
}

TEST_F(ForecastTest, WhatIsLateAlreadyGoesFirstAndIsNotCountedAgain) {
  EXPECT_EQ(Late({.late = 20, .due = {{Day("2026-06-02"), 5}}}, 10), 5);
  EXPECT_EQ(Late({.late = 20, .due = {{Day("2026-06-03"), 5}}}, 10), 0);
  EXPECT_EQ(Late({.late = 1000}, 10), 0);
}

}  // namespace
}  // namespace wissel::insight
