#include "services/cases/norm_clock.h"

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

// Working days from 9 to 17, holidays closed.
Directory Office(int64_t calendar_version = 1) {
  directory::v1::Calendar week;
  week.set_observes_holidays(true);
  for (int weekday = 1; weekday <= 5; ++weekday) {
    auto* hours = week.add_weekdays();
    hours->set_weekday(weekday);
    auto* open = hours->add_intervals();
    open->set_from_minute(9 * 60);
    open->set_to_minute(17 * 60);
  }
  Directory directory;
  directory.zone = calendar::Amsterdam();
  directory.calendar_version = calendar_version;
  const auto make = [&](calendar::Kind kind) {
    return calendar::Calendar::Make(*calendar::FromProto(week, kind, directory.zone)).value();
  };
  directory.service_calendar = make(calendar::Kind::kService);
  directory.statutory_calendar = make(calendar::Kind::kStatutory);
  directory.AddTeam({.team_id = "kcc", .is_kcc = true});
  directory.AddNorm("kcc", CHANNEL_CALLBACK, absl::CivilDay(2020, 1, 1),
                    {.working_days = 2, .first_attempt_counts = true});
  directory.AddNorm("kcc", CHANNEL_EMAIL, absl::CivilDay(2020, 1, 1),
                    {.working_days = 2, .statutory = true});
  directory.AddNorm("kcc", CHANNEL_PHONE, absl::CivilDay(2020, 1, 1), {.working_days = 0});
  return directory;
}

TEST(NormClock, CountsInTheCalendarOfTheNorm) {
  const Directory office = Office(7);
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
  const Directory office = Office();
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
  Directory office = Office();
  office.AddNorm("kcc", CHANNEL_CALLBACK, absl::CivilDay(2026, 6, 1), {.working_days = 1});
  const absl::Time midnight = At(absl::CivilSecond(2026, 6, 1));
  EXPECT_EQ(StartClock(office, "kcc", CHANNEL_CALLBACK, midnight - absl::Microseconds(1))
                .norm->working_days,
            2);
  EXPECT_EQ(StartClock(office, "kcc", CHANNEL_CALLBACK, midnight).norm->working_days, 1);
}

TEST(NormClock, IsNeverDueBeforeTheReceipt) {
  const Directory office = Office();
  const absl::Time morning = At(absl::CivilSecond(2026, 4, 1, 10, 0, 0));
  EXPECT_EQ(StartClock(office, "kcc", CHANNEL_PHONE, morning).due_at,
            At(absl::CivilSecond(2026, 4, 1, 17, 0, 0)));
  const absl::Time evening = At(absl::CivilSecond(2026, 4, 1, 21, 0, 0));
  EXPECT_EQ(StartClock(office, "kcc", CHANNEL_PHONE, evening).due_at, evening);
}

TEST(NormClock, WithoutACalendarTheNormIsKeptForLater) {
  Directory office = Office();
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
