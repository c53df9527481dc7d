// The SOP of the demo municipality: nothing is found about it, and a KCC agent would agree with it.

#include <map>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "libs/decision/compiled_sop.h"
#include "libs/sop/sop_reader.h"
#include "libs/sop/sop_vocabulary.h"
#include "libs/sop/test_sops.h"
#include "libs/verify/verify.h"

namespace wissel::verify {

namespace v1 = ::wissel::routing::v1;
namespace {

constexpr absl::CivilDay kToday(2026, 11, 22);

class DemoSop : public ::testing::Test {
 protected:
  void SetUp() override {
    absl::StatusOr<sop::Sop> sop = sop::ParseSop(sop::RepositoryFile("deploy/demo/sop.yaml"));
    ASSERT_TRUE(sop.ok()) << sop.status();
    compiled_ = decision::CompiledSop::Compile(*std::move(sop), 1).value();
  }

  std::shared_ptr<const decision::CompiledSop> compiled_;
};

template <typename Value>
Value Read(const sop::Words<Value>& words, absl::string_view word) {
  for (const auto& [known, value] : words) {
    if (known == word) return value;
  }
  ADD_FAILURE() << "unknown word " << word;
  return Value();
}

// One line of questions.csv.
struct Question {
  // By heading.
  std::map<std::string, std::string> columns;

  // Views into this.
  decision::RoutingRequest Asked() const {
    decision::RoutingRequest request;
    request.channel = Read(sop::ChannelWords(), columns.at("channel"));
    request.topic_id = columns.at("topic");
    request.text = columns.at("text");
    request.is_business = columns.at("customer") == "business";
    request.is_urgent = columns.at("urgency") == "urgent";
    const std::string& place = columns.at("place");
    (place.empty() || place[0] > '9' ? request.neighbourhood : request.postcode) = place;
    request.menu_key = columns.at("menu");
    // "mon 10:00", or "mon 10:00 closed" for a closed day.
    const std::vector<std::string> moment = absl::StrSplit(columns.at("moment"), ' ');
    request.weekday = Read(sop::DayWords(), moment[0]);
    int hour = 0;
    int minute = 0;
    EXPECT_TRUE(absl::SimpleAtoi(moment[1].substr(0, 2), &hour) &&
                absl::SimpleAtoi(moment[1].substr(3), &minute));
    request.minute = hour * 60 + minute;
    request.closed_day = moment.size() > 2;
    return request;
  }
};

std::vector<Question> ReadQuestions() {
  const std::string text = sop::RepositoryFile("deploy/demo/questions.csv");
  std::vector<Question> questions;
  std::vector<std::string> headings;
  for (const absl::string_view line : absl::StrSplit(text, '\n', absl::SkipEmpty())) {
    const std::vector<std::string> values = absl::StrSplit(line, ';');
    if (headings.empty()) {
      headings = values;
      continue;
    }
    EXPECT_EQ(values.size(), headings.size()) << line;
    if (values.size() != headings.size()) return {};
    Question& question = questions.emplace_back();
    for (size_t i = 0; i < values.size(); ++i) question.columns[headings[i]] = values[i];
  }
  return questions;
}

TEST_F(DemoSop, NothingIsFoundAboutIt) {
  VerificationContext known{.teams = std::nullopt, .today = kToday};
  for (const bool with_directory : {false, true}) {
    if (with_directory) {
      known.teams.emplace();
      for (const sop::SopTeam& team : compiled_->sop().teams) {
        (*known.teams)[team.team_id] = {.name = team.team_id, .members = 2, .has_lead = true};
      }
    }
    for (const Finding& finding : Verify(compiled_->sop(), known)) {
      ADD_FAILURE() << finding.location.line << ": " << finding.message;
    }
  }
}

TEST_F(DemoSop, RoutesAsTheTableSays) {
  const std::vector<Question> questions = ReadQuestions();
  EXPECT_GE(questions.size(), 60u);
  for (const Question& question : questions) {
    const v1::Decision decision = compiled_->Decide(question.Asked());
    const std::string what =
        absl::StrCat(question.columns.at("channel"), ", ", question.columns.at("topic"), ", ",
                     question.columns.at("text"), ", ", question.columns.at("moment"));
    EXPECT_EQ(sop::WordFor(sop::OutcomeWords(), decision.outcome()), question.columns.at("outcome"))
        << what;
    EXPECT_EQ(decision.team_id(), question.columns.at("team")) << what;
    EXPECT_EQ(decision.rule_id(), question.columns.at("rule")) << what;
  }
}

TEST_F(DemoSop, EveryRuleStandsInTheTable) {
  std::map<std::string, int> asked;
  for (const Question& question : ReadQuestions()) ++asked[question.columns.at("rule")];
  for (const sop::SopRule& rule : compiled_->sop().rules) {
    EXPECT_GT(asked[rule.rule_id], 0) << rule.rule_id;
  }
}

TEST_F(DemoSop, EveryTopicHasAnAgreementOfItsOwn) {
  for (const sop::SopTopic& topic : compiled_->sop().topics) {
    const v1::Decision decision =
        compiled_->Decide({.channel = common::v1::CHANNEL_CALLBACK, .topic_id = topic.topic_id});
    EXPECT_NE(decision.rule_id(), "overig") << topic.topic_id;
  }
}

TEST_F(DemoSop, PutsThroughToTheOneNumberOfATeam) {
  const v1::Decision decision = compiled_->Decide(
      {.channel = common::v1::CHANNEL_PHONE, .topic_id = "woz", .weekday = 0, .minute = 600});
  EXPECT_EQ(decision.outcome(), v1::OUTCOME_TRANSFER);
  EXPECT_EQ(decision.phone_number(), "088 000 0220");
}

}  // namespace
}  // namespace wissel::verify
