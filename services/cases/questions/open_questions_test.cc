#include "services/cases/questions/open_questions.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wissel::cases {
namespace {

using ::testing::ElementsAre;

TopicTree Topics() {
  routing::v1::ListTopicsResponse topics;
  for (const auto& [id, parent] :
       {std::pair("documenten", ""), std::pair("paspoort", "documenten"),
        std::pair("kinderpaspoort", "paspoort"), std::pair("rijbewijs", "documenten"),
        std::pair("a", "b"), std::pair("b", "a")}) {
    routing::v1::Topic* topic = topics.add_topics();
    topic->set_topic_id(id);
    topic->set_parent(parent);
  }
  return TopicTree(topics);
}

v1::OpenQuestion Open(int64_t reference, const char* topic,
                      std::initializer_list<v1::MatchKind> matches) {
  v1::OpenQuestion question;
  question.mutable_case_()->set_reference(reference);
  question.mutable_case_()->set_topic_id(topic);
  question.mutable_case_()->mutable_received_at()->set_seconds(reference);
  for (const v1::MatchKind match : matches) question.add_matches(match);
  return question;
}

std::vector<int64_t> References(const std::vector<v1::OpenQuestion>& questions) {
  std::vector<int64_t> references;
  for (const auto& question : questions) references.push_back(question.case_().reference());
  return references;
}

TEST(TopicTree, TopicsAboveAndBelowAreClose) {
  const TopicTree topics = Topics();
  EXPECT_TRUE(topics.AreClose("paspoort", "paspoort"));
  EXPECT_TRUE(topics.AreClose("kinderpaspoort", "documenten"));
  EXPECT_TRUE(topics.AreClose("documenten", "kinderpaspoort"));
  EXPECT_TRUE(topics.AreClose("", "afval"));
  EXPECT_TRUE(topics.AreClose("afval", ""));
  EXPECT_FALSE(topics.AreClose("rijbewijs", "paspoort"));
  EXPECT_FALSE(topics.AreClose("afval", "documenten"));
  // A circle, which no sound SOP has, ends too.
  EXPECT_FALSE(topics.AreClose("a", "documenten"));
  EXPECT_FALSE(TopicTree().AreClose("kinderpaspoort", "paspoort"));
}

TEST(Suggest, TheSurestComesFirst) {
  const auto suggested = Suggest(
      {Open(1, "paspoort", {v1::MATCH_KIND_NAME_AND_POSTCODE}), Open(2, "", {v1::MATCH_KIND_PHONE}),
       Open(3, "paspoort", {v1::MATCH_KIND_PHONE}), Open(4, "afval", {v1::MATCH_KIND_PHONE}),
       Open(5, "paspoort", {v1::MATCH_KIND_EMAIL}),
       Open(6, "documenten", {v1::MATCH_KIND_PHONE, v1::MATCH_KIND_EMAIL})},
      "paspoort", Topics());
  EXPECT_THAT(References(suggested), ElementsAre(5, 3, 6, 2, 1));
  EXPECT_TRUE(suggested[0].same_topic());
  EXPECT_FALSE(suggested[2].same_topic());
}

TEST(Suggest, FiveAtMost) {
  std::vector<v1::OpenQuestion> many;
  for (int64_t i = 1; i <= 9; ++i) many.push_back(Open(i, "", {v1::MATCH_KIND_PHONE}));
  EXPECT_THAT(References(Suggest(many, "", Topics())), ElementsAre(9, 8, 7, 6, 5));
}

}  // namespace
}  // namespace wissel::cases
