// What a calendar says: the vectors that the statutes and agreements give, and each mistake in
// counting time that other products in this field made.

#include "libs/calendar/calendar.h"

#include <ctime>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "libs/calendar/test_definitions.h"

namespace wissel::calendar {
namespace {

struct Golden {
  const char* received;
  const char* service_2;
  const char* service_5;
  const char* statutory_2;
  const char* statutory_5;
};

constexpr Golden kGolden[] = {
    {"2026-04-01", "2026-04-03", "2026-04-09", "2026-04-07", "2026-04-10"},
    {"2026-04-02", "2026-04-07", "2026-04-10", "2026-04-08", "2026-04-13"},
    {"2026-04-24", "2026-04-29", "2026-05-04", "2026-04-29", "2026-05-04"},
    {"2026-05-12", "2026-05-15", "2026-05-20", "2026-05-18", "2026-05-21"},
    {"2026-12-24", "2026-12-29", "2027-01-04", "2026-12-29", "2027-01-04"},
    {"2027-05-04", "2027-05-10", "2027-05-13", "2027-05-11", "2027-05-14"},
};

void ExpectDue(const Calendar& calendar, const Golden& golden, int days, const char* due) {
  // At any hour: before opening, within hours, after closing.
  for (const char* clock : {" 00:00", " 08:59", " 12:30", " 17:00", " 23:59"}) {
    const absl::Time received = At(std::string(golden.received) + clock);
    EXPECT_EQ(calendar.DueDay(received, days), Day(due)) << golden.received << clock;
    EXPECT_EQ(calendar.Due(received, days), At(std::string(due) + " 17:00"));
  }
}

TEST(DueTest, GoldenVectors) {
  const Calendar service = MakeCalendar(OfficeHours(Kind::kService));
  const Calendar statutory = MakeCalendar(OfficeHours(Kind::kStatutory));
  for (const Golden& golden : kGolden) {
    ExpectDue(service, golden, 2, golden.service_2);
    ExpectDue(service, golden, 5, golden.service_5);
    ExpectDue(statutory, golden, 2, golden.statutory_2);
    ExpectDue(statutory, golden, 5, golden.statutory_5);
  }
}

TEST(DueTest, ZeroDaysIsTheDayOfReceiptOrTheNextWorkingDay) {
  const Calendar calendar = MakeCalendar(OfficeHours());
  EXPECT_EQ(calendar.Due(At("2026-04-01 10:00"), 0), At("2026-04-01 17:00"));
  EXPECT_EQ(calendar.Due(At("2026-04-04 10:00"), 0), At("2026-04-07 17:00"));
}

TEST(DueTest, ZeroDaysAfterClosingIsTheNextWorkingDay) {
  const Calendar calendar = MakeCalendar(OfficeHours());
  EXPECT_EQ(calendar.Due(At("2026-04-01 16:59"), 0), At("2026-04-01 17:00"));
  EXPECT_EQ(calendar.Due(At("2026-04-01 17:00"), 0), At("2026-04-02 17:00"));
  EXPECT_EQ(calendar.Due(At("2026-04-01 20:00"), 0), At("2026-04-02 17:00"));
  EXPECT_EQ(calendar.DueDay(At("2026-04-01 20:00"), 0), Day("2026-04-02"));
  // Thursday before Good Friday (a service day), Easter Monday closed.
  EXPECT_EQ(calendar.Due(At("2026-04-03 18:00"), 0), At("2026-04-07 17:00"));
}

TEST(DueTest, ReceiptOnAClosedDayCountsFromTheNextWorkingDay) {
  const Calendar calendar = MakeCalendar(OfficeHours());
  EXPECT_EQ(calendar.Due(At("2026-04-04 10:00"), 1), At("2026-04-07 17:00"));
  EXPECT_EQ(calendar.Due(At("2026-04-06 10:00"), 2), At("2026-04-08 17:00"));
}

TEST(DueTest, CountsWorkingDaysAndNotHours) {
  Definition definition = OfficeHours();
  // Three hours a day: "24 h" of opening would be eight days, "48 h" of the clock would be a
  // Sunday.
  for (size_t weekday = 0; weekday < 5; ++weekday) definition.weekdays[weekday] = {{540, 720}};
  const Calendar calendar = MakeCalendar(definition);
  EXPECT_EQ(calendar.Due(At("2026-06-05 10:00"), 2), At("2026-06-09 12:00"));
  EXPECT_EQ(calendar.Due(At("2026-06-05 10:00"), 1), At("2026-06-08 12:00"));
}

TEST(DueTest, MidnightLosesNoMinute) {
  Definition definition = OfficeHours();
  definition.weekdays[2] = {{0, 24 * 60}};
  const Calendar calendar = MakeCalendar(definition);
  EXPECT_EQ(calendar.Due(At("2026-06-09 10:00"), 1), At("2026-06-11 00:00"));
  EXPECT_EQ(calendar.DueDay(At("2026-06-09 10:00"), 1), Day("2026-06-10"));
  EXPECT_TRUE(calendar.IsOpen(At("2026-06-10 00:00")));
  EXPECT_TRUE(calendar.IsOpen(At("2026-06-10 23:59") + absl::Seconds(59)));
  EXPECT_FALSE(calendar.IsOpen(At("2026-06-11 00:00")));
}

TEST(DueTest, EndsAtTheClosingTimeOfTheDueDayAndNotOfAnother) {
  Definition definition = OfficeHours();
  definition.weekdays[3] = {{9 * 60, 20 * 60}};
  definition.weekdays[4] = {{9 * 60, 12 * 60}};
  definition.special_days[Day("2026-06-09")] = {{9 * 60, 15 * 60 + 30}};
  const Calendar calendar = MakeCalendar(definition);
  EXPECT_EQ(calendar.Due(At("2026-06-03 10:00"), 1), At("2026-06-04 20:00"));
  EXPECT_EQ(calendar.Due(At("2026-06-04 10:00"), 1), At("2026-06-05 12:00"));
  EXPECT_EQ(calendar.Due(At("2026-06-05 11:59"), 1), At("2026-06-08 17:00"));
  EXPECT_EQ(calendar.Due(At("2026-06-05 23:59"), 2), At("2026-06-09 15:30"));
}

TEST(DueTest, TheLastOfSeveralIntervalsEndsTheDay) {
  Definition definition = OfficeHours();
  definition.weekdays[0] = {{9 * 60, 12 * 60}, {13 * 60, 16 * 60}, {18 * 60, 20 * 60}};
  const Calendar calendar = MakeCalendar(definition);
  EXPECT_EQ(calendar.Due(At("2026-06-05 10:00"), 1), At("2026-06-08 20:00"));
  EXPECT_EQ(calendar.EndOfHours(Day("2026-06-08")), At("2026-06-08 20:00"));
  EXPECT_EQ(calendar.EndOfHours(Day("2026-06-07")), std::nullopt);
}

TEST(DueTest, TheDateOfReceiptIsLocal) {
  const Calendar calendar = MakeCalendar(OfficeHours());
  // 23:30 in UTC on Wednesday is Thursday 1:30 in Amsterdam.
  EXPECT_EQ(calendar.DueDay(Utc("2026-06-10 23:30"), 1), Day("2026-06-12"));
  EXPECT_EQ(calendar.DueDay(Utc("2026-06-10 21:59"), 1), Day("2026-06-11"));
}

TEST(HolidayTest, IsALocalDateAndNotADayOfUtc) {
  Definition definition = OfficeHours();
  for (DayHours& hours : definition.weekdays) hours = {{0, 24 * 60}};
  const Calendar calendar = MakeCalendar(definition);
  // King's Day lasts from 22:00 to 22:00 in UTC.
  EXPECT_TRUE(calendar.IsOpen(Utc("2026-04-26 21:59")));
  EXPECT_FALSE(calendar.IsOpen(Utc("2026-04-26 22:00")));
  EXPECT_FALSE(calendar.IsOpen(Utc("2026-04-27 21:59")));
  EXPECT_TRUE(calendar.IsOpen(Utc("2026-04-27 22:00")));
}

TEST(HolidayTest, SpecialDaysWin) {
  Definition definition = OfficeHours();
  definition.special_days[Day("2026-05-05")] = {{10 * 60, 14 * 60}};
  definition.special_days[Day("2026-05-06")] = {};
  definition.special_days[Day("2026-05-09")] = {{11 * 60, 13 * 60}};
  const Calendar calendar = MakeCalendar(definition);
  EXPECT_EQ(calendar.Due(At("2026-05-04 10:00"), 1), At("2026-05-05 14:00"));
  EXPECT_EQ(calendar.Due(At("2026-05-04 10:00"), 2), At("2026-05-07 17:00"));
  EXPECT_EQ(calendar.Due(At("2026-05-08 10:00"), 1), At("2026-05-09 13:00"));
}

TEST(HolidayTest, CanBeWorkedThrough) {
  Definition definition = OfficeHours();
  definition.observes_holidays = false;
  EXPECT_TRUE(MakeCalendar(definition).IsWorkingDay(Day("2026-04-27")));
  EXPECT_FALSE(MakeCalendar(OfficeHours()).IsWorkingDay(Day("2026-04-27")));
}

TEST(NextOpenTest, IsTheMomentItselfOrTheNextOpening) {
  Definition definition = OfficeHours();
  definition.weekdays[1] = {{9 * 60, 12 * 60}, {13 * 60, 17 * 60}};
  const Calendar calendar = MakeCalendar(definition);
  EXPECT_EQ(calendar.NextOpen(At("2026-06-09 10:00")), At("2026-06-09 10:00"));
  EXPECT_EQ(calendar.NextOpen(At("2026-06-09 12:00")), At("2026-06-09 13:00"));
  EXPECT_EQ(calendar.NextOpen(At("2026-06-09 17:00")), At("2026-06-10 09:00"));
  EXPECT_EQ(calendar.NextOpen(At("2026-04-02 18:00")), At("2026-04-03 09:00"));
  EXPECT_EQ(calendar.NextOpen(At("2026-04-03 17:00")), At("2026-04-07 09:00"));
  EXPECT_FALSE(calendar.IsOpen(At("2026-06-09 12:30")));
  EXPECT_TRUE(calendar.IsOpen(At("2026-06-09 13:00")));
}

TEST(TermEndTest, MovesOffAHoliday) {
  const Calendar calendar = MakeCalendar(OfficeHours(Kind::kStatutory));
  EXPECT_EQ(calendar.TermEnd(Day("2026-02-20"), 6), Day("2026-04-07"));
  EXPECT_EQ(calendar.TermEnd(Day("2026-02-19"), 6), Day("2026-04-02"));
  // A Saturday moves to Monday.
  EXPECT_EQ(calendar.TermEnd(Day("2026-06-06"), 1), Day("2026-06-15"));
}

TEST(TermEndTest, LeavesTermsOfMoreThanTwelveWeeksAlone) {
  const Calendar calendar = MakeCalendar(OfficeHours(Kind::kStatutory));
  EXPECT_EQ(calendar.TermEnd(Day("2026-04-03") - 12 * 7, 12), Day("2026-04-07"));
  EXPECT_EQ(calendar.TermEnd(Day("2026-04-03") - 13 * 7, 13), Day("2026-04-03"));
}

TEST(ZoneTest, TheZoneOfTheProcessPlaysNoPart) {
  const char* before = std::getenv("TZ");
  const std::string kept = before == nullptr ? "" : before;
  const Calendar calendar = MakeCalendar(OfficeHours());
  for (const char* zone : {"Pacific/Kiritimati", "America/Los_Angeles", "UTC"}) {
    setenv("TZ", zone, /*overwrite=*/1);
    tzset();
    EXPECT_EQ(calendar.Due(Utc("2026-06-10 23:30"), 1), Utc("2026-06-12 15:00")) << zone;
    EXPECT_EQ(MakeCalendar(OfficeHours()).Due(Utc("2026-06-10 23:30"), 1), Utc("2026-06-12 15:00"));
    // Nor is it changed by counting.
    EXPECT_STREQ(std::getenv("TZ"), zone);
  }
  if (before == nullptr) {
    unsetenv("TZ");
  } else {
    setenv("TZ", kept.c_str(), 1);
  }
  tzset();
}

TEST(ZoneTest, AMunicipalityMayBeElsewhere) {
  Definition definition = OfficeHours();
  definition.zone = ZoneNamed("America/New_York").value();
  const Calendar calendar = MakeCalendar(definition);
  // Wednesday 22:30 in New York; its clocks change on 8 March 2026.
  EXPECT_EQ(calendar.Due(Utc("2026-03-05 03:30"), 1), Utc("2026-03-05 22:00"));
  EXPECT_EQ(calendar.Due(Utc("2026-03-05 03:30"), 3), Utc("2026-03-09 21:00"));
}

TEST(ZoneTest, OnlyIanaNamesAreTaken) {
  EXPECT_EQ(ZoneNamed("").value(), Amsterdam());
  EXPECT_EQ(ZoneNamed("Europe/Amsterdam").value(), Amsterdam());
  EXPECT_EQ(ZoneNamed("Etc/GMT+5").value().name(), "Etc/GMT+5");
  for (const char* name :
       {"localtime", "libc:localtime", "file:/usr/share/zoneinfo/UTC", "/usr/share/zoneinfo/UTC",
        "Fixed/UTC+01:00:00", "Europe/../UTC", "Europe/Atlantis", "Europe", "europe/amsterdam"}) {
    EXPECT_EQ(ReasonOf(ZoneNamed(name).status()), "invalid_time_zone") << name;
  }
}

}  // namespace
}  // namespace wissel::calendar
