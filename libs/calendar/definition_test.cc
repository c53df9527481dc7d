// What Calendar::Make refuses, so that no case is ever without a due moment.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "libs/calendar/calendar.h"
#include "libs/calendar/test_definitions.h"

namespace wissel::calendar {
namespace {

using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

ErrorDetail Refusal(Definition definition) {
  const auto calendar = Calendar::Make(std::move(definition));
  EXPECT_EQ(calendar.status().code(), absl::StatusCode::kInvalidArgument);
  const auto details = DetailsOf(calendar.status());
  return details.empty() ? ErrorDetail{} : details.front();
}

// Every day of the week, and no holidays.
Definition AlwaysOpen() {
  Definition definition;
  definition.observes_holidays = false;
  for (DayHours& hours : definition.weekdays) hours = {kOffice};
  return definition;
}

TEST(MakeTest, RefusesIntervalsThatAreNone) {
  for (const OpenInterval wrong :
       {OpenInterval{-1, 60}, OpenInterval{60, 60}, OpenInterval{120, 60}, OpenInterval{60, 1441},
        OpenInterval{1440, 1440}}) {
    Definition definition = OfficeHours();
    definition.weekdays[2] = {wrong};
    const ErrorDetail detail = Refusal(definition);
    EXPECT_EQ(detail.reason, "invalid_interval");
    EXPECT_EQ(detail.field, "calendar.weekdays");
    EXPECT_THAT(detail.facts, UnorderedElementsAre(Pair("weekday", "3")));
  }
}

TEST(MakeTest, RefusesIntervalsThatOverlapOrAreOutOfOrder) {
  for (const DayHours& wrong : {DayHours{{540, 720}, {719, 800}}, DayHours{{780, 1020}, {540, 720}},
                                DayHours{{540, 720}, {540, 720}}}) {
    Definition definition = OfficeHours();
    definition.special_days[Day("2026-12-24")] = wrong;
    const ErrorDetail detail = Refusal(definition);
    EXPECT_EQ(detail.reason, "overlapping_intervals");
    EXPECT_EQ(detail.field, "calendar.special_days");
    EXPECT_THAT(detail.facts, UnorderedElementsAre(Pair("date", "2026-12-24")));
  }
}

TEST(MakeTest, TakesIntervalsThatTouchAndAWholeDay) {
  Definition definition = OfficeHours();
  definition.weekdays[0] = {{0, 720}, {720, 1440}};
  EXPECT_TRUE(Calendar::Make(definition).ok());
}

TEST(MakeTest, RefusesSpecialDaysOutOfRange) {
  for (const char* date : {"0226-12-24", "1989-12-31", "2200-01-01"}) {
    Definition definition = OfficeHours();
    definition.special_days[Day(date)] = {};
    EXPECT_EQ(Refusal(definition).reason, "invalid_date") << date;
  }
}

TEST(MakeTest, RefusesACalendarWithoutHours) {
  const ErrorDetail detail = Refusal(Definition{});
  EXPECT_EQ(detail.reason, "no_open_hours");
  EXPECT_EQ(detail.field, "calendar.weekdays");
  EXPECT_THAT(detail.facts, IsEmpty());
}

TEST(MakeTest, RefusesACalendarOfSpecialOpeningsOnly) {
  Definition definition;
  definition.special_days[Day("2030-01-07")] = {kOffice};
  EXPECT_EQ(Refusal(definition).reason, "no_open_hours");
}

TEST(MakeTest, RefusesToCloseMoreThan400DaysOnEnd) {
  Definition definition = AlwaysOpen();
  const absl::CivilDay start = Day("2027-01-01");
  definition.special_days[start - 30] = {};
  for (int i = 0; i < 400; ++i) definition.special_days[start + i] = {};
  EXPECT_TRUE(Calendar::Make(definition).ok());

  definition.special_days[start + 400] = {};
  const ErrorDetail detail = Refusal(definition);
  EXPECT_EQ(detail.reason, "no_open_hours");
  EXPECT_EQ(detail.field, "calendar.special_days");
  EXPECT_THAT(detail.facts, UnorderedElementsAre(Pair("date", "2027-01-01")));
}

TEST(MakeTest, ADueDayIsFoundHoweverFarAway) {
  Definition definition;
  definition.weekdays[0] = {kOffice};
  const absl::CivilDay start = Day("2027-01-01");
  for (int i = 0; i < 390; ++i) definition.special_days[start + i] = {};
  const Calendar calendar = MakeCalendar(definition);
  EXPECT_EQ(calendar.DueDay(At("2026-12-31 10:00"), 1), Day("2028-01-31"));
  // 65 Mondays on; closed are those of Easter (twice), Whitsun, Christmas and New Year.
  EXPECT_EQ(calendar.DueDay(At("2026-12-31 10:00"), 60), Day("2029-04-23"));
}

}  // namespace
}  // namespace wissel::calendar
