#include "libs/calendar/holidays.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/calendar/test_definitions.h"

namespace wissel::calendar {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> HolidaysOf(int year, Kind kind) {
  std::vector<std::string> found;
  for (absl::CivilDay day(year, 1, 1); day.year() == year; ++day) {
    if (IsHoliday(day, kind)) found.push_back(absl::FormatCivilTime(day));
  }
  return found;
}

// Clavius: the Sunday after the full moon that golden number and epact point at. Shares nothing
// with Gauss' closed form, and finds the Sunday on the calendar.
absl::CivilDay EasterByEpact(int year) {
  const int golden_number = year % 19 + 1;
  const int century = year / 100 + 1;
  const int leap_days_left_out = 3 * century / 4 - 12;
  const int moon_correction = (8 * century + 5) / 25 - 5;
  int epact = (11 * golden_number + 20 + moon_correction - leap_days_left_out) % 30;
  if (epact == 24 || (epact == 25 && golden_number > 11)) ++epact;
  const int full_moon = epact > 23 ? 74 - epact : 44 - epact;
  return absl::NextWeekday(absl::CivilDay(year, 3, full_moon), absl::Weekday::sunday);
}

TEST(EasterTest, EqualsTheTabularMethod) {
  for (int year = 1583; year <= 4000; ++year) {
    ASSERT_EQ(EasterSunday(year), EasterByEpact(year)) << year;
  }
}

TEST(EasterTest, EqualsPublishedDates) {
  // With the years in which a rule without the two exceptions is a week late (1954 to 2076), and
  // the earliest and latest dates of these times (2008, 2038).
  for (const char* date : {"1954-04-18", "1981-04-19", "1990-04-15", "2000-04-23", "2008-03-23",
                           "2011-04-24", "2016-03-27", "2019-04-21", "2024-03-31", "2025-04-20",
                           "2026-04-05", "2027-03-28", "2028-04-16", "2029-04-01", "2030-04-21",
                           "2038-04-25", "2049-04-18", "2076-04-19", "2099-04-12", "2100-03-28"}) {
    EXPECT_EQ(EasterSunday(Day(date).year()), Day(date));
  }
}

TEST(KingsDayTest, MovesBackFromASunday) {
  for (const char* date : {"1990-04-30", "1995-04-29", "2006-04-29", "2013-04-30", "2014-04-26",
                           "2024-04-27", "2025-04-26", "2026-04-27", "2031-04-26"}) {
    EXPECT_EQ(KingsDay(Day(date).year()), Day(date));
  }
}

TEST(HolidaysTest, ServiceCalendarOf2026) {
  EXPECT_THAT(HolidaysOf(2026, Kind::kService),
              ElementsAre("2026-01-01", "2026-04-06", "2026-04-27", "2026-05-05", "2026-05-14",
                          "2026-05-25", "2026-12-25", "2026-12-26"));
}

TEST(HolidaysTest, StatutoryCalendarOf2026HasGoodFridayAndDecreeDays) {
  EXPECT_THAT(HolidaysOf(2026, Kind::kStatutory),
              ElementsAre("2026-01-01", "2026-01-02", "2026-04-03", "2026-04-06", "2026-04-27",
                          "2026-05-05", "2026-05-14", "2026-05-15", "2026-05-25", "2026-12-25",
                          "2026-12-26"));
}

TEST(HolidaysTest, LiberationDayIsOneEveryYear) {
  for (int year = 1990; year <= 2100; ++year) {
    EXPECT_TRUE(IsHoliday(absl::CivilDay(year, 5, 5), Kind::kService));
    EXPECT_TRUE(IsHoliday(absl::CivilDay(year, 5, 5), Kind::kStatutory));
  }
}

TEST(HolidaysTest, EveryYearHasTheHolidaysOfItsEaster) {
  for (int year = 1990; year <= 2100; ++year) {
    const absl::CivilDay easter = EasterByEpact(year);
    std::vector<std::string> expected;
    for (const absl::CivilDay day :
         {easter + 1, easter + 39, easter + 50, KingsDay(year), absl::CivilDay(year, 1, 1),
          absl::CivilDay(year, 5, 5), absl::CivilDay(year, 12, 25), absl::CivilDay(year, 12, 26)}) {
      expected.push_back(absl::FormatCivilTime(day));
    }
    std::sort(expected.begin(), expected.end());
    // Ascension can be on Liberation Day, as in 2016.
    expected.erase(std::unique(expected.begin(), expected.end()), expected.end());
    EXPECT_EQ(HolidaysOf(year, Kind::kService), expected);
    EXPECT_TRUE(IsHoliday(easter - 2, Kind::kStatutory));
    EXPECT_FALSE(IsHoliday(easter - 2, Kind::kService));
  }
}

TEST(HolidaysTest, DecreeDaysCountForTheLawOnly) {
  for (const char* date : {"2023-04-28", "2023-05-19", "2024-05-10", "2024-12-27", "2025-05-30",
                           "2026-01-02", "2026-05-15", "2027-05-07", "2028-04-28", "2028-05-26"}) {
    EXPECT_TRUE(IsHoliday(Day(date), Kind::kStatutory)) << date;
    EXPECT_FALSE(IsHoliday(Day(date), Kind::kService)) << date;
  }
}

// 2026: Good Friday is 3 April, Easter Monday 6 April, King's Day Monday 27 April.
TEST(HolidaysTest, CountsWorkingDays) {
  const auto days = [](const char* from, const char* to, Kind kind = Kind::kService) {
    return WorkingDaysBetween(Day(from), Day(to), kind);
  };
  EXPECT_EQ(days("2026-04-01", "2026-04-01"), 0);
  EXPECT_EQ(days("2026-04-02", "2026-04-01"), 0);
  EXPECT_EQ(days("2026-04-01", "2026-04-02"), 1);
  // From Thursday over the weekend of Easter to Tuesday.
  EXPECT_EQ(days("2026-04-02", "2026-04-07"), 2);
  EXPECT_EQ(days("2026-04-02", "2026-04-07", Kind::kStatutory), 1);
  // Saturday, Sunday and a holiday are no days.
  EXPECT_EQ(days("2026-04-24", "2026-04-27"), 0);
  EXPECT_EQ(days("2026-04-25", "2026-04-28"), 1);
  // From one Wednesday to the next; and 2026 has 261 weekdays, of which seven are holidays (26
  // December is a Saturday).
  EXPECT_EQ(days("2026-06-03", "2026-06-10"), 5);
  EXPECT_EQ(days("2025-12-31", "2026-12-31"), 254);
}

TEST(HolidaysTest, WarnsAYearBeforeTheDecreeTableEnds) {
  EXPECT_EQ(StatutoryTableEnd(), Day("2028-05-26"));
  EXPECT_FALSE(StatutoryTableEndsWithinYear(Day("2026-01-01")));
  EXPECT_FALSE(StatutoryTableEndsWithinYear(Day("2027-05-25")));
  EXPECT_TRUE(StatutoryTableEndsWithinYear(Day("2027-05-26")));
  EXPECT_TRUE(StatutoryTableEndsWithinYear(Day("2035-01-01")));
}

}  // namespace
}  // namespace wissel::calendar
