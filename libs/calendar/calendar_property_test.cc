// What holds for every calendar and every date, over random ones from 2024 to 2040. The seed is
// fixed: a failure comes back.

#include <random>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/calendar/calendar.h"
#include "libs/calendar/test_definitions.h"

namespace wissel::calendar {
namespace {

constexpr int kDefinitions = 100;
constexpr int kReceipts = 200;

class CalendarPropertyTest : public ::testing::Test {
 protected:
  int Pick(int from, int to) { return std::uniform_int_distribution<int>(from, to)(random_); }

  absl::CivilDay PickDay() { return first_ + Pick(0, static_cast<int>(last_ - first_)); }

  absl::Time PickMoment() {
    return absl::FromCivil(absl::CivilMinute(PickDay()) + Pick(0, 1439), Amsterdam());
  }

  DayHours PickHours() {
    DayHours hours;
    int from = Pick(0, 720);
    for (int i = Pick(1, 3); i > 0 && from < 1440; --i) {
      const int to = Pick(0, 4) == 0 ? 1440 : Pick(from + 1, 1440);
      hours.push_back({from, to});
      from = to + Pick(0, 120);
    }
    return hours;
  }

  Definition PickDefinition() {
    Definition definition;
    definition.kind = Pick(0, 1) == 0 ? Kind::kService : Kind::kStatutory;
    definition.observes_holidays = Pick(0, 3) > 0;
    for (DayHours& hours : definition.weekdays) {
      if (Pick(0, 9) < 7) hours = PickHours();
    }
    definition.weekdays[static_cast<size_t>(Pick(0, 6))] = PickHours();
    for (int i = Pick(0, 300); i > 0; --i) {
      definition.special_days[PickDay()] = Pick(0, 2) == 0 ? PickHours() : DayHours{};
    }
    return definition;
  }

 private:
  const absl::CivilDay first_{2024, 1, 1};
  const absl::CivilDay last_{2040, 12, 31};
  std::mt19937 random_{20260401};
};

TEST_F(CalendarPropertyTest, DueIsTheEndOfTheNthWorkingDayAfterReceipt) {
  for (int i = 0; i < kDefinitions; ++i) {
    const Calendar calendar = MakeCalendar(PickDefinition());
    for (int j = 0; j < kReceipts; ++j) {
      const absl::Time received = PickMoment();
      const int days = Pick(1, 30);
      const absl::CivilDay due = calendar.DueDay(received, days);
      ASSERT_TRUE(calendar.IsWorkingDay(due));
      ASSERT_EQ(calendar.Due(received, days), calendar.EndOfHours(due));
      int counted = 0;
      for (absl::CivilDay day = calendar.DayOf(received) + 1; day <= due; ++day) {
        counted += calendar.IsWorkingDay(day) ? 1 : 0;
      }
      ASSERT_EQ(counted, days);
    }
  }
}

TEST_F(CalendarPropertyTest, DueIsMonotoneInDaysAndInReceipt) {
  for (int i = 0; i < kDefinitions; ++i) {
    const Calendar calendar = MakeCalendar(PickDefinition());
    for (int j = 0; j < kReceipts; ++j) {
      const absl::Time received = PickMoment();
      const absl::Time later = received + absl::Minutes(Pick(1, 5 * 24 * 60));
      const int days = Pick(0, 30);
      ASSERT_LT(received, calendar.Due(received, 0));
      ASSERT_LT(calendar.Due(received, days + 1) - calendar.Due(received, days + 2),
                absl::ZeroDuration());
      ASSERT_LE(calendar.Due(received, days), calendar.Due(received, days + 1));
      ASSERT_LE(calendar.Due(received, days), calendar.Due(later, days));
    }
  }
}

TEST_F(CalendarPropertyTest, AnAddedClosingDayNeverMakesItEarlier) {
  for (int i = 0; i < kDefinitions; ++i) {
    Definition definition = PickDefinition();
    const Calendar before = MakeCalendar(definition);
    for (int j = Pick(1, 100); j > 0; --j) definition.special_days[PickDay()] = {};
    const Calendar after = MakeCalendar(definition);
    for (int j = 0; j < kReceipts; ++j) {
      const absl::Time received = PickMoment();
      const int days = Pick(0, 30);
      ASSERT_LE(before.Due(received, days), after.Due(received, days));
    }
  }
}

TEST_F(CalendarPropertyTest, HolidaysNeverMakeItEarlier) {
  for (int i = 0; i < kDefinitions; ++i) {
    Definition definition = PickDefinition();
    definition.observes_holidays = false;
    const Calendar none = MakeCalendar(definition);
    definition.observes_holidays = true;
    definition.kind = Kind::kService;
    const Calendar service = MakeCalendar(definition);
    definition.kind = Kind::kStatutory;
    const Calendar statutory = MakeCalendar(definition);
    for (int j = 0; j < kReceipts; ++j) {
      const absl::Time received = PickMoment();
      const int days = Pick(0, 30);
      ASSERT_LE(none.Due(received, days), service.Due(received, days));
      ASSERT_LE(service.Due(received, days), statutory.Due(received, days));
    }
  }
}

TEST_F(CalendarPropertyTest, NextOpenIsOpenAndNothingBeforeItIs) {
  for (int i = 0; i < kDefinitions; ++i) {
    const Calendar calendar = MakeCalendar(PickDefinition());
    for (int j = 0; j < kReceipts; ++j) {
      const absl::Time moment = PickMoment();
      const absl::Time next = calendar.NextOpen(moment);
      ASSERT_GE(next, moment);
      ASSERT_TRUE(calendar.IsOpen(next));
      ASSERT_TRUE(calendar.IsWorkingDay(calendar.DayOf(next)));
      if (next == moment) continue;
      ASSERT_FALSE(calendar.IsOpen(next - absl::Nanoseconds(1)));
      const auto between = moment + (next - moment) / Pick(2, 9);
      ASSERT_FALSE(calendar.IsOpen(between));
      ASSERT_EQ(calendar.NextOpen(between), next);
    }
  }
}

}  // namespace
}  // namespace wissel::calendar
