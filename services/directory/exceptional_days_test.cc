#include "services/directory/exceptional_days.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "services/directory/municipality.h"

namespace wissel::directory {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

v1::GetCalendarRequest Period(const std::string& from, const std::string& to) {
  v1::GetCalendarRequest request;
  request.set_from_date(from);
  request.set_to_date(to);
  return request;
}

// "2026-12-24 540-900"; a day that is closed is only its date.
std::vector<std::string> DaysIn(const v1::Calendar& calendar,
                                const v1::GetCalendarRequest& request) {
  v1::GetCalendarResponse response;
  *response.mutable_calendar() = calendar;
  EXPECT_TRUE(AddExceptionalDays(request, &response).ok());
  std::vector<std::string> days;
  for (const v1::SpecialDay& day : response.exceptional_days()) {
    std::string& text = days.emplace_back(day.date());
    for (const v1::OpenInterval& hours : day.intervals()) {
      absl::StrAppend(&text, " ", hours.from_minute(), "-", hours.to_minute());
    }
  }
  return days;
}

std::string Refusal(const v1::GetCalendarRequest& request) {
  v1::GetCalendarResponse response;
  *response.mutable_calendar() = DefaultCalendar();
  const absl::Status status = AddExceptionalDays(request, &response);
  return absl::StrCat(ReasonOf(status), " ", DetailsOf(status).front().field);
}

TEST(ExceptionalDays, HolidaysOnAWorkingDayAreClosedAndThoseInAWeekendDifferFromNothing) {
  // 26 December 2026 is a Saturday.
  EXPECT_THAT(DaysIn(DefaultCalendar(), Period("2026-01-01", "2026-12-31")),
              ElementsAre("2026-01-01", "2026-04-06", "2026-04-27", "2026-05-05", "2026-05-14",
                          "2026-05-25", "2026-12-25"));
  EXPECT_THAT(DaysIn(DefaultCalendar(), Period("2026-12-25", "2026-12-25")),
              ElementsAre("2026-12-25"));
}

TEST(ExceptionalDays, SpecialDaysWinOverHolidays) {
  v1::Calendar calendar = DefaultCalendar();
  v1::SpecialDay* open = calendar.add_special_days();
  open->set_date("2026-05-05");
  open->add_intervals()->set_to_minute(720);
  calendar.add_special_days()->set_date("2026-05-15");
  EXPECT_THAT(DaysIn(calendar, Period("2026-05-01", "2026-05-20")),
              ElementsAre("2026-05-05 0-720", "2026-05-14", "2026-05-15"));
}

TEST(ExceptionalDays, WhoWorksOnThroughHolidaysHasNoneOfThem) {
  v1::Calendar calendar = DefaultCalendar();
  calendar.set_observes_holidays(false);
  EXPECT_THAT(DaysIn(calendar, Period("2026-01-01", "2026-12-31")), IsEmpty());
}

TEST(ExceptionalDays, NoPeriodHasNone) {
  EXPECT_THAT(DaysIn(DefaultCalendar(), v1::GetCalendarRequest()), IsEmpty());
}

TEST(ExceptionalDays, APeriodThatIsNoneIsRefused) {
  EXPECT_EQ(Refusal(Period("2026-1-1", "2026-12-31")), "invalid_date from_date");
  EXPECT_EQ(Refusal(Period("2026-01-01", "")), "invalid_date to_date");
  EXPECT_EQ(Refusal(Period("", "2026-01-01")), "invalid_date from_date");
  EXPECT_EQ(Refusal(Period("2026-01-02", "2026-01-01")), "out_of_range to_date");
  EXPECT_EQ(Refusal(Period("2020-01-01", "2030-12-14")), "out_of_range to_date");
}

TEST(ExceptionalDays, APeriodHasAtMostFourThousandDays) {
  v1::GetCalendarResponse response;
  *response.mutable_calendar() = DefaultCalendar();
  EXPECT_TRUE(AddExceptionalDays(Period("2020-01-01", "2030-12-13"), &response).ok());
}

}  // namespace
}  // namespace wissel::directory
