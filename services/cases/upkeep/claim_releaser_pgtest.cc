#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "services/cases/test_cases.h"
#include "services/cases/upkeep/claim_releaser.h"

namespace wissel::cases {
namespace {

class ClaimReleaserTest : public CasesTest {
 protected:
  void Claim(const rpc::Call& who, int64_t reference) {
    v1::ClaimCaseResponse response;
    const absl::Status status = actions_.Claim(who, On<v1::ClaimCaseRequest>(reference), &response);
    ASSERT_TRUE(status.ok()) << status;
  }

  int Run() {
    const absl::StatusOr<int> released = releaser_.Run(kTenant);
    EXPECT_TRUE(released.ok()) << released.status();
    return released.value_or(-1);
  }

  ClaimReleaser releaser_{*pool_};
};

TEST_F(ClaimReleaserTest, OnlyWhatIsHeldInTheTeamThatWasLeftGoesBack) {
  PlantAccount(database_, "ann", options::v1::ROLE_TEAM_MEMBER, "parkeren");
  database_.Admin("insert into directory.account_team values ('GM0603', 'ann', 'burgerzaken')");
  PlantAccount(database_, "bob", options::v1::ROLE_TEAM_LEAD, "parkeren");
  PlantAccount(database_, "agent-1", options::v1::ROLE_KCC_AGENT, "");
  PlantCases(1, 2, "parkeren");
  PlantCases(3, 1, "burgerzaken");
  PlantCases(4, 1, "kcc");
  Claim(Member("ann", "parkeren"), 1);
  Claim(Lead("bob", "parkeren"), 2);
  Claim(Member("ann", "burgerzaken"), 3);
  Claim(AgentCall(), 4);
  EXPECT_EQ(Run(), 0);

  database_.Admin(
      "delete from directory.account_team where account_id = 'ann'"
      " and team_id = 'parkeren'");
  EXPECT_EQ(Run(), 1);
  EXPECT_EQ(Of(1, "state || team_id || claimed_by || claimed_by_name"), "1parkeren");
  EXPECT_EQ(Events(1), "1 3 4");
  EXPECT_EQ(database_.Admin("select actor_id || '|' || previous_holder || '|' || text"
                            " from cases.case_event where case_id = 1 and sequence = 3"),
            "wissel|ann|Wie deze zaak had, werkt niet meer bij dit team.");
  for (const int64_t kept : {2, 3, 4}) EXPECT_EQ(Events(kept), "1 3");
  EXPECT_EQ(Run(), 0);
}

// Another role, or an account that is gone. What a role may hold is what it may claim.
TEST_F(ClaimReleaserTest, WhoMayNoLongerClaimLosesWhatItHolds) {
  int64_t reference = 0;
  for (int number = options::v1::ROLE_KCC_AGENT; number <= options::v1::ROLE_INTEGRATION;
       ++number) {
    for (const char* team_id : {"kcc", "parkeren"}) {
      const std::string account_id = absl::StrCat("account-", ++reference);
      const auto role = static_cast<options::v1::Role>(number);
      PlantAccount(database_, account_id, role, team_id);
      PlantCases(reference, 1, team_id);
      const rpc::Call who = CallOf(role, account_id, team_id);
      const bool works = WorksTeam(*who.principal, team_id, "kcc");
      database_.Admin(absl::StrCat("update cases.case_file set state = 2, claimed_by = '",
                                   account_id, "' where case_id = ", reference));
      EXPECT_EQ(Run(), works ? 0 : 1) << options::v1::Role_Name(role) << " of " << team_id;
      v1::ClaimCaseResponse response;
      EXPECT_EQ(actions_.Claim(who, On<v1::ClaimCaseRequest>(reference), &response).ok(), works);
    }
  }
  PlantCases(100, 1, "parkeren");
  Claim(Member("gone", "parkeren"), 100);
  EXPECT_EQ(Run(), 1);
}

TEST_F(ClaimReleaserTest, MoreThanABatchGoesBackInOneRun) {
  constexpr int kCases = 230;
  PlantCases(1, kCases, "parkeren");
  database_.Admin("update cases.case_file set state = 2, claimed_by = 'ann'");
  EXPECT_EQ(Run(), kCases);
  EXPECT_EQ(database_.Admin("select count(*) from cases.case_event where kind = 4"),
            absl::StrCat(kCases));
}

TEST_F(ClaimReleaserTest, AnotherMunicipalityIsLeftAlone) {
  PlantMunicipality(database_, "GM0034");
  PlantAccount(database_, "ann", options::v1::ROLE_TEAM_MEMBER, "parkeren", "GM0034");
  PlantCases(1, 1, "parkeren");
  PlantCases(2, 1, "parkeren", "'2030-04-03 15:00Z'", "", "'2026-04-01 10:00Z'", "GM0034");
  database_.Admin("update cases.case_file set state = 2, claimed_by = 'ann'");
  EXPECT_EQ(Run(), 1);
  EXPECT_EQ(Of(1, "state"), "1");
  EXPECT_EQ(Of(2, "state"), "2");
}

// Several processes look at once, and colleagues go on.
TEST_F(ClaimReleaserTest, BesideOthersEveryCaseIsPutBackOnce) {
  constexpr int kCases = 60;
  PlantCases(1, kCases, "parkeren");
  database_.Admin(
      "update cases.case_file set state = 2, claimed_by = 'ann',"
      " claimed_by_name = 'Ann'");
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) threads.emplace_back([&] { Run(); });
  for (unsigned i = 0; i < 3; ++i) {
    PlantAccount(database_, absl::StrCat("lead", i), options::v1::ROLE_TEAM_LEAD, "parkeren");
    threads.emplace_back([&, i] {
      std::mt19937 random(i);
      for (int act = 0; act < 40; ++act) ActAtRandom(i, random);
    });
  }
  for (std::thread& thread : threads) thread.join();
  Run();
  EXPECT_EQ(database_.Admin("select count(*) from cases.case_file where claimed_by = 'ann'"), "0");
  // Ann lost each case once, to Wissel or to a lead.
  EXPECT_EQ(database_.Admin("select count(*) || ' ' || count(distinct case_id)"
                            " from cases.case_event where previous_holder = 'ann'"),
            absl::StrCat(kCases, " ", kCases));
}

}  // namespace
}  // namespace wissel::cases
