#include "libs/calendar/holidays.h"

#include <algorithm>
#include <iterator>

namespace wissel::calendar {
namespace {

// Days made equal to a holiday (Algemene termijnenwet, article 3, third paragraph), in order.
constexpr absl::CivilDay kDecreeDays[] = {
    absl::CivilDay(2023, 4, 28),  absl::CivilDay(2023, 5, 19), absl::CivilDay(2024, 5, 10),
    absl::CivilDay(2024, 12, 27), absl::CivilDay(2025, 5, 30), absl::CivilDay(2026, 1, 2),
    absl::CivilDay(2026, 5, 15),  absl::CivilDay(2027, 5, 7),  absl::CivilDay(2028, 4, 28),
    absl::CivilDay(2028, 5, 26),
};

// Days after Easter Sunday.
constexpr int kGoodFriday = -2;
constexpr int kEasterMonday = 1;
constexpr int kAscension = 39;
constexpr int kWhitMonday = 50;

bool IsFixedHoliday(absl::CivilDay day) {
  switch (day.month()) {
    case 1:
      return day.day() == 1;
    case 4:
      return day.day() >= 26 && day == KingsDay(day.year());
    case 5:
      return day.day() == 5;
    case 12:
      return day.day() == 25 || day.day() == 26;
    default:
      return false;
  }
}

bool MovesWithEaster(absl::CivilDay day, Kind kind) {
  // Good Friday is 20 March at the earliest, Whit Monday 14 June at the latest.
  if (day.month() < 3 || day.month() > 6) return false;
  switch (day - EasterSunday(day.year())) {
    case kEasterMonday:
    case kAscension:
    case kWhitMonday:
      return true;
    case kGoodFriday:
      return kind == Kind::kStatutory;
    default:
      return false;
  }
}

}  // namespace

// Gauss, with the corrections for the century. The letters are his.
absl::CivilDay EasterSunday(absl::civil_year_t year) {
  const auto k = year / 100;
  const auto p = (13 + 8 * k) / 25;
  const auto q = k / 4;
  const auto m = (15 - p + k - q) % 30;
  const auto n = (4 + k - q) % 7;
  const auto a = year % 19;
  const auto d = (19 * a + m) % 30;
  const auto e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + n) % 7;
  // Easter is never 26 April, and 25 April at most once in a cycle of 19 years.
  if (d == 29 && e == 6) return absl::CivilDay(year, 4, 19);
  if (d == 28 && e == 6 && a > 10) return absl::CivilDay(year, 4, 18);
  return absl::CivilDay(year, 3, 1) + (21 + d + e);
}

absl::CivilDay KingsDay(absl::civil_year_t year) {
  const absl::CivilDay birthday(year, 4, year >= 2014 ? 27 : 30);
  return absl::GetWeekday(birthday) == absl::Weekday::sunday ? birthday - 1 : birthday;
}

bool IsHoliday(absl::CivilDay day, Kind kind) {
  if (IsFixedHoliday(day) || MovesWithEaster(day, kind)) return true;
  return kind == Kind::kStatutory &&
         std::binary_search(std::begin(kDecreeDays), std::end(kDecreeDays), day);
}

int WorkingDaysBetween(absl::CivilDay from, absl::CivilDay to, Kind kind) {
  int count = 0;
  for (absl::CivilDay day = from + 1; day <= to; ++day) {
    const absl::Weekday weekday = absl::GetWeekday(day);
    const bool weekend = weekday == absl::Weekday::saturday || weekday == absl::Weekday::sunday;
    if (!weekend && !IsHoliday(day, kind)) ++count;
  }
  return count;
}

absl::CivilDay StatutoryTableEnd() { return *std::prev(std::end(kDecreeDays)); }

bool StatutoryTableEndsWithinYear(absl::CivilDay today) {
  return absl::CivilDay(today.year() + 1, today.month(), today.day()) >= StatutoryTableEnd();
}

}  // namespace wissel::calendar
