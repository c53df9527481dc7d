#include "libs/verify/witness_search.h"

#include "gtest/gtest.h"
#include "libs/sop/sop_reader.h"
#include "libs/sop/test_sops.h"

namespace wissel::verify {
namespace {

using SearchResult = WitnessSearch::SearchResult;

// Everything about papers goes elsewhere by one of two rules, over any channel.
constexpr char kCovered[] = R"(topics:
  - {id: papieren, name: Papieren}
rules:
  - {id: bellen, priority: 2, when: {topics: [papieren], channels: [phone]}, outcome: queue, team: a}
  - id: niet-bellen
    priority: 2
    when: {topics: [papieren], channels: [callback, email, form, chat, social, counter, post, internal]}
    outcome: queue
    team: a
  - {id: overig, outcome: queue, team: a}
)";

class WitnessSearchTest : public ::testing::Test {
 protected:
  // Whether a contact about papers is outside the first `count` rules.
  SearchResult StayOutOf(size_t count, int64_t budget, int64_t most) {
    const sop::Sop sop = sop::ParseSop(kCovered).value();
    const ContactSpace space(sop, {});
    WitnessSearch search(space, budget);
    size_t papers = 0;
    while (!space.rule(0).when.inside[kTopic].Has(papers)) ++papers;
    search.Start(papers);
    std::vector<WitnessSearch::Outside> rules;
    for (size_t i = 0; i < count; ++i) {
      rules.push_back({.when = &space.rule(i).when,
                       .unless = &space.rule(i).unless,
                       .rule = static_cast<int>(i)});
    }
    const SearchResult answer = search.StayOut(std::move(rules), most);
    is_spent_ = search.spent();
    return answer;
  }

  bool is_spent_ = false;
};

TEST_F(WitnessSearchTest, FindsAContactOrShowsThatThereIsNone) {
  EXPECT_EQ(StayOutOf(1, 1000, 1000), SearchResult::kFound);
  EXPECT_EQ(StayOutOf(2, 1000, 1000), SearchResult::kNone);
  EXPECT_FALSE(is_spent_);
}

// Where the budget ends it says so, and not that there is none.
TEST_F(WitnessSearchTest, GivesUpWhereTheBudgetEnds) {
  EXPECT_EQ(StayOutOf(2, 1000, 1), SearchResult::kGaveUp);
  EXPECT_FALSE(is_spent_);
  EXPECT_EQ(StayOutOf(2, 1, 1000), SearchResult::kGaveUp);
  EXPECT_TRUE(is_spent_);
}

}  // namespace
}  // namespace wissel::verify
