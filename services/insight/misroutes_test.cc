#include "services/insight/misroutes.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wissel::insight {
namespace {

RoutedCase Stayed(const char* rule, const char* team, int64_t cases) {
  return {.rule_id = rule, .team_id = team, .cell_cases = cases, .cell_version = 3, .reference = 1};
}

RoutedCase Moved(const char* rule, const char* team, const char* to, int64_t cases,
                 int64_t reference) {
  return {.rule_id = rule,
          .team_id = team,
          .misrouted = true,
          .to_team_id = to,
          .cell_cases = cases,
          .cell_version = 2,
          .reference = reference,
          .holder_team_id = "ruimte",
          .reason = "Niet van ons"};
}

rpc::Principal Somebody(options::v1::Role role, const char* team_id = "") {
  return {.roles = {role}, .team_ids = {team_id}};
}

TEST(Misroutes, AreCountedByRuleAndTeam) {
  const std::vector<RoutedCase> cases = {
      Moved("", "kcc", "parkeren", 4, 90),      Stayed("afval", "beheer", 40),
      Moved("afval", "beheer", "", 1, 7),       Moved("afval", "beheer", "ruimte", 3, 5),
      Moved("afval", "beheer", "ruimte", 3, 4), Stayed("paspoort", "balie", 10),
  };
  v1::ListMisroutesResponse response;
  FillMisroutes(cases, Somebody(options::v1::ROLE_KCC_AGENT), &response);
  // What no router decided is no rule's.
  EXPECT_EQ(response.routed(), 54);
  EXPECT_EQ(response.misrouted(), 4);
  ASSERT_EQ(response.misroutes_size(), 3);
  EXPECT_EQ(response.misroutes(0).rule_id(), "");
  const v1::Misroute& afval = response.misroutes(1);
  EXPECT_EQ(afval.rule_id(), "afval");
  EXPECT_EQ(afval.sop_version(), 2);
  EXPECT_EQ(afval.from_team_id(), "beheer");
  EXPECT_EQ(afval.to_team_id(), "ruimte");
  EXPECT_EQ(afval.cases(), 3);
  EXPECT_EQ(afval.routed(), 44);
  ASSERT_EQ(afval.examples_size(), 2);
  EXPECT_EQ(afval.examples(0).reference(), 5);
  EXPECT_EQ(afval.examples(0).reason(), "Niet van ons");
  EXPECT_EQ(response.misroutes(2).to_team_id(), "");
}

// A lead of any team once read what all the others had written.
TEST(Misroutes, TellWhyOnlyToWhoMayReadTheCase) {
  const std::vector<RoutedCase> cases = {Moved("afval", "beheer", "ruimte", 1, 5)};
  const auto reason_for = [&](const rpc::Principal& who) {
    v1::ListMisroutesResponse response;
    FillMisroutes(cases, who, &response);
    // The counts are everybody's.
    EXPECT_EQ(response.misroutes(0).cases(), 1);
    EXPECT_EQ(response.misroutes(0).examples(0).reference(), 5);
    return response.misroutes(0).examples(0).reason();
  };
  using options::v1::Role;
  EXPECT_EQ(reason_for(Somebody(Role::ROLE_KCC_AGENT)), "Niet van ons");
  EXPECT_EQ(reason_for(Somebody(Role::ROLE_TEAM_LEAD, "ruimte")), "Niet van ons");
  // The team that wrote it does not have the case any more.
  EXPECT_EQ(reason_for(Somebody(Role::ROLE_TEAM_LEAD, "beheer")), "");
  EXPECT_EQ(reason_for(Somebody(Role::ROLE_MANAGER, "ruimte")), "");
  EXPECT_EQ(reason_for(Somebody(Role::ROLE_FUNCTIONAL_ADMIN)), "");
}

TEST(Misroutes, OfNothingAreNothing) {
  v1::ListMisroutesResponse response;
  FillMisroutes({}, Somebody(options::v1::ROLE_KCC_AGENT), &response);
  EXPECT_EQ(response.routed(), 0);
  EXPECT_EQ(response.misroutes_size(), 0);
}

}  // namespace
}  // namespace wissel::insight
