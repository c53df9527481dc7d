// Each channel's request becomes the one contact that all share.

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "services/intake/answered.h"
#include "services/intake/callback.h"
#include "services/intake/email.h"
#include "services/intake/form.h"
#include "services/intake/social.h"

namespace wissel::intake {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A sound request; `more` is what its channel needs besides.
template <typename Request>
Request Sound() {
  Request request;
  request.set_idempotency_key("sleutel-0001");
  request.mutable_customer()->set_family_name(" Berg ");
  request.mutable_customer()->set_phone("06 12345678");
  request.mutable_customer()->set_email("berg@post.example");
  request.mutable_question()->set_subject(" Een vraag ");
  request.mutable_question()->set_text("Hoe dan?");
  request.mutable_question()->set_internal_note("intern");
  request.mutable_question()->set_topic_id("paspoort");
  return request;
}

std::vector<std::string> Wrong(const absl::StatusOr<cases::v1::Contact>& contact) {
  std::vector<std::string> wrong;
  for (const ErrorDetail& detail : DetailsOf(contact.status())) {
    wrong.push_back(absl::StrCat(detail.field, ": ", detail.reason));
  }
  return wrong;
}

void ExpectShared(const cases::v1::Contact& contact, common::v1::Channel channel) {
  EXPECT_EQ(contact.channel(), channel);
  EXPECT_EQ(contact.customer().family_name(), "Berg");
  EXPECT_EQ(contact.customer().phone(), "+31612345678");
  EXPECT_EQ(contact.question().subject(), "Een vraag");
  EXPECT_EQ(contact.question().text(), "Hoe dan?");
  EXPECT_EQ(contact.question().internal_note(), "intern");
  EXPECT_EQ(contact.question().topic_id(), "paspoort");
}

TEST(Callback, BecomesAContact) {
  auto request = Sound<v1::RegisterCallbackRequest>();
  request.mutable_preferred_moment()->mutable_not_before()->set_seconds(1775000000);
  const auto contact = FromCallback(request);
  ASSERT_TRUE(contact.ok()) << contact.status();
  ExpectShared(*contact, common::v1::CHANNEL_CALLBACK);
  EXPECT_EQ(contact->preferred_moment().not_before().seconds(), 1775000000);
  EXPECT_EQ(contact->outcome(), cases::v1::CASE_OUTCOME_UNSPECIFIED);
  EXPECT_FALSE(FromCallback(Sound<v1::RegisterCallbackRequest>())->has_preferred_moment());
  request.mutable_customer()->clear_phone();
  EXPECT_THAT(Wrong(FromCallback(request)), ElementsAre("customer.phone: required"));
}

TEST(Answered, IsClosedByItsKind) {
  auto request = Sound<v1::RegisterAnsweredRequest>();
  request.clear_customer();
  request.set_channel(common::v1::CHANNEL_PHONE);
  request.set_kind(v1::ANSWERED_KIND_ANSWERED);
  request.set_answer(" Zo dus. ");
  const auto contact = FromAnswered(request);
  ASSERT_TRUE(contact.ok()) << contact.status();
  EXPECT_EQ(contact->outcome(), cases::v1::CASE_OUTCOME_FIRST_CONTACT);
  EXPECT_EQ(contact->answer(), "Zo dus.");
  request.set_kind(v1::ANSWERED_KIND_STEERED);
  request.clear_answer();
  EXPECT_EQ(FromAnswered(request)->outcome(), cases::v1::CASE_OUTCOME_STEERED);
  request.set_kind(v1::ANSWERED_KIND_ACQUISITION);
  EXPECT_EQ(FromAnswered(request)->outcome(), cases::v1::CASE_OUTCOME_ACQUISITION);
}

TEST(Answered, NeedsAChannelAKindAndAnAnswer) {
  auto request = Sound<v1::RegisterAnsweredRequest>();
  EXPECT_THAT(Wrong(FromAnswered(request)),
              ElementsAre("channel: invalid_channel", "kind: required"));
  request.set_kind(v1::ANSWERED_KIND_ANSWERED);
  request.set_channel(common::v1::CHANNEL_EMAIL);
  EXPECT_THAT(Wrong(FromAnswered(request)),
              ElementsAre("channel: invalid_channel", "answer: required"));
  request.set_channel(common::v1::CHANNEL_SOCIAL);
  std::string answer;
  for (int i = 0; i < 4000; ++i) answer += "ï";
  request.set_answer(answer);
  EXPECT_THAT(Wrong(FromAnswered(request)), IsEmpty());
  request.set_answer(answer + "x");
  EXPECT_THAT(Wrong(FromAnswered(request)), ElementsAre("answer: too_long"));
}

TEST(Form, BecomesAContact) {
  auto request = Sound<v1::SubmitFormRequest>();
  request.set_form_id("contact");
  request.mutable_customer()->clear_email();
  const auto contact = FromForm(request);
  ASSERT_TRUE(contact.ok()) << contact.status();
  ExpectShared(*contact, common::v1::CHANNEL_FORM);
  EXPECT_EQ(contact->account(), "contact");
  EXPECT_EQ(contact->external_id(), "");
  request.mutable_customer()->clear_phone();
  EXPECT_THAT(Wrong(FromForm(request)), ElementsAre("customer: required"));
}

TEST(Email, BecomesAContact) {
  auto request = Sound<v1::RegisterEmailRequest>();
  request.set_account("info@voorbeeldstad.example");
  request.set_external_id("<1@post.example>");
  const auto contact = FromEmail(request);
  ASSERT_TRUE(contact.ok()) << contact.status();
  ExpectShared(*contact, common::v1::CHANNEL_EMAIL);
  EXPECT_EQ(contact->account(), "info@voorbeeldstad.example");
  EXPECT_EQ(contact->external_id(), "<1@post.example>");
  request.mutable_customer()->clear_email();
  EXPECT_THAT(Wrong(FromEmail(request)), ElementsAre("customer.email: required"));
}

TEST(Social, NeedsTheMessageAndNotAnAddress) {
  auto request = Sound<v1::RegisterSocialMessageRequest>();
  request.clear_customer();
  EXPECT_THAT(Wrong(FromSocial(request)),
              ElementsAre("account: required", "external_id: required"));
  request.set_account("mastodon:@voorbeeldstad");
  request.set_external_id("1");
  EXPECT_THAT(Wrong(FromSocial(request)), IsEmpty());
}

// (C9) Mail, forms and messages come as they are.
TEST(AdaptersOfMessages, TakeWhatMachinesWrite) {
  const auto strange = [](auto request) {
    request.mutable_question()->clear_subject();
    request.mutable_question()->set_text(std::string("Regel\0 een\vregel twee\u0085", 23));
    return request;
  };
  auto email = strange(Sound<v1::RegisterEmailRequest>());
  email.set_external_id("<1\r\n 2@post.example>");
  auto social = strange(Sound<v1::RegisterSocialMessageRequest>());
  social.set_account("mastodon:@voorbeeldstad");
  social.set_external_id("1");
  for (const auto& contact :
       {FromEmail(email), FromForm(strange(Sound<v1::SubmitFormRequest>())), FromSocial(social)}) {
    ASSERT_TRUE(contact.ok()) << contact.status();
    EXPECT_EQ(contact->question().subject(), "Regel een");
    EXPECT_EQ(contact->question().text(), "Regel een\nregel twee");
  }
  EXPECT_EQ(FromEmail(email)->external_id(), "<1  2@post.example>");
}

}  // namespace
}  // namespace wissel::intake
