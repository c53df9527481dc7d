// Both clock changes of 2026 and 2027, and hours that lie across one.

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/calendar/calendar.h"
#include "libs/calendar/test_definitions.h"

namespace wissel::calendar {
namespace {

constexpr const char* kForward[] = {"2026-03-29", "2027-03-28"};
constexpr const char* kBack[] = {"2026-10-25", "2027-10-31"};

// Open on every day with `hours`, holidays or not.
Calendar EveryDay(const DayHours& hours) {
  Definition definition;
  definition.observes_holidays = false;
  for (DayHours& day : definition.weekdays) day = hours;
  return MakeCalendar(definition);
}

absl::Time UtcOn(const char* date, const char* clock) {
  return Utc(std::string(date) + " " + clock);
}

TEST(ClockChangeTest, DueKeepsTheClosingTimeOfTheClock) {
  const Calendar calendar = MakeCalendar(OfficeHours());
  EXPECT_EQ(calendar.Due(Utc("2026-03-27 09:00"), 1), Utc("2026-03-30 15:00"));
  // Easter Monday comes first.
  EXPECT_EQ(calendar.Due(Utc("2027-03-26 09:00"), 1), Utc("2027-03-30 15:00"));
  EXPECT_EQ(calendar.Due(Utc("2026-10-23 09:00"), 1), Utc("2026-10-26 16:00"));
  EXPECT_EQ(calendar.Due(Utc("2027-10-29 09:00"), 1), Utc("2027-11-01 16:00"));
}

TEST(ClockChangeTest, AWeekDoesNotHaveOneOffset) {
  const Calendar calendar = EveryDay({{540, 1020}});
  for (const char* date : kForward) {
    const absl::Time received = At(absl::FormatCivilTime(Day(date) - 4) + " 12:00");
    const absl::Time sunday = UtcOn(date, "15:00");
    EXPECT_EQ(calendar.Due(received, 3), sunday - absl::Hours(23));
    EXPECT_EQ(calendar.Due(received, 4), sunday);
    EXPECT_EQ(calendar.Due(received, 5), sunday + absl::Hours(24));
  }
  for (const char* date : kBack) {
    const absl::Time received = At(absl::FormatCivilTime(Day(date) - 4) + " 12:00");
    const absl::Time sunday = UtcOn(date, "16:00");
    EXPECT_EQ(calendar.Due(received, 3), sunday - absl::Hours(25));
    EXPECT_EQ(calendar.Due(received, 4), sunday);
    EXPECT_EQ(calendar.Due(received, 5), sunday + absl::Hours(24));
  }
}

TEST(ClockChangeTest, TheDateOfReceiptFollowsTheOffsetOfItsMoment) {
  const Calendar calendar = EveryDay({{540, 1020}});
  // Midnight is at 23:00 UTC before the clock goes forward and at 22:00 after it.
  EXPECT_EQ(calendar.DayOf(Utc("2026-03-28 22:59")), Day("2026-03-28"));
  EXPECT_EQ(calendar.DayOf(Utc("2026-03-28 23:00")), Day("2026-03-29"));
  EXPECT_EQ(calendar.DayOf(Utc("2026-03-29 21:59")), Day("2026-03-29"));
  EXPECT_EQ(calendar.DayOf(Utc("2026-03-29 22:00")), Day("2026-03-30"));
  EXPECT_EQ(calendar.DayOf(Utc("2027-10-30 22:00")), Day("2027-10-31"));
  EXPECT_EQ(calendar.DayOf(Utc("2027-10-31 22:59")), Day("2027-10-31"));
  EXPECT_EQ(calendar.DayOf(Utc("2027-10-31 23:00")), Day("2027-11-01"));
}

TEST(ClockChangeTest, ADayUntil24EndsAtLocalMidnight) {
  const Calendar calendar = EveryDay({{0, 1440}});
  for (const char* date : kForward) {
    EXPECT_EQ(calendar.EndOfHours(Day(date)), UtcOn(date, "22:00"));
    EXPECT_EQ(*calendar.EndOfHours(Day(date)) - *calendar.EndOfHours(Day(date) - 1),
              absl::Hours(23));
  }
  for (const char* date : kBack) {
    EXPECT_EQ(calendar.EndOfHours(Day(date)), UtcOn(date, "23:00"));
    EXPECT_EQ(*calendar.EndOfHours(Day(date)) - *calendar.EndOfHours(Day(date) - 1),
              absl::Hours(25));
  }
}

TEST(ClockChangeTest, ASkippedTimeIsTheMomentOfTheSkip) {
  const Calendar closes = EveryDay({{0, 150}});
  const Calendar opens = EveryDay({{150, 240}});
  for (const char* date : kForward) {
    const absl::Time skip = UtcOn(date, "01:00");
    EXPECT_EQ(closes.EndOfHours(Day(date)), skip);
    EXPECT_TRUE(closes.IsOpen(skip - absl::Nanoseconds(1)));
    EXPECT_FALSE(closes.IsOpen(skip));
    EXPECT_FALSE(opens.IsOpen(skip - absl::Nanoseconds(1)));
    EXPECT_EQ(opens.NextOpen(skip - absl::Minutes(1)), skip);
    EXPECT_TRUE(opens.IsOpen(skip));
  }
}

TEST(ClockChangeTest, HoursThatAreSkippedAltogetherLastNoTime) {
  const Calendar calendar = EveryDay({{130, 170}});
  for (const char* date : kForward) {
    const absl::Time skip = UtcOn(date, "01:00");
    EXPECT_FALSE(calendar.IsOpen(skip));
    const absl::Time next = At(absl::FormatCivilTime(Day(date) + 1) + " 02:10");
    EXPECT_EQ(calendar.NextOpen(skip - absl::Minutes(30)), next);
    EXPECT_EQ(calendar.NextOpen(skip), next);
    // It is a working day all the same, and due at the skip.
    EXPECT_TRUE(calendar.IsWorkingDay(Day(date)));
    EXPECT_EQ(calendar.Due(skip - absl::Hours(24), 1), skip);
  }
}

TEST(ClockChangeTest, OfATimeThatComesTwiceHoursOpenAtTheFirstAndCloseAtTheSecond) {
  const Calendar closes = EveryDay({{0, 150}});
  const Calendar opens = EveryDay({{150, 240}});
  for (const char* date : kBack) {
    const absl::Time first = UtcOn(date, "00:30");
    const absl::Time second = UtcOn(date, "01:30");
    EXPECT_EQ(closes.EndOfHours(Day(date)), second);
    EXPECT_TRUE(closes.IsOpen(first));
    EXPECT_TRUE(closes.IsOpen(second - absl::Nanoseconds(1)));
    EXPECT_FALSE(closes.IsOpen(second));
    EXPECT_EQ(opens.NextOpen(first - absl::Minutes(10)), first);
    EXPECT_TRUE(opens.IsOpen(first));
    EXPECT_TRUE(opens.IsOpen(second));
  }
}

TEST(ClockChangeTest, MidnightItselfCanBeSkipped) {
  Definition definition;
  definition.observes_holidays = false;
  definition.zone = ZoneNamed("America/Sao_Paulo").value();
  for (DayHours& day : definition.weekdays) day = {{0, 1440}};
  const Calendar calendar = MakeCalendar(definition);
  // There, Saturday 3 November 2018 24:00 was Sunday 1:00.
  EXPECT_EQ(calendar.EndOfHours(Day("2018-11-03")), Utc("2018-11-04 03:00"));
  EXPECT_EQ(calendar.EndOfHours(Day("2018-11-04")), Utc("2018-11-05 02:00"));
  EXPECT_TRUE(calendar.IsOpen(Utc("2018-11-04 03:00")));
}

}  // namespace
}  // namespace wissel::calendar
