#include "libs/municipality/municipality_snapshot.h"

#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "libs/calendar/time_zone.h"

namespace wissel::municipality {
namespace {

using common::v1::CHANNEL_CALLBACK;
using common::v1::CHANNEL_EMAIL;

TEST(MunicipalitySnapshot, ANormHoldsFromItsLocalDayUntilALaterOne) {
  MunicipalitySnapshot snapshot;
  snapshot.zone = calendar::Amsterdam();
  snapshot.AddNorm("parkeren", CHANNEL_CALLBACK, absl::CivilDay(2026, 4, 1), {.working_days = 4});
  snapshot.AddNorm("parkeren", CHANNEL_CALLBACK, absl::CivilDay(2026, 1, 1), {.working_days = 2});
  const auto days_at = [&](absl::CivilMinute local) {
    const auto norm = snapshot.NormAt("parkeren", CHANNEL_CALLBACK,
                                      absl::FromCivil(local, calendar::Amsterdam()));
    return norm ? norm->working_days : -1;
  };
  EXPECT_EQ(days_at(absl::CivilMinute(2025, 12, 31, 23, 59)), -1);
  EXPECT_EQ(days_at(absl::CivilMinute(2026, 1, 1, 0, 0)), 2);
  EXPECT_EQ(days_at(absl::CivilMinute(2026, 3, 31, 23, 59)), 2);
  EXPECT_EQ(days_at(absl::CivilMinute(2026, 4, 1, 0, 0)), 4);
  EXPECT_FALSE(snapshot.NormAt("parkeren", CHANNEL_EMAIL, absl::Now()));
  EXPECT_FALSE(snapshot.NormAt("elders", CHANNEL_CALLBACK, absl::Now()));
}

TEST(MunicipalitySnapshot, KnowsItsTeamsAndTheOneOfTheKcc) {
  MunicipalitySnapshot snapshot;
  snapshot.AddTeam({.team_id = "parkeren"});
  EXPECT_EQ(snapshot.kcc(), nullptr);
  EXPECT_EQ(snapshot.kcc_team_id(), "");
  snapshot.AddTeam({.team_id = "front", .is_kcc = true});
  EXPECT_EQ(snapshot.kcc(), snapshot.FindTeam("front"));
  EXPECT_EQ(snapshot.kcc_team_id(), "front");
  EXPECT_EQ(snapshot.FindTeam("elders"), nullptr);
  EXPECT_EQ(snapshot.teams().size(), 2u);
  EXPECT_EQ(snapshot.CalendarFor(/*statutory=*/false), nullptr);
  EXPECT_EQ(snapshot.CalendarFor(/*statutory=*/true), nullptr);
}

}  // namespace
}  // namespace wissel::municipality
