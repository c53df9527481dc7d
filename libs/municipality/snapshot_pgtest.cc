// The snapshot as it is read and kept, by each service that shares it.

#include <map>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "libs/calendar/time_zone.h"
#include "libs/municipality/snapshot_cache.h"
#include "libs/municipality/snapshot_store.h"
#include "libs/testing/postgres.h"

namespace wissel::municipality {
namespace {

using common::v1::CHANNEL_CALLBACK;
using common::v1::CHANNEL_EMAIL;
using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

using SnapshotPtr = std::shared_ptr<const MunicipalitySnapshot>;

// Open on Mondays from 9 to 17.
constexpr char kMondays[] =
    R"("weekdays":[{"weekday":1,"intervals":[{"fromMinute":540,"toMinute":1020}]}])";

class SnapshotTest : public ::testing::Test {
 protected:
  SnapshotTest() {
    database_.Admin(R"(
      insert into directory.municipality (tenant_id, name, time_zone) values
        ('GM1', 'Een', 'Europe/Amsterdam'), ('GM2', 'Twee', 'America/Curacao');
      insert into directory.team
        (tenant_id, team_id, name, mailbox, transfer_number, is_kcc) values
        ('GM1', 'kcc', 'Klantcontact', 'kcc@een.example', '', true),
        ('GM1', 'zorg', 'Zorg', 'zorg@een.example', '+31701234567', false),
        ('GM1', 'loket', 'Één loket', '', '', false),
        ('GM2', 'front', 'Front', 'front@twee.example', '', true);
      insert into directory.norm (tenant_id, team_id, channel, valid_from, working_days,
                                  target_share, statutory, first_attempt_counts) values
        ('GM1', 'zorg', 2, '-infinity', 2, 0.8, false, true),
        ('GM1', 'zorg', 2, '2026-04-01', 3, 0.9, false, false),
        ('GM1', 'zorg', 3, '2026-04-01', 5, 0.95, true, false))");
  }

  // A new version of the calendar of GM1.
  void PutCalendar(const std::string& definition) {
    database_.Admin(
        absl::StrCat("insert into directory.calendar (tenant_id, version, definition)"
                     " select 'GM1', 1 + count(*), '",
                     definition, "' from directory.calendar where tenant_id = 'GM1'"));
  }

  std::unique_ptr<pg::Pool> OpenPool(absl::string_view service) {
    return pg::Pool::Open({.conninfo = database_.ConnInfo(service),
                           .size = 2,
                           .statements = SnapshotStatements()})
        .value();
  }

  // What `get` returns in a transaction of `tenant_id`.
  template <typename Get>
  absl::StatusOr<SnapshotPtr> In(absl::string_view tenant_id, Get get) {
    absl::StatusOr<SnapshotPtr> got = absl::UnknownError("not asked");
    const absl::Status status = pool_->InTenant(tenant_id, absl::Now() + absl::Seconds(60),
                                                pg::Access::kRead, [&](pg::Transaction& in) {
                                                  got = get(in);
                                                  return got.status();
                                                });
    EXPECT_EQ(status, got.status());
    return got;
  }

  SnapshotPtr Read() {
    return In("GM1", [](pg::Transaction& in) { return ReadSnapshot(in); }).value();
  }
  SnapshotPtr Fresh() {
    return In("GM1", [&](pg::Transaction& in) { return cache_.GetFresh(in, "GM1"); }).value();
  }
  SnapshotPtr Cached() {
    return In("GM1", [&](pg::Transaction& in) { return cache_.GetCached(in, "GM1"); }).value();
  }

  const testing::TestDatabase database_;
  std::unique_ptr<pg::Pool> pool_ = OpenPool("cases");
  SnapshotCache cache_;
};

TEST_F(SnapshotTest, EveryServiceThatSharesItReadsAllOfIt) {
  PutCalendar(absl::StrCat("{", kMondays, "}"));
  for (const char* service : {"cases", "router", "insight"}) {
    pool_ = OpenPool(service);
    const SnapshotPtr read = Read();
    EXPECT_EQ(read->teams().size(), 3u) << service;
    const Team* const zorg = read->FindTeam("zorg");
    ASSERT_NE(zorg, nullptr);
    EXPECT_EQ(zorg->mailbox, "zorg@een.example");
    EXPECT_EQ(zorg->transfer_number, "+31701234567");
    EXPECT_EQ(read->kcc_team_id(), "kcc");
    // In Dutch alphabetical order: Één loket, Klantcontact, Zorg.
    EXPECT_EQ(read->FindTeam("loket")->place, 1);
    EXPECT_EQ(read->kcc()->place, 2);
    EXPECT_EQ(zorg->place, 3);

    const auto at = [](absl::CivilDay day) { return absl::FromCivil(day, calendar::Amsterdam()); };
    const auto before = read->NormAt("zorg", CHANNEL_CALLBACK, at(absl::CivilDay(1990, 1, 1)));
    ASSERT_TRUE(before.has_value());
    EXPECT_EQ(before->working_days, 2);
    EXPECT_EQ(before->target_share, 0.8);
    EXPECT_TRUE(before->first_attempt_counts);
    EXPECT_EQ(read->NormAt("zorg", CHANNEL_CALLBACK, at(absl::CivilDay(2026, 4, 1)))->target_share,
              0.9);
    EXPECT_FALSE(read->NormAt("zorg", CHANNEL_EMAIL, at(absl::CivilDay(2026, 3, 31))));
    EXPECT_TRUE(read->NormAt("zorg", CHANNEL_EMAIL, at(absl::CivilDay(2026, 4, 1)))->statutory);

    EXPECT_EQ(read->calendar_version, 1);
    EXPECT_TRUE(read->service_calendar && read->statutory_calendar);
  }
}

TEST_F(SnapshotTest, ThereIsNoneOfAMunicipalityThatIsNotThere) {
  const auto none = In("GM3", [](pg::Transaction& in) { return ReadSnapshot(in); });
  EXPECT_EQ(ReasonOf(none.status()), "no_such_municipality");
  const auto fresh = In("GM3", [&](pg::Transaction& in) { return cache_.GetFresh(in, "GM3"); });
  EXPECT_EQ(ReasonOf(fresh.status()), "no_such_municipality");
}

TEST_F(SnapshotTest, FieldsOfANewerVersionArePassedOver) {
  PutCalendar(absl::StrCat(R"({"colour":"red",)", kMondays, "}"));
  const SnapshotPtr read = Read();
  ASSERT_TRUE(read->service_calendar.has_value());
  EXPECT_TRUE(read->service_calendar->IsWorkingDay(absl::CivilDay(2026, 3, 2)));
  EXPECT_FALSE(read->service_calendar->IsWorkingDay(absl::CivilDay(2026, 3, 3)));
  // The law knows more working days.
  EXPECT_TRUE(read->statutory_calendar->IsWorkingDay(absl::CivilDay(2026, 3, 3)));
}

TEST_F(SnapshotTest, AnUnreadableCalendarIsLoggedAndLeftOut) {
  for (const char* definition :
       {R"({"weekdays":"all"})", R"({"weekdays":[]})",
        R"({"weekdays":[{"weekday":8,"intervals":[{"fromMinute":540,"toMinute":1020}]}]})"}) {
    PutCalendar(definition);
    ::testing::internal::CaptureStderr();
    const SnapshotPtr read = Read();
    EXPECT_THAT(::testing::internal::GetCapturedStderr(),
                HasSubstr(R"("event":"calendar_unreadable","tenant":"GM1","reason":")"))
        << definition;
    EXPECT_FALSE(read->service_calendar || read->statutory_calendar);
    EXPECT_EQ(read->calendar_version, 0);
    EXPECT_EQ(read->teams().size(), 3u);
  }
}

TEST_F(SnapshotTest, AnUnreadableZoneIsLoggedAndIsAmsterdamThen) {
  PutCalendar(absl::StrCat("{", kMondays, "}"));
  database_.Admin("update directory.municipality set time_zone = 'Mars/Olympus'");
  ::testing::internal::CaptureStderr();
  const SnapshotPtr read = Read();
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), HasSubstr("time_zone_unreadable"));
  EXPECT_EQ(read->zone.name(), "Europe/Amsterdam");
  EXPECT_TRUE(read->service_calendar.has_value());
}

TEST_F(SnapshotTest, IsReadAgainOnceTheDirectoryHasChanged) {
  const SnapshotPtr first = Fresh();
  EXPECT_EQ(Fresh(), first);
  database_.Admin(
      "insert into directory.team (tenant_id, team_id, name) values ('GM1', 'sport', 'Sport')");
  EXPECT_EQ(Cached(), first);
  const SnapshotPtr second = Fresh();
  EXPECT_GT(second->version, first->version);
  EXPECT_NE(second->FindTeam("sport"), nullptr);
  EXPECT_EQ(Cached(), second);
  // Who works in a team is no part of it.
  database_.Admin(
      "insert into directory.account (tenant_id, account_id, login, display_name, password_hash)"
      " values ('GM1', 'lid', 'lid', 'Lid', '');"
      "insert into directory.account_team values ('GM1', 'lid', 'sport')");
  EXPECT_EQ(Fresh(), second);
}

TEST_F(SnapshotTest, IsReadAgainForATeamThatItDoesNotKnow) {
  const SnapshotPtr first = Fresh();
  database_.Admin(
      "insert into directory.team (tenant_id, team_id, name) values ('GM1', 'sport', 'Sport')");
  const auto with = [&](absl::string_view team_id) {
    return In("GM1", [&](pg::Transaction& in) { return cache_.GetWithTeam(in, "GM1", team_id); });
  };
  EXPECT_EQ(*with("zorg"), first);
  EXPECT_NE(*with("sport"), first);
  EXPECT_EQ(ReasonOf(with("elders").status()), "no_such_team");
  EXPECT_EQ(DetailsOf(with("elders").status()).front().field, "team_id");
}

TEST_F(SnapshotTest, ListsMunicipalitiesWithTheirVersions) {
  std::map<std::string, int64_t> listed;
  ASSERT_TRUE(pool_
                  ->WithoutTenant(absl::Now() + absl::Seconds(60), pg::Access::kRead,
                                  [&](pg::Transaction& in) -> absl::Status {
                                    WISSEL_ASSIGN_OR_RETURN(listed, ListMunicipalities(in));
                                    return absl::OkStatus();
                                  })
                  .ok());
  EXPECT_THAT(listed,
              UnorderedElementsAre(Pair("GM1", Read()->version), Pair("GM2", ::testing::Gt(0))));
}

}  // namespace
}  // namespace wissel::municipality
