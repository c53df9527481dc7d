#include "services/cases/lifecycle/norm_clock.h"

#include "gtest/gtest.h"
#include "libs/calendar/calendar_proto.h"
#include "libs/calendar/time_zone.h"
#include "wissel/directory/v1/directory.pb.h"

namespace wissel::cases {
namespace {

using common::v1::CHANNEL_CALLBACK;
using common::v1::CHANNEL_EMAIL;
using common::v1::CHANNEL_FORM;
using common::v1::CHANNEL_PHONE;

absl::Time At(absl::CivilSecond local) { return absl::FromCivil(local, calendar::Amsterdam()); }

// Working days from 9 to 17, unless another end is given, holidays closed.
municipality::MunicipalitySnapshot Office(int64_t calendar_version = 1, int to_minute = 17 * 60) {
  directory::v1::Calendar week;
  week.set_observes_holidays(true);
  for (int weekday = 1; weekday <= 5; ++weekday) {
    auto* hours = week.add_weekdays();
    hours->set_weekday(weekday);
    auto* open = hours->add_intervals();
    open->set_from_minute(9 * 60);
    open->set_to_minute(to_minute);
  }
  municipality::MunicipalitySnapshot municipality;
  municipality.zone = calendar::Amsterdam();
  municipality.calendar_version = calendar_version;
  const auto make = [&](calendar::Kind kind) {
    return calendar::Calendar::Make(*calendar::FromProto(week, kind, municipality.zone)).value();
  };
  municipality.service_calendar = make(calendar::Kind::kService);
  municipality.statutory_calendar = make(calendar::Kind::kStatutory);
  municipality.AddTeam({.team_id = "kcc", .is_kcc = true});
  municipality.AddNorm("kcc", CHANNEL_CALLBACK, absl::CivilDay(2020, 1, 1),
                       {.working_days = 2, .first_attempt_counts = true});
  municipality.AddNorm("kcc", CHANNEL_EMAIL, absl::CivilDay(2020, 1, 1),
                       {.working_days = 2, .statutory = true});
  municipality.AddNorm("kcc", CHANNEL_PHONE, absl::CivilDay(2020, 1, 1), {.working_days = 0});
  return municipality;
}

TEST(NormClock, CountsInTheCalendarOfTheNorm) {
  const municipality::MunicipalitySnapshot office = Office(7);
  const absl::Time received = At(absl::CivilSecond(2026, 4, 1, 22, 0, 0));
  const NormClock service = StartClock(office, "kcc", CHANNEL_CALLBACK, received);
  EXPECT_EQ(service.due_at, At(absl::CivilSecond(2026, 4, 3, 17, 0, 0)));
  EXPECT_EQ(service.calendar_version, 7);
  EXPECT_TRUE(service.norm->first_attempt_counts);
  // Good Friday and Easter Monday.
  const NormClock statutory = StartClock(office, "kcc", CHANNEL_EMAIL, received);
  EXPECT_EQ(statutory.due_at, At(absl::CivilSecond(2026, 4, 7, 17, 0, 0)));
}

TEST(NormClock, WithoutANormNothingIsDue) {
  const municipality::MunicipalitySnapshot office = Office();
  for (const NormClock& clock :
       {StartClock(office, "kcc", CHANNEL_FORM, At(absl::CivilSecond(2026, 4, 1, 10, 0, 0))),
        StartClock(office, "nobody", CHANNEL_CALLBACK, At(absl::CivilSecond(2026, 4, 1))),
        StartClock(office, "kcc", CHANNEL_CALLBACK,
                   At(absl::CivilSecond(2019, 12, 31, 23, 59, 59)))}) {
    EXPECT_EQ(clock.due_at, absl::InfiniteFuture());
    EXPECT_FALSE(clock.norm);
    EXPECT_EQ(clock.calendar_version, 0);
  }
}

TEST(NormClock, TheNormOfTheLocalDateOfReceiptHolds) {
  municipality::MunicipalitySnapshot office = Office();
  office.AddNorm("kcc", CHANNEL_CALLBACK, absl::CivilDay(2026, 6, 1), {.working_days = 1});
  const absl::Time midnight = At(absl::CivilSecond(2026, 6, 1));
  EXPECT_EQ(StartClock(office, "kcc", CHANNEL_CALLBACK, midnight - absl::Microseconds(1))
                .norm->working_days,
            2);
  EXPECT_EQ(StartClock(office, "kcc", CHANNEL_CALLBACK, midnight).norm->working_days, 1);
}

TEST(NormClock, OfNoDaysIsDueTodayOrAfterClosingOnTheNextWorkingDay) {
  const municipality::MunicipalitySnapshot office = Office();
  const auto april = [](int day, int hour) { return At(absl::CivilHour(2026, 4, day, hour)); };
  const auto due = [&](absl::Time received) {
    return StartClock(office, "kcc", CHANNEL_PHONE, received).due_at;
  };
  EXPECT_EQ(due(april(1, 10)), april(1, 17));
  EXPECT_EQ(due(april(1, 21)), april(2, 17));
  // A Saturday; Easter Monday is closed too.
  EXPECT_EQ(due(april(4, 10)), april(7, 17));
}

// Until 12:00 today instead of 17:00: what came in after that is due on the next working day.
TEST(NormClock, ACalendarThatChangesNeverMakesItDueAtTheReceiptOrBefore) {
  const municipality::MunicipalitySnapshot before = Office(1);
  const municipality::MunicipalitySnapshot after = Office(2, 12 * 60);
  const absl::Time received = At(absl::CivilSecond(2026, 4, 1, 14, 0, 0));
  const NormClock clock = StartClock(before, "kcc", CHANNEL_PHONE, received);
  EXPECT_EQ(clock.due_at, At(absl::CivilSecond(2026, 4, 1, 17, 0, 0)));
  EXPECT_EQ(Recount(after, clock.norm, received).due_at,
            At(absl::CivilSecond(2026, 4, 2, 12, 0, 0)));
}

TEST(ReceiptWindow, IsTheLocalDayUpToAndFromClosing) {
  const municipality::MunicipalitySnapshot office = Office();
  const absl::Time closing = At(absl::CivilSecond(2026, 4, 1, 17, 0, 0));
  for (const absl::Time moment :
       {At(absl::CivilSecond(2026, 4, 1)), closing - absl::Nanoseconds(1)}) {
    EXPECT_EQ(WindowAround(office, moment).from, At(absl::CivilSecond(2026, 4, 1)));
    EXPECT_EQ(WindowAround(office, moment).before, closing);
  }
  const absl::Time midnight = At(absl::CivilSecond(2026, 4, 2));
  for (const absl::Time moment : {closing, midnight - absl::Nanoseconds(1)}) {
    EXPECT_EQ(WindowAround(office, moment).from, closing);
    EXPECT_EQ(WindowAround(office, moment).before, midnight);
  }
  EXPECT_EQ(WindowAround(office, midnight).from, midnight);
}

TEST(ReceiptWindow, OfADayWithoutHoursOrCalendarIsTheDay) {
  municipality::MunicipalitySnapshot office = Office();
  // The night of the change to summer time is 23 hours long with its Sunday.
  const absl::Time sunday = At(absl::CivilSecond(2026, 3, 29));
  EXPECT_EQ(WindowAround(office, sunday + absl::Hours(12)).from, sunday);
  EXPECT_EQ(WindowAround(office, sunday + absl::Hours(12)).before, sunday + absl::Hours(23));
  office.service_calendar.reset();
  office.statutory_calendar.reset();
  const absl::Time monday = sunday + absl::Hours(23);
  EXPECT_EQ(WindowAround(office, monday + absl::Hours(18)).from, monday);
  EXPECT_EQ(WindowAround(office, monday).before, monday + absl::Hours(24));
}

TEST(NormClock, WithoutACalendarTheNormIsKeptForLater) {
  municipality::MunicipalitySnapshot office = Office();
  const absl::Time received = At(absl::CivilSecond(2026, 4, 1, 10, 0, 0));
  office.service_calendar.reset();
  const NormClock clock = StartClock(office, "kcc", CHANNEL_CALLBACK, received);
  EXPECT_EQ(clock.due_at, absl::InfiniteFuture());
  EXPECT_EQ(clock.calendar_version, 0);
  EXPECT_EQ(Recount(Office(), clock.norm, received).due_at,
            At(absl::CivilSecond(2026, 4, 3, 17, 0, 0)));
}

}  // namespace
}  // namespace wissel::cases
