// One snapshot of a municipality, and what two services make of its calendar: the clock of a norm
// in cases, and the hours that the router decides by.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "libs/calendar/time_zone.h"
#include "libs/municipality/snapshot_store.h"
#include "libs/testing/postgres.h"
#include "services/cases/lifecycle/norm_clock.h"
#include "services/cases/test_municipality.h"
#include "services/router/active/routing_facts.h"

namespace wissel::testing {
namespace {

// Monday 2 March 2026, 10:00 in Rijswijk.
const absl::Time kMonday = absl::FromCivil(absl::CivilHour(2026, 3, 2, 10), calendar::Amsterdam());
// Liberation Day, a Tuesday.
const absl::Time kHoliday = absl::FromCivil(absl::CivilHour(2026, 5, 5, 10), calendar::Amsterdam());

class SharedSnapshot : public ::testing::Test {
 protected:
  SharedSnapshot() { cases::PlantMunicipality(database_); }

  // The snapshot once `definition` is the calendar in force.
  std::shared_ptr<const municipality::MunicipalitySnapshot> With(const std::string& definition) {
    database_.Admin(
        absl::StrCat("insert into directory.calendar (tenant_id, version, definition) values ('",
                     cases::kTenant, "', 2, '", definition, "')"));
    const auto pool = pg::Pool::Open({.conninfo = database_.ConnInfo("router"),
                                      .size = 1,
                                      .statements = municipality::SnapshotStatements()})
                          .value();
    std::shared_ptr<const municipality::MunicipalitySnapshot> municipality;
    const absl::Status read = pool->InTenant(
        cases::kTenant, absl::Now() + absl::Seconds(60), pg::Access::kRead,
        [&](pg::Transaction& transaction) -> absl::Status {
          WISSEL_ASSIGN_OR_RETURN(municipality, municipality::ReadSnapshot(transaction));
          return absl::OkStatus();
        });
    EXPECT_TRUE(read.ok()) << read;
    return municipality;
  }

  static bool IsClosed(const decision::ServiceHours& hours, absl::Time moment) {
    decision::RoutingRequest request;
    hours.SetMoment(moment, &request);
    return request.closed_day;
  }

  const TestDatabase database_;
};

TEST_F(SharedSnapshot, BothReadACalendarWithAFieldOfANewerVersion) {
  std::string newer = cases::Week(1020);
  newer.insert(1, R"("colour":"red",)");
  const auto municipality = With(newer);
  const cases::NormClock clock =
      cases::StartClock(*municipality, "kcc", common::v1::CHANNEL_CALLBACK, kMonday);
  EXPECT_EQ(clock.due_at, absl::FromCivil(absl::CivilHour(2026, 3, 4, 17), calendar::Amsterdam()));
  EXPECT_EQ(clock.calendar_version, 2);
  const decision::ServiceHours hours = router::HoursOf(*municipality);
  ASSERT_TRUE(hours.week().has_value());
  EXPECT_EQ((*hours.week())[0], std::vector<sop::OpenInterval>({{.from = 540, .to = 1020}}));
  EXPECT_TRUE(IsClosed(hours, kHoliday));
  EXPECT_FALSE(IsClosed(hours, kMonday));
}

TEST_F(SharedSnapshot, BothDoWithoutACalendarThatCannotBeRead) {
  const auto municipality = With(R"({"weekdays":"all"})");
  const cases::NormClock clock =
      cases::StartClock(*municipality, "kcc", common::v1::CHANNEL_CALLBACK, kMonday);
  EXPECT_EQ(clock.due_at, absl::InfiniteFuture());
  EXPECT_EQ(clock.calendar_version, 0);
  ASSERT_TRUE(clock.norm.has_value());
  EXPECT_EQ(clock.norm->working_days, 2);
  const decision::ServiceHours hours = router::HoursOf(*municipality);
  EXPECT_FALSE(hours.week().has_value());
  EXPECT_FALSE(IsClosed(hours, kHoliday));
  EXPECT_EQ(hours.DayOf(kMonday), absl::CivilDay(2026, 3, 2));
  const decision::TeamDirectory teams = router::TeamDirectoryOf(*municipality);
  EXPECT_EQ(teams.team_names.at("parkeren"), "Parkeren");
  EXPECT_TRUE(teams.team_hours.empty());
}

}  // namespace
}  // namespace wissel::testing
