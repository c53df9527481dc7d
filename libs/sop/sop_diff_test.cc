#include "libs/sop/sop_diff.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/sop/sop_reader.h"
#include "libs/sop/test_sops.h"

namespace wissel::sop {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class SopDiffTest : public ::testing::Test {
 protected:
  SopDiffTest()
      : before_(ParseSop(RepositoryFile("deploy/demo/sop.yaml")).value()), after_(before_) {}

  size_t Place(const std::string& rule_id) const {
    for (size_t i = 0; i < after_.rules.size(); ++i) {
      if (after_.rules[i].rule_id == rule_id) return i;
    }
    ADD_FAILURE() << "no rule " << rule_id;
    return 0;
  }
  SopRule& Rule(const std::string& rule_id) { return after_.rules[Place(rule_id)]; }

  SopDiff Diff() const { return DiffSops(before_, after_); }

  // "changed rule klacht", of each change.
  std::vector<std::string> Changes() const {
    std::vector<std::string> changes;
    for (const SopChange& change : Diff().changes) {
      static constexpr const char* kKinds[] = {"?", "added", "removed", "changed", "moved"};
      changes.push_back(absl::StrCat(kKinds[change.kind], " ", change.part, " ", change.id));
    }
    return changes;
  }

  Sop before_;
  Sop after_;
};

TEST_F(SopDiffTest, NothingDiffersFromItself) {
  EXPECT_THAT(Changes(), IsEmpty());
  EXPECT_THAT(Diff().team_ids, IsEmpty());
}

TEST_F(SopDiffTest, CommentsAndPlacesDoNotCount) {
  after_.comment = "Anders.\n";
  Rule("klacht").source = {.location = {.line = 9, .column = 9}, .comment = "Anders.\n"};
  EXPECT_THAT(Changes(), IsEmpty());
}

TEST_F(SopDiffTest, AChangedRuleConcernsBothTeams) {
  Rule("klacht").then.team_id = "openbare-orde";
  Rule("klacht").when.channels = {common::v1::CHANNEL_PHONE};
  const SopDiff diff = Diff();
  ASSERT_EQ(diff.changes.size(), 1u);
  const SopChange& change = diff.changes[0];
  EXPECT_EQ(change.kind, v1::CHANGE_KIND_CHANGED);
  EXPECT_EQ(change.description,
            "Het team verandert van kcc naar openbare-orde; de voorwaarden veranderen.");
  EXPECT_THAT(change.team_ids, ElementsAre("kcc", "openbare-orde"));
  EXPECT_THAT(diff.team_ids, ElementsAre("kcc", "openbare-orde"));
  EXPECT_TRUE(absl::StrContains(change.before, "team: kcc")) << change.before;
  EXPECT_TRUE(absl::StrContains(change.after, "team: openbare-orde")) << change.after;
}

TEST_F(SopDiffTest, AddedInTheOrderOfTheNewDocumentRemovedLast) {
  SopRule fresh = Rule("klacht");
  fresh.rule_id = "compliment";
  after_.rules.erase(after_.rules.begin() + static_cast<ptrdiff_t>(Place("acquisitie")));
  after_.rules.insert(after_.rules.begin() + static_cast<ptrdiff_t>(Place("klacht")), fresh);
  Rule("bezwaar").then.script = "Anders.";
  EXPECT_THAT(Changes(), ElementsAre("added rule compliment", "changed rule bezwaar",
                                     "removed rule acquisitie"));
  const SopDiff diff = Diff();
  EXPECT_EQ(diff.changes[0].before, "");
  EXPECT_EQ(diff.changes[2].after, "");
}

TEST_F(SopDiffTest, OneRuleThatMovesIsTheOnlyOneThatMoved) {
  SopRule rule = Rule("parkeren");
  after_.rules.erase(after_.rules.begin() + static_cast<ptrdiff_t>(Place("parkeren")));
  after_.rules.insert(after_.rules.begin() + static_cast<ptrdiff_t>(Place("schade")), rule);
  EXPECT_THAT(Changes(), ElementsAre("moved rule parkeren"));
  EXPECT_THAT(Diff().team_ids, ElementsAre("kcc", "parkeren"));
}

TEST_F(SopDiffTest, APlaceAmongOtherPrioritiesIsNoMove) {
  std::swap(after_.rules.front(), after_.rules.back());
  // The two of the highest priority change places, whichever is said to move.
  EXPECT_EQ(Changes().size(), 1u);
}

TEST_F(SopDiffTest, AnotherPriorityIsAChange) {
  Rule("klacht").priority = 55;
  const SopDiff diff = Diff();
  ASSERT_EQ(diff.changes.size(), 1u);
  EXPECT_EQ(diff.changes[0].description, "De prioriteit verandert van 50 naar 55.");
}

TEST_F(SopDiffTest, ATopicConcernsTheTeamsOfTheRulesAboutIt) {
  for (SopTopic& topic : after_.topics) {
    if (topic.topic_id == "vooroverleg") topic.name = "Praten over een bouwplan";
  }
  EXPECT_THAT(Changes(), ElementsAre("changed topic vooroverleg"));
  EXPECT_THAT(Diff().team_ids, ElementsAre("kcc", "vergunningen"));
}

TEST_F(SopDiffTest, AreasMenuAndTeams) {
  after_.areas[1].postcodes.push_back("2506");
  after_.menu[2].says = "Voor bedrijven";
  after_.teams[5].transfer_number = "088 000 0912";
  EXPECT_THAT(Changes(), ElementsAre("changed team openbare-ruimte", "changed menu 3",
                                     "changed area stationsgebied"));
  EXPECT_THAT(Diff().team_ids, ElementsAre("bedrijvencontactpunt", "kcc", "openbare-ruimte"));
  EXPECT_EQ(Diff().changes[0].description,
            "Het doorverbindnummer verandert van 088 000 0911 naar 088 000 0912.");
}

TEST_F(SopDiffTest, FromNothingEverythingIsNew) {
  const SopDiff diff = DiffSops(Sop(), after_);
  EXPECT_EQ(diff.changes.size(), after_.teams.size() + after_.menu.size() + after_.areas.size() +
                                     after_.topics.size() + after_.rules.size());
  EXPECT_THAT(diff.team_ids, Contains("jeugd"));
  EXPECT_EQ(ToProto(diff).changes_size(), static_cast<int>(diff.changes.size()));
}

}  // namespace
}  // namespace wissel::sop
