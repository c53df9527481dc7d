// What an SOP says about teams, applied to a real directory.

#include <thread>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "libs/base/proto_time.h"
#include "services/directory/directory_fixture.h"

namespace wissel::directory {
namespace {

class AgreementsTest : public DirectoryFixture {
 protected:
  AgreementsTest() {
    v1::EnsureTeamsRequest request;
    v1::Team* team = request.add_teams();
    team->set_team_id("parkeren");
    team->set_name("Parkeren");
    team->set_mailbox("parkeren@rijswijk.example");
    v1::Norm* norm = team->add_norms();
    norm->set_channel(common::v1::CHANNEL_EMAIL);
    norm->set_working_days(5);
    norm->set_target_share(0.9);
    norm->set_statutory(true);
    EXPECT_EQ(Short(Call(&Stub::EnsureTeams, request, service_token_, "GM0603")), "OK");
  }

  // Says that parkeren answers e-mail in `days`, from a day in December 2026 on.
  static v1::ApplyTeamAgreementsRequest Agreed(int64_t version, int day, int days) {
    v1::ApplyTeamAgreementsRequest request;
    request.set_sop_version(version);
    *request.mutable_in_force_from() = ::wissel::ToProto(
        absl::FromCivil(absl::CivilSecond(2020, 12, day - 1, 23, 30, 0), absl::UTCTimeZone()));
    v1::Team* team = request.add_teams();
    team->set_team_id("parkeren");
    v1::Norm* norm = team->add_norms();
    norm->set_channel(common::v1::CHANNEL_EMAIL);
    norm->set_working_days(days);
    norm->set_target_share(0.8);
    return request;
  }

  // "APPLIED", "OLD" or the refusal.
  std::string Apply(const v1::ApplyTeamAgreementsRequest& request) {
    const auto applied = Call(&Stub::ApplyTeamAgreements, request, service_token_, "GM0603");
    if (!applied.ok()) return Short(applied);
    return applied->applied() ? "APPLIED" : "OLD";
  }

  // The norms of parkeren for e-mail, and from which day on.
  std::string Norms() {
    return database_.Admin(
        "select string_agg(valid_from || ' ' || working_days || ' ' || target_share || ' ' || "
        "statutory, ', ' order by valid_from) from directory.norm "
        "where tenant_id = 'GM0603' and team_id = 'parkeren' and channel = 3");
  }
  std::string Mailbox() {
    return database_.Admin(
        "select mailbox || '|' || transfer_number from directory.team "
        "where tenant_id = 'GM0603' and team_id = 'parkeren'");
  }
};

TEST_F(AgreementsTest, HoldFromTheLocalDayOnAndKeepWhatIsNotSaid) {
  v1::ApplyTeamAgreementsRequest request = Agreed(1, 2, 3);
  request.mutable_teams(0)->set_transfer_number("14 070");
  EXPECT_EQ(Apply(request), "APPLIED");
  // 23:30 UTC is the next day in Amsterdam.
  EXPECT_EQ(Norms(), "1900-01-01 5 0.9 true, 2020-12-02 3 0.8 true");
  EXPECT_EQ(Mailbox(), "parkeren@rijswijk.example|14 070");
  request = Agreed(2, 9, 3);
  request.mutable_teams(0)->set_mailbox("auto@rijswijk.example");
  EXPECT_EQ(Apply(request), "APPLIED");
  // The same norm needs no other row.
  EXPECT_EQ(Norms(), "1900-01-01 5 0.9 true, 2020-12-02 3 0.8 true");
  EXPECT_EQ(Mailbox(), "auto@rijswijk.example|14 070");
}

TEST_F(AgreementsTest, AreAppliedOnceAndNeverBackwards) {
  EXPECT_EQ(Apply(Agreed(3, 2, 3)), "APPLIED");
  const std::string after = Norms();
  EXPECT_EQ(Apply(Agreed(3, 2, 4)), "OLD");
  EXPECT_EQ(Apply(Agreed(2, 1, 4)), "OLD");
  EXPECT_EQ(Norms(), after);
  // Two versions on one day: the later one counts.
  EXPECT_EQ(Apply(Agreed(4, 2, 4)), "APPLIED");
  EXPECT_EQ(Norms(), "1900-01-01 5 0.9 true, 2020-12-02 4 0.8 true");
}

TEST_F(AgreementsTest, AWrongTeamChangesNothing) {
  v1::ApplyTeamAgreementsRequest request = Agreed(1, 2, 3);
  request.add_teams()->set_team_id("riolering");
  EXPECT_EQ(Apply(request), "NOT_FOUND no_such_team teams");
  request = Agreed(1, 2, 3);
  request.mutable_teams(0)->set_mailbox("geen adres");
  EXPECT_EQ(Apply(request), "INVALID_ARGUMENT invalid_email teams[0].mailbox");
  request = Agreed(1, 2, 61);
  EXPECT_EQ(Apply(request), "INVALID_ARGUMENT out_of_range teams[0].norms[0].working_days");
  request = Agreed(1, 2, 3);
  *request.add_teams() = request.teams(0);
  EXPECT_EQ(Apply(request), "INVALID_ARGUMENT duplicate teams[1].team_id");
  EXPECT_EQ(Norms(), "1900-01-01 5 0.9 true");
  // The version was not used up.
  EXPECT_EQ(Apply(Agreed(1, 2, 3)), "APPLIED");
}

TEST_F(AgreementsTest, ManyNodesApplyOneVersion) {
  std::vector<std::string> results(8);
  std::vector<std::thread> nodes;
  for (std::string& result : results) {
    nodes.emplace_back([&] { result = Apply(Agreed(1, 2, 3)); });
  }
  for (std::thread& node : nodes) node.join();
  EXPECT_EQ(std::count(results.begin(), results.end(), "APPLIED"), 1);
  EXPECT_EQ(std::count(results.begin(), results.end(), "OLD"), 7);
}

TEST_F(AgreementsTest, OthersMayNot) {
  const std::string admin = TokenFor(options::v1::ROLE_FUNCTIONAL_ADMIN);
  EXPECT_EQ(Short(Call(&Stub::ApplyTeamAgreements, Agreed(1, 2, 3), admin)),
            "PERMISSION_DENIED not_permitted");
}

}  // namespace
}  // namespace wissel::directory
