#include "services/router/propose/propose.h"

#include <algorithm>
#include <random>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "libs/sop/sop_reader.h"
#include "libs/sop/sop_writer.h"
#include "libs/verify/verify.h"

namespace wissel::router {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

constexpr common::v1::Channel kPhone = common::v1::CHANNEL_PHONE;
constexpr common::v1::Channel kForm = common::v1::CHANNEL_FORM;

PastCase Past(const std::string& topic, const std::string& neighbourhood, const std::string& team,
              int64_t cases, common::v1::Channel channel = kPhone, int day = 1) {
  return {absl::CivilDay(2026, 3, day), channel, topic, neighbourhood, "", team, cases};
}

Proposal Made(const std::vector<PastCase>& cases, const sop::Sop& known = {},
              const ProposeOptions& options = {}) {
  absl::StatusOr<Proposal> proposal = Propose(cases, known, options);
  EXPECT_TRUE(proposal.ok()) << proposal.status();
  return proposal.ok() ? *std::move(proposal) : Proposal();
}

// Team that a proposal sends a contact to.
std::string TeamFor(const Proposal& proposal, const std::string& topic,
                    const std::string& neighbourhood, common::v1::Channel channel = kPhone,
                    const std::string& postcode = "") {
  const auto compiled = decision::CompiledSop::Compile(proposal.sop, 1).value();
  decision::RoutingRequest request;
  request.channel = channel;
  request.topic_id = topic;
  request.neighbourhood = neighbourhood;
  request.postcode = postcode;
  const size_t match = compiled->Match(request);
  return match == decision::kNoRule ? "" : proposal.sop.rules[match].then.team_id;
}

// Two kinds of work of the districts and one of the city hall.
std::vector<PastCase> Districts() {
  return {Past("kuil", "Noord", "wijk-noord", 40), Past("kuil", "Zuid", "wijk-zuid", 30),
          Past("kuil", "Oost", "wijk-oost", 20),   Past("sneeuw", "Noord", "wijk-noord", 25),
          Past("sneeuw", "Zuid", "wijk-zuid", 25), Past("paspoort", "Noord", "balie", 30),
          Past("paspoort", "Zuid", "balie", 30),   Past("paspoort", "Oost", "balie", 30),
          Past("rijbewijs", "Noord", "balie", 10), Past("rijbewijs", "", "balie", 10)};
}

TEST(ProposeTest, TopicsOfOneTeamShareOneRule) {
  const Proposal proposal =
      Made({Past("paspoort", "", "balie", 8), Past("rijbewijs", "", "balie", 5)});
  ASSERT_THAT(proposal.sop.rules, SizeIs(2));
  EXPECT_EQ(proposal.sop.rules[0].rule_id, "balie");
  EXPECT_THAT(proposal.sop.rules[0].when.topics, ElementsAre("paspoort", "rijbewijs"));
  EXPECT_TRUE(proposal.sop.rules[1].when.empty());
  EXPECT_EQ(proposal.sop.rules[1].then.team_id, sop::kDefaultTeam);
  EXPECT_EQ(proposal.sop.rules[0].source.comment, "13 zaken, waarvan 0,0 % bij een ander team\n");
  EXPECT_THAT(proposal.contradictions, IsEmpty());
}

TEST(ProposeTest, WhatGoesToTheKccNeedsNoRule) {
  const Proposal proposal = Made({Past("openingstijden", "", "kcc", 50)});
  EXPECT_THAT(proposal.sop.rules, SizeIs(1));
  EXPECT_EQ(proposal.learned.accuracy(), 1);
}

TEST(ProposeTest, AreasMakeTheTeamAndAreShared) {
  const Proposal proposal = Made(Districts());
  EXPECT_EQ(proposal.learned.right, proposal.learned.cases);
  EXPECT_THAT(proposal.sop.areas, SizeIs(3));
  for (const sop::SopRule& rule : proposal.sop.rules) {
    if (rule.then.team_id != "wijk-zuid") continue;
    EXPECT_THAT(rule.when.topics, ElementsAre("kuil", "sneeuw"));
    EXPECT_THAT(rule.when.areas, ElementsAre("zuid"));
  }
}

TEST(ProposeTest, TopicsOfOneKindTeachEachOtherTheMap) {
  const Proposal proposal = Made(Districts());
  EXPECT_EQ(TeamFor(proposal, "sneeuw", "Oost"), "wijk-oost");
  EXPECT_EQ(TeamFor(proposal, "rijbewijs", "Oost"), "balie");
  EXPECT_EQ(TeamFor(proposal, "geen-onderwerp", "Oost"), sop::kDefaultTeam);
}

TEST(ProposeTest, AFewStraysMakeNoRule) {
  std::vector<PastCase> cases = Districts();
  cases.push_back(Past("paspoort", "Noord", "wijk-noord", 2));
  const Proposal proposal = Made(cases);
  EXPECT_EQ(TeamFor(proposal, "paspoort", "Noord"), "balie");
  const auto& scores = proposal.learned.rules;
  const auto balie = std::find_if(scores.begin(), scores.end(),
                                  [](const RuleScore& score) { return score.rule_id == "balie"; });
  ASSERT_NE(balie, scores.end());
  EXPECT_EQ(balie->cases, 112);
  EXPECT_EQ(balie->wrong, 2);
  ASSERT_THAT(proposal.learned.confusions, SizeIs(1));
  EXPECT_EQ(proposal.learned.confusions[0].by_history, "wijk-noord");
}

TEST(ProposeTest, AChannelWithItsOwnTeamGetsARule) {
  const Proposal proposal = Made(
      {Past("verhuizing", "", "balie", 60, kPhone), Past("verhuizing", "", "digitaal", 40, kForm)});
  EXPECT_EQ(TeamFor(proposal, "verhuizing", "", kPhone), "balie");
  EXPECT_EQ(TeamFor(proposal, "verhuizing", "", kForm), "digitaal");
  EXPECT_THAT(proposal.contradictions, IsEmpty());
}

TEST(ProposeTest, NamesWhatHistoryContradictsItselfOn) {
  std::vector<PastCase> cases = Districts();
  cases.push_back(Past("overlast", "", "handhaving", 30));
  cases.push_back(Past("overlast", "", "beheer", 28));
  cases.push_back(Past("kuil", "Oost", "wijk-zuid", 15));
  const Proposal proposal = Made(cases);
  ASSERT_THAT(proposal.contradictions, SizeIs(2));
  const auto named = [&](const std::string& topic) {
    return *std::find_if(proposal.contradictions.begin(), proposal.contradictions.end(),
                         [&](const Contradiction& found) { return found.topic_id == topic; });
  };
  EXPECT_THAT(named("kuil").teams, ElementsAre(Pair("wijk-oost", 20), Pair("wijk-zuid", 15)));
  EXPECT_EQ(named("kuil").area, "Oost");
  EXPECT_EQ(named("overlast").topic_id, "overlast");
}

TEST(ProposeTest, TheMostUsefulRulesComeFirst) {
  const Proposal proposal = Made(Districts(), {}, {.most_rules = 2});
  ASSERT_THAT(proposal.sop.rules, SizeIs(2));
  EXPECT_EQ(proposal.sop.rules[0].then.team_id, "balie");
}

TEST(ProposeTest, TheOrderOfTheCasesDoesNotMatter) {
  std::vector<PastCase> cases = Districts();
  const Proposal first = Made(cases);
  std::mt19937 random(7);
  for (int i = 0; i < 20; ++i) {
    std::shuffle(cases.begin(), cases.end(), random);
    const Proposal other = Made(cases);
    ASSERT_EQ(other.sop.rules.size(), first.sop.rules.size());
    for (size_t rule = 0; rule < first.sop.rules.size(); ++rule) {
      EXPECT_EQ(other.sop.rules[rule].rule_id, first.sop.rules[rule].rule_id);
      EXPECT_EQ(other.sop.rules[rule].when.topics, first.sop.rules[rule].when.topics);
      EXPECT_EQ(other.sop.rules[rule].when.areas, first.sop.rules[rule].when.areas);
    }
  }
}

TEST(ProposeTest, TopicsBelowOthersGoFirst) {
  sop::Sop known;
  known.topics.resize(2);
  known.topics[0] = {{}, "documenten", "Documenten", "", ""};
  known.topics[1] = {{}, "paspoort", "Paspoort", "", "documenten"};
  const Proposal proposal =
      Made({Past("documenten", "Noord", "archief", 90), Past("documenten", "Zuid", "depot", 60),
            Past("paspoort", "Zuid", "balie", 5)},
           known);
  EXPECT_EQ(TeamFor(proposal, "documenten", "Zuid"), "depot");
  EXPECT_EQ(TeamFor(proposal, "paspoort", "Zuid"), "balie");
  EXPECT_THAT(proposal.sop.topics, SizeIs(2));
}

TEST(ProposeTest, DistrictsOfPostcodesAreAreasToo) {
  std::vector<PastCase> cases;
  for (const auto& [postcode, team] : {std::pair("2511AB", "noord"), std::pair("2511 XZ", "noord"),
                                       std::pair("2512AB", "zuid"), std::pair("2512AC", "zuid")}) {
    cases.push_back(Past("kuil", "", team, 20));
    cases.back().postcode = postcode;
  }
  const Proposal proposal = Made(cases);
  EXPECT_EQ(TeamFor(proposal, "kuil", "", kPhone, "2511CC"), "noord");
  EXPECT_EQ(TeamFor(proposal, "kuil", "", kPhone, "2512CC"), "zuid");
}

// What is proposed can be loaded as it stands: it reads back, and says nothing twice or never.
TEST(ProposeTest, TheDocumentIsSound) {
  std::vector<PastCase> cases = Districts();
  cases.push_back(Past("verhuizing", "", "balie", 60, kPhone));
  cases.push_back(Past("verhuizing", "", "digitaal", 40, kForm));
  const Proposal proposal = Made(cases);
  const std::string document = sop::WriteSop(proposal.sop);
  const absl::StatusOr<sop::Sop> read = sop::ParseSop(document);
  ASSERT_TRUE(read.ok()) << read.status() << "\n" << document;
  EXPECT_EQ(sop::WriteSop(*read), document);
  for (const verify::Finding& finding : verify::Verify(*read, {})) {
    EXPECT_NE(finding.kind, verify::Finding::Kind::kContradiction) << finding.message;
    EXPECT_NE(finding.kind, verify::Finding::Kind::kUnreachable) << finding.message;
    EXPECT_NE(finding.kind, verify::Finding::Kind::kNoOutcome) << finding.message;
  }
}

TEST(ProposeTest, WithoutHistoryThereIsNoProposal) {
  EXPECT_EQ(ReasonOf(Propose({}, {}, {}).status()), "no_history");
  EXPECT_EQ(ReasonOf(Propose(std::vector<PastCase>{Past("", "", "balie", 9)}, {}, {}).status()),
            "no_history");
}

TEST(ProposeTest, HoldsOutTheLastDays) {
  std::vector<PastCase> cases;
  for (int day = 1; day <= 10; ++day) {
    cases.push_back(Past("paspoort", "", day <= 8 ? "balie" : "digitaal", 10, kPhone, day));
    cases.push_back(Past("kuil", "", "wijk", 30, kPhone, day));
  }
  const auto card = HoldOut(cases, {}, {});
  ASSERT_TRUE(card.ok()) << card.status();
  EXPECT_EQ(card->cases, 80);
  EXPECT_EQ(card->right, 60);
  ASSERT_THAT(card->confusions, SizeIs(1));
  EXPECT_EQ(card->confusions[0].by_sop, "balie");
  EXPECT_EQ(card->confusions[0].by_history, "digitaal");
  EXPECT_EQ(card->confusions[0].cases, 20);
}

}  // namespace
}  // namespace wissel::router
