#include "libs/decision/service_hours.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "libs/calendar/time_zone.h"

namespace wissel::decision {
namespace {

// Weekdays from 8:30 to 17:00; short on 24 December, open on Saturday 12 December 2026.
ServiceHours Hours() {
  calendar::Definition definition;
  for (size_t weekday = 0; weekday < 5; ++weekday) definition.weekdays[weekday] = {{510, 1020}};
  definition.special_days[absl::CivilDay(2026, 12, 24)] = {{510, 900}};
  definition.special_days[absl::CivilDay(2026, 12, 12)] = {{600, 720}};
  return ServiceHours(calendar::Calendar::Make(std::move(definition)).value());
}

// "weekday minute", and whether the day is closed.
std::string At(const ServiceHours& hours, absl::CivilMinute local) {
  RoutingRequest request;
  const absl::CivilDay day =
      hours.SetMoment(absl::FromCivil(local, calendar::Amsterdam()), &request);
  EXPECT_EQ(day, absl::CivilDay(local));
  return absl::StrCat(request.weekday, " ", request.minute, request.closed_day ? " closed" : "");
}

TEST(ServiceHours, OrdinaryDaysAreLeftToTheHoursOfTheTeam) {
  const ServiceHours hours = Hours();
  EXPECT_EQ(At(hours, absl::CivilMinute(2026, 12, 7, 10, 30)), "0 630");
  EXPECT_EQ(At(hours, absl::CivilMinute(2026, 12, 7, 3, 0)), "0 180");
  // A weekend is not a closed day: a team may have hours on Saturday.
  EXPECT_EQ(At(hours, absl::CivilMinute(2026, 12, 5, 12, 0)), "5 720");
  ASSERT_TRUE(hours.week().has_value());
  EXPECT_EQ((*hours.week())[0], std::vector<sop::OpenInterval>({{.from = 510, .to = 1020}}));
  EXPECT_TRUE((*hours.week())[6].empty());
}

TEST(ServiceHours, HolidaysAndShortDaysCloseWhatLiesOutside) {
  const ServiceHours hours = Hours();
  EXPECT_EQ(At(hours, absl::CivilMinute(2026, 12, 25, 10, 0)), "4 600 closed");
  EXPECT_EQ(At(hours, absl::CivilMinute(2026, 12, 24, 14, 59)), "3 899");
  EXPECT_EQ(At(hours, absl::CivilMinute(2026, 12, 24, 15, 0)), "3 900 closed");
  EXPECT_EQ(At(hours, absl::CivilMinute(2026, 12, 12, 11, 0)), "5 660");
  EXPECT_EQ(At(hours, absl::CivilMinute(2026, 12, 12, 13, 0)), "5 780 closed");
}

TEST(ServiceHours, TheClockIsThatOfTheMunicipality) {
  const ServiceHours hours = Hours();
  RoutingRequest request;
  // Half an hour on either side of the night on which the clock goes back.
  const absl::Time back = absl::FromUnixSeconds(1792890000);  // 2026-10-25 01:00 UTC
  hours.SetMoment(back - absl::Minutes(30), &request);
  EXPECT_EQ(request.minute, 150);
  hours.SetMoment(back + absl::Minutes(30), &request);
  EXPECT_EQ(request.minute, 150);
  EXPECT_EQ(request.weekday, 6);
  EXPECT_FALSE(ServiceHours(calendar::Amsterdam()).week().has_value());
}

}  // namespace
}  // namespace wissel::decision
