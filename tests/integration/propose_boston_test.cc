// Rules learned from January and February of a real city predict which team took the cases of
// March. docs/proposals.md has the command that prints this figure.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "libs/sop/sop_reader.h"
#include "libs/sop/sop_writer.h"
#include "libs/verify/verify.h"
#include "services/router/propose/propose.h"
#include "services/wissel/import/past_cases_file.h"
#include "tests/support/real_data.h"

namespace wissel {
namespace {

using router::PastCase;

std::vector<PastCase> BostonCases(const std::string& path) {
  std::ifstream file(std::string(WISSEL_SOURCE_DIR) + "/docs/examples/boston311-mapping.yaml");
  std::stringstream mapping;
  mapping << file.rdbuf();
  return ReadPastCasesFile(path, ParseHistoryMapping(mapping.str()).value()).value().cases;
}

TEST(ProposeBostonTest, FewRulesGiveMostOfMarchToTheRightTeam) {
  const std::string data = testing::RealData("boston311-2015-q1.csv.gz");
  if (data.empty()) {
    GTEST_SKIP() << "left out: ../shared/data/boston311-2015-q1.csv.gz is not there";
  }
  std::vector<PastCase> cases = BostonCases(data);
  const auto march = std::stable_partition(cases.begin(), cases.end(), [](const PastCase& past) {
    return past.day < absl::CivilDay(2015, 3, 1);
  });
  const std::vector<PastCase> unseen(march, cases.end());
  cases.erase(march, cases.end());
  ASSERT_EQ(cases.size(), 16580);
  ASSERT_EQ(unseen.size(), 10208);

  const auto proposal = router::Propose(cases, {}, {});
  ASSERT_TRUE(proposal.ok()) << proposal.status();
  EXPECT_LE(proposal->sop.rules.size(), 145);
  EXPECT_FALSE(proposal->contradictions.empty());

  // What counts is the document as it would be loaded.
  const auto read = sop::ParseSop(sop::WriteSop(proposal->sop));
  ASSERT_TRUE(read.ok()) << read.status();
  const auto compiled = decision::CompiledSop::Compile(*read, 1);
  ASSERT_TRUE(compiled.ok()) << compiled.status();
  const router::BacktestResult card = router::Backtest(**compiled, unseen);
  EXPECT_EQ(card.cases, 10208);
  // The majority of each type in each neighbourhood, 1,432 rules, has 0.787.
  EXPECT_GT(card.accuracy(), 0.80);

  for (const verify::Finding& finding : verify::Verify(*read, {})) {
    EXPECT_NE(finding.kind, verify::Finding::Kind::kContradiction) << finding.message;
    EXPECT_NE(finding.kind, verify::Finding::Kind::kUnreachable) << finding.message;
    EXPECT_NE(finding.kind, verify::Finding::Kind::kNoOutcome) << finding.message;
  }
}

}  // namespace
}  // namespace wissel
