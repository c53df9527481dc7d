// The SOP of the demo municipality: sound, and a KCC agent would agree with it.

#include "gtest/gtest.h"
#include "services/router/test_sops.h"

namespace wissel::router {
namespace {

class DemoSop : public ::testing::Test {
 protected:
  void SetUp() override {
    absl::StatusOr<Sop> sop = ParseSop(RepositoryFile("deploy/demo/sop.yaml"));
    ASSERT_TRUE(sop.ok()) << sop.status();
    compiled_ = CompiledSop::Compile(*std::move(sop), 1).value();
  }

  std::shared_ptr<const CompiledSop> compiled_;
};

struct Question {
  Channel channel;
  const char* topic;
  const char* text;
  bool is_business;
  v1::Outcome outcome;
  const char* team;
};

TEST_F(DemoSop, RoutesTypicalQuestions) {
  using namespace common::v1;  // NOLINT: channels by name keep the table readable.
  using namespace v1;          // NOLINT
  const Question kQuestions[] = {
      {CHANNEL_PHONE, "paspoort", "paspoort verlopen", false, OUTCOME_ANSWER, "burgerzaken"},
      {CHANNEL_CALLBACK, "paspoort", "ligt nog niet klaar", false, OUTCOME_QUEUE, "burgerzaken"},
      {CHANNEL_PHONE, "verhuizen", "ik ga verhuizen", false, OUTCOME_STEER, "burgerzaken"},
      {CHANNEL_PHONE, "overlijden", "mijn vader is overleden", false, OUTCOME_TRANSFER,
       "burgerzaken"},
      {CHANNEL_PHONE, "straatverlichting", "lamp kapot", false, OUTCOME_STEER, "openbare-ruimte"},
      {CHANNEL_PHONE, "weg-en-stoep", "gevaarlijk gat in de weg", false, OUTCOME_TRANSFER,
       "openbare-ruimte"},
      {CHANNEL_PHONE, "foutparkeren", "auto op de stoep", false, OUTCOME_STEER, "handhaving"},
      {CHANNEL_PHONE, "bijstand-aanvragen", "geen geld", false, OUTCOME_STEER, "werk-en-inkomen"},
      {CHANNEL_PHONE, "bijstand", "uitkering te laag", false, OUTCOME_TRANSFER, "werk-en-inkomen"},
      {CHANNEL_EMAIL, "bijstand", "uitkering te laag", false, OUTCOME_QUEUE, "werk-en-inkomen"},
      {CHANNEL_PHONE, "geldzorgen", "schulden", false, OUTCOME_STEER, "werk-en-inkomen"},
      {CHANNEL_PHONE, "werkgevers", "personeel", true, OUTCOME_STEER, "werk-en-inkomen"},
      {CHANNEL_PHONE, "vooroverleg", "aanbouw", false, OUTCOME_STEER, "vergunningen"},
      {CHANNEL_PHONE, "omgevingsvergunning", "dakkapel", false, OUTCOME_STEER, "vergunningen"},
      {CHANNEL_EMAIL, "omgevingsvergunning", "stukken", false, OUTCOME_QUEUE, "vergunningen"},
      {CHANNEL_PHONE, "omgevingsplan", "wat mag er", false, OUTCOME_STEER, "vergunningen"},
      {CHANNEL_PHONE, "terras", "groter terras", true, OUTCOME_STEER, "vergunningen"},
      {CHANNEL_PHONE, "maatschappelijk-vastgoed", "zaal huren", false, OUTCOME_STEER, "kcc"},
      {CHANNEL_PHONE, "ruimtelijke-projecten", "planning", false, OUTCOME_STEER, "openbare-ruimte"},
      {CHANNEL_PHONE, "markt", "kraam", true, OUTCOME_TRANSFER, "bedrijvencontactpunt"},
      {CHANNEL_PHONE, "jeugdhulp", "hulp", false, OUTCOME_STEER, "jeugd"},
      {CHANNEL_PHONE, "schade", "deuk", false, OUTCOME_STEER, "schade"},
      {CHANNEL_PHONE, "openbare-orde", "onrust", false, OUTCOME_TRANSFER, "openbare-orde"},
      {CHANNEL_EMAIL, "openbare-orde", "onrust", false, OUTCOME_QUEUE, "openbare-orde"},
      {CHANNEL_PHONE, "acquisitie", "printers", true, OUTCOME_REJECT, "kcc"},
      {CHANNEL_EMAIL, "", "Vrijblijvende offerte voor uw website", true, OUTCOME_REJECT, "kcc"},
      {CHANNEL_EMAIL, "", "Er ligt een losse stoeptegel bij de school", false, OUTCOME_STEER,
       "openbare-ruimte"},
      {CHANNEL_EMAIL, "", "Kwijtschelding afgewezen", false, OUTCOME_QUEUE, "belastingen"},
      {CHANNEL_FORM, "", "Ik wil een dakkapel plaatsen", false, OUTCOME_QUEUE, "vergunningen"},
      {CHANNEL_SOCIAL, "", "parkeervergunning na verhuizing", false, OUTCOME_QUEUE, "burgerzaken"},
      {CHANNEL_EMAIL, "", "Wij willen ons bedrijf uitbreiden", true, OUTCOME_QUEUE,
       "bedrijvencontactpunt"},
      {CHANNEL_PHONE, "openingstijden", "", false, OUTCOME_ANSWER, "kcc"},
      {CHANNEL_EMAIL, "", "Goedemiddag, ik heb een vraag", false, OUTCOME_QUEUE, "kcc"},
  };
  for (const Question& question : kQuestions) {
    const v1::Decision decision = compiled_->Decide({.channel = question.channel,
                                                     .topic_id = question.topic,
                                                     .text = question.text,
                                                     .is_business = question.is_business});
    EXPECT_EQ(v1::Outcome_Name(decision.outcome()), v1::Outcome_Name(question.outcome))
        << question.topic << " / " << question.text << ": " << decision.rule_id();
    EXPECT_EQ(decision.team_id(), question.team)
        << question.topic << " / " << question.text << ": " << decision.rule_id();
  }
}

TEST_F(DemoSop, EveryTopicHasAnAgreementOfItsOwn) {
  for (const SopTopic& topic : compiled_->sop().topics) {
    const v1::Decision decision =
        compiled_->Decide({.channel = common::v1::CHANNEL_CALLBACK, .topic_id = topic.topic_id});
    EXPECT_NE(decision.rule_id(), "overig") << topic.topic_id;
  }
}

TEST_F(DemoSop, EveryRuleIsReached) {
  // Over all channels, topics and kinds of customer, with and without each rule's keywords, no rule
  // without keywords stays unused.
  std::vector<bool> used(compiled_->sop().rules.size());
  std::vector<std::string> topics = {""};
  for (const SopTopic& topic : compiled_->sop().topics) topics.push_back(topic.topic_id);
  for (int channel = 1; channel <= 9; ++channel) {
    for (const std::string& topic : topics) {
      for (const bool business : {false, true}) {
        used[compiled_->Match({.channel = static_cast<Channel>(channel),
                               .topic_id = topic,
                               .is_business = business})] = true;
      }
    }
  }
  for (size_t i = 0; i < used.size(); ++i) {
    const SopRule& rule = compiled_->sop().rules[i];
    EXPECT_TRUE(used[i] || !rule.when.keywords.empty()) << rule.rule_id;
  }
}

}  // namespace
}  // namespace wissel::router
