#include <atomic>
#include <limits>
#include <thread>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "services/directory/directory.h"
#include "services/directory/directory_fixture.h"
#include "services/directory/municipality.h"

namespace wissel::directory {
namespace {

using ::testing::ElementsAre;

class DirectoryTest : public DirectoryFixture {
 protected:
  static v1::EnsureTeamsRequest Teams(const std::vector<std::string>& ids) {
    v1::EnsureTeamsRequest request;
    for (const std::string& id : ids) {
      v1::Team* team = request.add_teams();
      team->set_team_id(id);
      team->set_name("Team " + id);
    }
    return request;
  }
  absl::StatusOr<v1::EnsureTeamsResponse> EnsureTeams(const v1::EnsureTeamsRequest& request,
                                                      const std::string& tenant_id = "GM0603") {
    return Call(&Stub::EnsureTeams, request, service_token_, tenant_id);
  }
  std::vector<v1::Team> ListTeams(const std::string& tenant_id = "GM0603") {
    const auto listed = Call(&Stub::ListTeams, v1::ListTeamsRequest(), service_token_, tenant_id);
    EXPECT_TRUE(listed.ok()) << listed.status();
    return {listed->teams().begin(), listed->teams().end()};
  }
  std::vector<std::string> TeamIds(const std::string& tenant_id = "GM0603") {
    std::vector<std::string> ids;
    for (const v1::Team& team : ListTeams(tenant_id)) ids.push_back(team.team_id());
    return ids;
  }
  int64_t Version() {
    return std::stoll(database_.Admin(
        "select directory_version from directory.municipality where tenant_id = 'GM0603'"));
  }
};

TEST_F(DirectoryTest, MunicipalitiesByNameForEverybody) {
  ASSERT_EQ(Short(Ensure("GM0518", "den Haag")), "OK");
  ASSERT_EQ(Short(Ensure("BOSTON", "Boston", "America/New_York")), "OK");
  const auto listed = Call(&Stub::ListMunicipalities, v1::ListMunicipalitiesRequest());
  ASSERT_EQ(Short(listed), "OK");
  std::vector<std::string> found;
  for (const auto& one : listed->municipalities()) {
    found.push_back(absl::StrCat(one.tenant_id(), " ", one.name(), " ", one.time_zone()));
  }
  EXPECT_THAT(found,
              ElementsAre("BOSTON Boston America/New_York", "GM0518 den Haag Europe/Amsterdam",
                          "GM0603 Rijswijk Europe/Amsterdam"));
}

TEST_F(DirectoryTest, AMunicipalityStartsWithKccNormsAndCalendar) {
  const std::vector<v1::Team> teams = ListTeams();
  ASSERT_EQ(teams.size(), 1);
  EXPECT_EQ(teams[0].team_id(), "kcc");
  EXPECT_EQ(teams[0].name(), "KCC");
  EXPECT_TRUE(teams[0].is_kcc());
  ASSERT_EQ(teams[0].norms_size(), 9);
  for (const v1::Norm& norm : teams[0].norms()) {
    const bool spoken = norm.channel() == common::v1::CHANNEL_PHONE ||
                        norm.channel() == common::v1::CHANNEL_CALLBACK;
    EXPECT_EQ(norm.working_days(), spoken ? 2 : 5) << norm.channel();
    EXPECT_EQ(norm.target_share(), 0.9);
    EXPECT_FALSE(norm.statutory() || norm.first_attempt_counts());
  }
  const auto calendar =
      Call(&Stub::GetCalendar, v1::GetCalendarRequest(), TokenFor(options::v1::ROLE_KCC_AGENT));
  ASSERT_EQ(Short(calendar), "OK");
  EXPECT_EQ(calendar->version(), 1);
  EXPECT_EQ(calendar->calendar().SerializeAsString(), DefaultCalendar().SerializeAsString());
}

TEST_F(DirectoryTest, EnsuringAgainUpdatesNameAndZoneOnly) {
  const auto again = Ensure("GM0603", "Rijswijk");
  ASSERT_EQ(Short(again), "OK");
  EXPECT_FALSE(again->created());
  const int64_t before = Version();
  ASSERT_EQ(Short(Ensure("GM0603", "Rijswijk")), "OK");
  EXPECT_EQ(Version(), before);
  ASSERT_EQ(Short(Ensure("GM0603", "Gemeente Rijswijk", "Europe/Brussels")), "OK");
  EXPECT_EQ(Version(), before + 1);
  EXPECT_EQ(database_.Admin("select name || time_zone from directory.municipality"),
            "Gemeente RijswijkEurope/Brussels");
  EXPECT_EQ(TeamIds().size(), 1);
  EXPECT_EQ(database_.Admin("select count(*) from directory.calendar"), "1");
}

TEST_F(DirectoryTest, TheKccHasTheMailboxThatTheMunicipalityIsMadeWith) {
  v1::EnsureMunicipalityRequest request;
  request.mutable_municipality()->set_tenant_id("GM0603");
  request.mutable_municipality()->set_name("Rijswijk");
  request.set_kcc_mailbox("kcc@rijswijk.example");
  ASSERT_EQ(Short(Call(&Stub::EnsureMunicipality, request, service_token_)), "OK");
  EXPECT_EQ(ListTeams()[0].mailbox(), "kcc@rijswijk.example");
  const int64_t before = Version();
  ASSERT_EQ(Short(Ensure("GM0603", "Rijswijk")), "OK");
  EXPECT_EQ(ListTeams()[0].mailbox(), "kcc@rijswijk.example");
  EXPECT_EQ(Version(), before);
  request.set_kcc_mailbox("geen adres");
  EXPECT_EQ(Short(Call(&Stub::EnsureMunicipality, request, service_token_)),
            "INVALID_ARGUMENT invalid_email kcc_mailbox");
}

TEST_F(DirectoryTest, WrongMunicipalities) {
  EXPECT_EQ(Short(Ensure("G", "X")), "INVALID_ARGUMENT invalid_tenant_id municipality.tenant_id");
  EXPECT_EQ(Short(Ensure("GM0518", "")), "INVALID_ARGUMENT required municipality.name");
  EXPECT_EQ(Short(Ensure("GM0518", std::string(81, 'x'))),
            "INVALID_ARGUMENT too_long municipality.name");
  EXPECT_EQ(Short(Ensure("GM0518", "Den Haag", "Mars/Olympus")),
            "INVALID_ARGUMENT invalid_time_zone time_zone");
  v1::EnsureMunicipalityRequest request;
  request.mutable_municipality()->set_tenant_id("GM0518");
  request.mutable_municipality()->set_name("Den Haag");
  EXPECT_EQ(Short(Call(&Stub::EnsureMunicipality, request, service_token_, "GM0603")),
            "INVALID_ARGUMENT other_municipality municipality.tenant_id");
}

TEST_F(DirectoryTest, ManyEnsureOneMunicipalityAtOnce) {
  std::atomic<int> created = 0;
  std::atomic<int> failed = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < 16; ++i) {
    callers.emplace_back([&] {
      const auto ensured = Ensure("GM0518", "Den Haag");
      if (!ensured.ok()) {
        ++failed;
      } else if (ensured->created()) {
        ++created;
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(created, 1);
  EXPECT_THAT(TeamIds("GM0518"), ElementsAre("kcc"));
}

TEST_F(DirectoryTest, TeamsAreMadeOnceAndKeepWhatTheyHave) {
  v1::EnsureTeamsRequest request = Teams({"parkeren", "belastingen"});
  request.mutable_teams(0)->set_mailbox("parkeren@rijswijk.example");
  request.mutable_teams(0)->set_transfer_number("+31 70 (326) 10-00");
  v1::Norm* norm = request.mutable_teams(0)->add_norms();
  norm->set_channel(common::v1::CHANNEL_EMAIL);
  norm->set_working_days(60);
  norm->set_target_share(0.95);
  norm->set_statutory(true);
  norm->set_first_attempt_counts(true);
  const auto made = EnsureTeams(request);
  ASSERT_EQ(Short(made), "OK");
  EXPECT_EQ(made->created(), 2);
  const std::vector<v1::Team> teams = ListTeams();
  ASSERT_EQ(teams.size(), 3);
  EXPECT_EQ(teams[1].norms_size(), 9);
  EXPECT_EQ(teams[2].SerializeAsString(), request.teams(0).SerializeAsString());

  request.mutable_teams(0)->set_mailbox("other@rijswijk.example");
  request.mutable_teams(0)->clear_norms();
  request.MergeFrom(Teams({"groen"}));
  const auto again = EnsureTeams(request);
  ASSERT_EQ(Short(again), "OK");
  EXPECT_EQ(again->created(), 1);
  EXPECT_THAT(TeamIds(), ElementsAre("kcc", "belastingen", "groen", "parkeren"));
  EXPECT_EQ(ListTeams()[3].SerializeAsString(), teams[2].SerializeAsString());
}

TEST_F(DirectoryTest, NamesComeInDutchAlphabeticalOrder) {
  const std::vector<std::string> sorted = {"Economie", "Één loket", "eiland", "IJsbaan",
                                           "Ĳsclub",   "Inkomen",   "Jeugd",  "Zorg"};
  v1::EnsureTeamsRequest request = Teams({"8", "7", "6", "5", "4", "3", "2", "1"});
  for (int i = 0; i < request.teams_size(); ++i) request.mutable_teams(i)->set_name(sorted[7 - i]);
  ASSERT_EQ(Short(EnsureTeams(request)), "OK");
  std::vector<std::string> names;
  for (const v1::Team& team : ListTeams()) {
    if (!team.is_kcc()) names.push_back(team.name());
  }
  EXPECT_EQ(names, sorted);

  ASSERT_EQ(Short(Ensure("GM0518", "'s-Gravenhage")), "OK");
  ASSERT_EQ(Short(Ensure("GM0762", "Zwolle")), "OK");
  ASSERT_EQ(Short(Ensure("GM0345", "Élst")), "OK");
  const auto listed = Call(&Stub::ListMunicipalities, v1::ListMunicipalitiesRequest());
  names.clear();
  for (const auto& one : listed->municipalities()) names.push_back(one.name());
  EXPECT_THAT(names, ElementsAre("'s-Gravenhage", "Élst", "Rijswijk", "Zwolle"));
}

TEST_F(DirectoryTest, TeamsOfOneMunicipalityAreNotThoseOfAnother) {
  ASSERT_EQ(Short(Ensure("GM0518", "Den Haag")), "OK");
  ASSERT_EQ(Short(EnsureTeams(Teams({"parkeren"}))), "OK");
  EXPECT_THAT(TeamIds("GM0518"), ElementsAre("kcc"));
  EXPECT_EQ(EnsureTeams(Teams({"parkeren"}), "GM0518")->created(), 1);
  EXPECT_EQ(Short(EnsureTeams(Teams({"x"}), "GM9999")), "NOT_FOUND unknown_municipality");
  EXPECT_EQ(Short(EnsureTeams(Teams({"x"}), "")), "INVALID_ARGUMENT required tenant_id");
}

TEST_F(DirectoryTest, AFaultInOneTeamMakesNone) {
  v1::EnsureTeamsRequest request = Teams({"a", "b"});
  request.mutable_teams(1)->set_name("KCC");
  EXPECT_EQ(Short(EnsureTeams(request)), "FAILED_PRECONDITION name_taken teams[1].name");
  EXPECT_THAT(TeamIds(), ElementsAre("kcc"));
}

TEST_F(DirectoryTest, ManyEnsureTeamsAtOnce) {
  std::atomic<int> created = 0;
  std::atomic<int> failed = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < 12; ++i) {
    callers.emplace_back([&, i] {
      // In opposite orders, which would deadlock without a lock on the municipality.
      const auto made =
          EnsureTeams(i % 2 == 0 ? Teams({"a", "b", "c", "d"}) : Teams({"d", "c", "b", "a"}));
      if (!made.ok()) {
        ++failed;
      } else {
        created += made->created();
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(created, 4);
}

TEST_F(DirectoryTest, AThousandTeams) {
  std::vector<std::string> ids;
  for (int i = 0; i < 1000; ++i) ids.push_back(std::to_string(i));
  EXPECT_EQ(EnsureTeams(Teams(ids))->created(), 1000);
  EXPECT_EQ(ListTeams().size(), 1001);
  ids.push_back("one more");
  EXPECT_EQ(Short(EnsureTeams(Teams(ids))), "INVALID_ARGUMENT too_many teams");
}

TEST_F(DirectoryTest, NormsHoldFromTheirDayOn) {
  database_.Admin(
      "insert into directory.norm (tenant_id, team_id, channel, valid_from, working_days, "
      "target_share) values ('GM0603', 'kcc', 1, current_date - 1, 1, 0.95), "
      "('GM0603', 'kcc', 2, current_date + 2, 1, 0.95)");
  const std::vector<v1::Team> teams = ListTeams();
  EXPECT_EQ(teams[0].norms(0).working_days(), 1);
  EXPECT_EQ(teams[0].norms(0).target_share(), 0.95);
  EXPECT_EQ(teams[0].norms(1).working_days(), 2);
}

TEST_F(DirectoryTest, VersionCountsEveryChangeOfTeamsNormsAndCalendars) {
  int64_t version = Version();
  ASSERT_EQ(Short(EnsureTeams(Teams({"parkeren"}))), "OK");
  EXPECT_GT(Version(), version);
  version = Version();
  ASSERT_EQ(Short(EnsureTeams(Teams({"parkeren"}))), "OK");
  EXPECT_EQ(Version(), version);
  for (const std::string& change :
       {std::string("update directory.team set name = 'Parkeren en handhaving' "
                    "where team_id = 'parkeren'"),
        std::string("update directory.norm set working_days = 3 where team_id = 'parkeren'"),
        std::string("delete from directory.norm where team_id = 'parkeren'")}) {
    version = Version();
    database_.Admin(change);
    EXPECT_EQ(Version(), version + 1) << change;
  }
}

TEST_F(DirectoryTest, CalendarIsReplacedWhole) {
  const std::string admin = TokenFor(options::v1::ROLE_FUNCTIONAL_ADMIN);
  v1::PutCalendarRequest request;
  *request.mutable_calendar() = DefaultCalendar();
  request.mutable_calendar()->mutable_weekdays(3)->mutable_intervals(0)->set_to_minute(20 * 60);
  v1::SpecialDay* day = request.mutable_calendar()->add_special_days();
  day->set_date("2026-12-24");
  day->set_name("Kerstavond: \"vroeg\" dicht");
  day->add_intervals()->set_from_minute(0);
  day->mutable_intervals(0)->set_to_minute(1440);
  const int64_t version = Version();
  const auto put = Call(&Stub::PutCalendar, request, admin);
  ASSERT_EQ(Short(put), "OK");
  EXPECT_EQ(put->version(), 2);
  EXPECT_EQ(Version(), version + 1);
  const auto found = Call(&Stub::GetCalendar, v1::GetCalendarRequest(), admin);
  ASSERT_EQ(Short(found), "OK");
  EXPECT_EQ(found->version(), 2);
  EXPECT_EQ(found->calendar().SerializeAsString(), request.calendar().SerializeAsString());
  EXPECT_EQ(found->exceptional_days_size(), 0);
  v1::GetCalendarRequest christmas;
  christmas.set_from_date("2026-12-23");
  christmas.set_to_date("2026-12-25");
  const auto days = Call(&Stub::GetCalendar, christmas, admin);
  ASSERT_EQ(Short(days), "OK");
  ASSERT_EQ(days->exceptional_days_size(), 2);
  EXPECT_EQ(days->exceptional_days(0).date(), "2026-12-24");
  EXPECT_EQ(days->exceptional_days(0).intervals_size(), 1);
  EXPECT_EQ(days->exceptional_days(1).date(), "2026-12-25");
  EXPECT_EQ(days->exceptional_days(1).intervals_size(), 0);
  // What due dates were made with stays.
  EXPECT_EQ(database_.Admin("select count(*) from directory.calendar"), "2");
}

TEST_F(DirectoryTest, CalendarThatCannotBeIsRefused) {
  const std::string admin = TokenFor(options::v1::ROLE_FUNCTIONAL_ADMIN);
  const auto put = [&](const v1::Calendar& calendar) {
    v1::PutCalendarRequest request;
    *request.mutable_calendar() = calendar;
    return Short(Call(&Stub::PutCalendar, request, admin));
  };
  EXPECT_EQ(put(v1::Calendar()), "INVALID_ARGUMENT no_open_hours calendar.weekdays");
  v1::Calendar calendar = DefaultCalendar();
  calendar.mutable_weekdays(0)->mutable_intervals(0)->set_to_minute(1441);
  EXPECT_EQ(put(calendar), "INVALID_ARGUMENT invalid_interval calendar.weekdays");
  calendar = DefaultCalendar();
  *calendar.mutable_weekdays(0)->add_intervals() = calendar.weekdays(0).intervals(0);
  EXPECT_EQ(put(calendar), "INVALID_ARGUMENT overlapping_intervals calendar.weekdays");
  calendar = DefaultCalendar();
  calendar.add_special_days()->set_date("2026-02-30");
  EXPECT_EQ(put(calendar), "INVALID_ARGUMENT invalid_date calendar.special_days");
  calendar.mutable_special_days(0)->set_name(std::string(101, 'x'));
  EXPECT_EQ(put(calendar), "INVALID_ARGUMENT too_long calendar.special_days[0].name");
  for (int i = 0; i < 1000; ++i) calendar.add_special_days();
  EXPECT_EQ(put(calendar), "INVALID_ARGUMENT too_many calendar.special_days");
  EXPECT_EQ(database_.Admin("select count(*) from directory.calendar"), "1");
}

TEST_F(DirectoryTest, AccountIsReplaced) {
  v1::PutAccountRequest request = Account("jan", options::v1::ROLE_KCC_AGENT);
  request.add_team_ids("kcc");
  const std::string id = Put(request)->account_id();
  const std::string old_token = SignIn("jan")->token();

  v1::PutAccountRequest change = Account("JAN", options::v1::ROLE_MANAGER);
  change.set_display_name("Jan de Vries");
  change.clear_password();
  EXPECT_EQ(Put(change)->account_id(), id);
  // The session goes on, with what the account may do now.
  const auto session = Call(&Stub::GetSession, v1::GetSessionRequest(), old_token);
  ASSERT_EQ(Short(session), "OK");
  EXPECT_EQ(session->session().display_name(), "Jan de Vries");
  EXPECT_THAT(session->session().roles(), ElementsAre(options::v1::ROLE_MANAGER));
  EXPECT_EQ(session->session().team_ids_size(), 0);
  EXPECT_EQ(Short(SignIn("jan")), "OK");

  change.set_password("another horse battery");
  EXPECT_EQ(Put(change)->account_id(), id);
  EXPECT_EQ(Short(SignIn("jan")), "UNAUTHENTICATED wrong_credentials");
  EXPECT_EQ(Short(SignIn("jan", "another horse battery")), "OK");
  clock_.Advance(absl::Seconds(6));
  EXPECT_EQ(Short(Call(&Stub::GetSession, v1::GetSessionRequest(), old_token)),
            "UNAUTHENTICATED invalid_token");
}

TEST_F(DirectoryTest, AnAccountThatIsToStayIsNotTouched) {
  v1::PutAccountRequest request = Account("jan", options::v1::ROLE_KCC_AGENT);
  request.set_keep_existing(true);
  const auto made = Put(request);
  ASSERT_EQ(Short(made), "OK");
  EXPECT_TRUE(made->created());
  const std::string token = SignIn("jan")->token();

  v1::PutAccountRequest again = Account("JAN", options::v1::ROLE_MANAGER);
  again.set_password("another horse battery");
  again.set_keep_existing(true);
  const auto kept = Put(again);
  ASSERT_EQ(Short(kept), "OK");
  EXPECT_FALSE(kept->created());
  EXPECT_EQ(kept->account_id(), made->account_id());
  EXPECT_EQ(Short(SignIn("jan")), "OK");
  const auto session = Call(&Stub::GetSession, v1::GetSessionRequest(), token);
  ASSERT_EQ(Short(session), "OK");
  EXPECT_THAT(session->session().roles(), ElementsAre(options::v1::ROLE_KCC_AGENT));
}

TEST_F(DirectoryTest, WrongAccounts) {
  v1::PutAccountRequest request = Account("jan", options::v1::ROLE_KCC_AGENT);
  request.clear_password();
  EXPECT_EQ(Short(Put(request)), "INVALID_ARGUMENT required password");
  request.set_password("elf letters");
  EXPECT_EQ(Short(Put(request)), "INVALID_ARGUMENT password_too_short password");
  request = Account("jan", options::v1::ROLE_KCC_AGENT);
  request.add_team_ids("kcc");
  request.add_team_ids("nowhere");
  EXPECT_EQ(Short(Put(request)), "INVALID_ARGUMENT unknown_team team_ids");
  EXPECT_EQ(Short(Put(Account("jan", options::v1::ROLE_SERVICE))),
            "INVALID_ARGUMENT invalid_role roles");
  EXPECT_EQ(Short(Put(Account("jan", options::v1::ROLE_MANAGER), "GM9999")),
            "NOT_FOUND unknown_municipality");
  EXPECT_EQ(database_.Admin("select count(*) from directory.account"), "0");
}

TEST_F(DirectoryTest, ManyPutOneAccountAtOnce) {
  std::atomic<int> failed = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < 8; ++i) {
    callers.emplace_back([&, i] {
      if (!Put(Account("jan", i % 2 == 0 ? options::v1::ROLE_KCC_AGENT : options::v1::ROLE_MANAGER))
               .ok()) {
        ++failed;
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(database_.Admin("select count(*) from directory.account_role"), "1");
}

TEST_F(DirectoryTest, MachineHasATokenWithoutEnd) {
  v1::CreateAccessTokenRequest request;
  request.set_label("website forms");
  const auto made =
      Call(&Stub::CreateAccessToken, request, TokenFor(options::v1::ROLE_FUNCTIONAL_ADMIN));
  ASSERT_EQ(Short(made), "OK");
  const auto session = Call(&Stub::GetSession, v1::GetSessionRequest(), made->token());
  ASSERT_EQ(Short(session), "OK");
  EXPECT_EQ(session->session().display_name(), "website forms");
  EXPECT_EQ(session->session().municipality().tenant_id(), "GM0603");
  EXPECT_THAT(session->session().roles(), ElementsAre(options::v1::ROLE_INTEGRATION));
  EXPECT_FALSE(session->session().has_expires_at());
  EXPECT_FALSE(session->session().account_id().empty());
  // It is no session, so nobody signs it out.
  EXPECT_EQ(Short(Call(&Stub::SignOut, v1::SignOutRequest(), made->token())), "OK");
  EXPECT_EQ(Short(Call(&Stub::GetSession, v1::GetSessionRequest(), made->token())), "OK");

  request.clear_label();
  EXPECT_EQ(Short(Call(&Stub::CreateAccessToken, request, service_token_, "GM0603")),
            "INVALID_ARGUMENT required label");
  request.set_label("x");
  EXPECT_EQ(Short(Call(&Stub::CreateAccessToken, request, service_token_, "GM9999")),
            "NOT_FOUND unknown_municipality");
}

}  // namespace
}  // namespace wissel::directory
