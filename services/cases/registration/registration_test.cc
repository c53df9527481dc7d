#include "services/cases/registration/registration.h"

#include "gtest/gtest.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/calendar/time_zone.h"

namespace wissel::cases {
namespace {

const absl::Time kDay = absl::FromUnixSeconds(1'775'000'000);

v1::RegisterContactRequest Good() {
  v1::RegisterContactRequest request;
  request.set_idempotency_key("callback-1");
  request.set_request_hash(std::string(32, 'h'));
  v1::Contact& contact = *request.mutable_contact();
  contact.set_channel(common::v1::CHANNEL_CALLBACK);
  contact.mutable_customer()->set_phone("+31201234567");
  contact.mutable_question()->set_subject("Paspoort");
  contact.mutable_decision()->set_team_id("burgerzaken");
  return request;
}

// "reason field" of what is wrong once `change` was made; empty if nothing is.
template <typename Change>
std::string Wrong(Change change) {
  v1::RegisterContactRequest request = Good();
  change(request, *request.mutable_contact());
  const absl::Status status = CheckRequest(request);
  if (status.ok()) return "";
  return ReasonOf(status) + " " + DetailsOf(status).front().field;
}

TEST(Registration, TakesWhatKeepsToTheLimits) {
  EXPECT_EQ(Wrong([](auto&, auto&) {}), "");
  EXPECT_EQ(Wrong([](auto&, auto& contact) { contact.clear_customer(); }), "")
      << "a medium may be the only way back";
  EXPECT_EQ(Wrong([](auto&, auto& contact) {
              contact.mutable_question()->set_text("Eerste regel\n\tTweede é €");
              contact.mutable_question()->set_subject(std::string(200, 'x'));
              contact.mutable_customer()->set_email("a.b+c@xn--voorbeeld.nl");
              contact.set_outcome(v1::CASE_OUTCOME_STEERED);
            }),
            "");
}

TEST(Registration, NamesTheFieldThatIsWrong) {
  using Request = v1::RegisterContactRequest;
  using Contact = v1::Contact;
  EXPECT_EQ(Wrong([](Request& request, Contact&) { request.clear_idempotency_key(); }),
            "required idempotency_key");
  EXPECT_EQ(Wrong([](Request& request, Contact&) { request.set_request_hash("short"); }),
            "invalid_request_hash request_hash");
  EXPECT_EQ(Wrong([](Request&, Contact& contact) { contact.clear_channel(); }),
            "invalid_channel contact.channel");
  EXPECT_EQ(Wrong([](Request&, Contact& contact) { contact.set_channel(common::v1::Channel(42)); }),
            "invalid_channel contact.channel");
  EXPECT_EQ(
      Wrong([](Request&, Contact& contact) { contact.set_outcome(v1::CASE_OUTCOME_WITHDRAWN); }),
      "invalid_outcome contact.outcome");
  EXPECT_EQ(Wrong([](Request&, Contact& contact) { contact.mutable_question()->clear_subject(); }),
            "required contact.question.subject");
  EXPECT_EQ(Wrong([](Request&, Contact& contact) {
              contact.mutable_question()->set_text(std::string(1001, 'x'));
            }),
            "too_long contact.question.text");
  EXPECT_EQ(Wrong([](Request&, Contact& contact) {
              contact.mutable_customer()->set_family_name(std::string("a\0b", 3));
            }),
            "invalid_character contact.customer.family_name");
  EXPECT_EQ(Wrong([](Request&, Contact& contact) {
              contact.mutable_customer()->set_phone("020-1234567");
            }),
            "invalid_phone contact.customer.phone");
  for (const char* email : {"geen-adres", "@nl", "a@", "a b@nl"}) {
    EXPECT_EQ(
        Wrong([&](Request&, Contact& contact) { contact.mutable_customer()->set_email(email); }),
        "invalid_email contact.customer.email")
        << email;
  }
  EXPECT_EQ(Wrong([](Request&, Contact& contact) {
              *contact.mutable_preferred_moment()->mutable_not_before() = ToProto(kDay);
              *contact.mutable_preferred_moment()->mutable_not_after() = ToProto(kDay);
            }),
            "invalid_moment contact.preferred_moment.not_after");
}

TEST(Registration, ShowsThePersonOrElseTheOrganisation) {
  common::v1::Customer customer;
  EXPECT_EQ(DisplayName(customer), "");
  customer.set_organisation("Bakkerij De Vries");
  EXPECT_EQ(DisplayName(customer), "Bakkerij De Vries");
  customer.set_family_name("Berg");
  customer.set_name_prefix("van de");
  EXPECT_EQ(DisplayName(customer), "van de Berg");
  customer.set_given_name("A.");
  EXPECT_EQ(DisplayName(customer), "A. van de Berg");
}

class MakeCaseTest : public ::testing::Test {
 protected:
  MakeCaseTest() {
    municipality_.zone = calendar::Amsterdam();
    municipality_.AddTeam({.team_id = "kcc", .mailbox = "kcc@gemeente.example", .is_kcc = true});
    municipality_.AddTeam({.team_id = "burgerzaken", .mailbox = "bz@gemeente.example"});
    who_.account_id = "agent-1";
    who_.display_name = "Anouk Jansen";
  }

  NewCase Make(const v1::RegisterContactRequest& request) {
    return MakeCase(request, who_, municipality_, 7273245577, kDay).value();
  }

  municipality::MunicipalitySnapshot municipality_;
  rpc::Principal who_;
};

TEST_F(MakeCaseTest, AnOpenCaseIsWithTheTeamThatTheSopNames) {
  const NewCase row = Make(Good());
  EXPECT_EQ(row.team_id, "burgerzaken");
  EXPECT_EQ(row.outcome, 0);
  EXPECT_EQ(row.due_at, absl::InfiniteFuture());
  EXPECT_FALSE(row.norm_working_days);
  EXPECT_EQ(row.actor_name, "Anouk Jansen");
  EXPECT_EQ(row.response.team_id(), "burgerzaken");
  EXPECT_FALSE(row.response.has_received_at());
  EXPECT_FALSE(row.response.has_due_at());
}

TEST_F(MakeCaseTest, WithoutThatTeamItIsWithTheKcc) {
  v1::RegisterContactRequest request = Good();
  request.mutable_contact()->mutable_decision()->set_team_id("opgeheven");
  EXPECT_EQ(Make(request).team_id, "kcc");
  request.mutable_contact()->mutable_decision()->set_pending(true);
  EXPECT_TRUE(Make(request).routing_pending);
}

TEST_F(MakeCaseTest, ClosedAtOnceIsAnsweredByTheKccAndWaitsForNobody) {
  v1::RegisterContactRequest request = Good();
  v1::Contact& contact = *request.mutable_contact();
  contact.set_answer("Ja hoor.");
  EXPECT_EQ(Make(request).answer, "") << "an open case has no answer";
  contact.set_outcome(v1::CASE_OUTCOME_FIRST_CONTACT);
  contact.mutable_decision()->set_pending(true);
  const NewCase row = Make(request);
  EXPECT_EQ(row.team_id, "kcc");
  EXPECT_EQ(row.answer, "Ja hoor.");
  EXPECT_FALSE(row.routing_pending);
}

TEST_F(MakeCaseTest, WithoutAnyTeamItIsRefused) {
  const auto made = MakeCase(Good(), who_, municipality::MunicipalitySnapshot(), 17, kDay);
  EXPECT_EQ(ReasonOf(made.status()), "no_kcc_team");
}

TEST(SetReceipt, FillsInTheMomentOnce) {
  v1::RegisterContactResponse answer;
  SetReceipt(kDay, answer);
  EXPECT_EQ(FromProto(answer.received_at()), kDay);
  SetReceipt(kDay + absl::Hours(1), answer);
  EXPECT_EQ(FromProto(answer.received_at()), kDay) << "a repeat keeps the first receipt";
}

}  // namespace
}  // namespace wissel::cases
