#include "services/wissel/import/team_matcher.h"

#include <gtest/gtest.h>

namespace wissel {
namespace {

// (C3) Letter case and blanks aside; other letters are other teams.
TEST(TeamMatcherTest, ComparesNamesWithoutCaseAndBlanks) {
  EXPECT_EQ(ComparedTeamName("  Beheer\u00A0 Openbare\tRuimte "), "beheer openbare ruimte");
  EXPECT_EQ(ComparedTeamName("FINANCIËN"), ComparedTeamName("Financiën"));
  EXPECT_NE(ComparedTeamName("Financien"), ComparedTeamName("Financiën"));
  EXPECT_EQ(ComparedTeamName("3×4 ÷ 2"), "3×4 ÷ 2");
  EXPECT_EQ(ComparedTeamName("KCC"), "kcc");
  EXPECT_EQ(ComparedTeamName(""), "");
}

TEST(TeamMatcherTest, MakesAnIdOfAName) {
  EXPECT_EQ(TeamIdFor("Werk & Inkomen (Noord)"), "werk-inkomen-noord");
  EXPECT_EQ(TeamIdFor("../../x"), "x");
  EXPECT_EQ(TeamIdFor("税务"), "");
}

}  // namespace
}  // namespace wissel
