#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "services/cases/actions/case_actions.h"
#include "services/cases/test_cases.h"

namespace wissel::cases {
namespace {

using CaseActionsTest = CasesTest;

v1::AnswerCaseRequest AnswerOf(int64_t reference, const std::string& text) {
  auto request = On<v1::AnswerCaseRequest>(reference);
  request.set_text(text);
  return request;
}

v1::ForwardCaseRequest ForwardOf(int64_t reference, const std::string& team_id) {
  auto request = On<v1::ForwardCaseRequest>(reference);
  request.set_team_id(team_id);
  return request;
}

v1::ReopenCaseRequest ReopenOf(int64_t reference) {
  auto request = On<v1::ReopenCaseRequest>(reference);
  request.set_reason("De vraag was nog niet beantwoord.");
  return request;
}

TEST_F(CaseActionsTest, OfTwoWhoClaimAtOnceOneWinsAndTheOtherHearsWho) {
  constexpr int kRounds = 50;
  PlantCases(1000, kRounds, "parkeren");
  for (int64_t reference = 1000; reference < 1000 + kRounds; ++reference) {
    absl::Status status[2];
    v1::ClaimCaseResponse response[2];
    std::thread other([&] {
      status[1] = actions_.Claim(Member("bob", "parkeren"), On<v1::ClaimCaseRequest>(reference),
                                 &response[1]);
    });
    status[0] = actions_.Claim(Member("ann", "parkeren"), On<v1::ClaimCaseRequest>(reference),
                               &response[0]);
    other.join();

    ASSERT_NE(status[0].ok(), status[1].ok()) << status[0] << status[1];
    const int won = status[0].ok() ? 0 : 1;
    const absl::Status& lost = status[1 - won];
    ASSERT_EQ(ReasonOf(lost), "already_claimed") << lost;
    EXPECT_EQ(DetailsOf(lost)[0].facts.at("claimed_by"), response[won].case_().claimed_by_name());
    EXPECT_EQ(Of(reference, "claimed_by"), won == 0 ? "ann" : "bob");
    EXPECT_EQ(Events(reference), "1 3");
  }
}

TEST_F(CaseActionsTest, EightTimesTheSameKeyAtOnceIsOneAttempt) {
  PlantCases(1, 1, "parkeren");
  auto request = On<v1::RecordAttemptRequest>(1);
  request.set_note("Voicemail ingesproken.");
  std::vector<absl::Status> statuses(8);
  std::vector<v1::RecordAttemptResponse> responses(8);
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      statuses[i] = actions_.RecordAttempt(Member("ann", "parkeren"), request, &responses[i]);
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (int i = 0; i < 8; ++i) {
    ASSERT_TRUE(statuses[i].ok()) << statuses[i];
    EXPECT_EQ(responses[i].SerializeAsString(), responses[0].SerializeAsString());
  }
  EXPECT_EQ(Of(1, "attempts"), "1");
  EXPECT_EQ(Events(1), "1 3 6");
}

TEST_F(CaseActionsTest, AKeyGivesItsFirstAnswerAgainAndTakesNoOtherBody) {
  PlantCases(1, 2, "parkeren");
  const auto request = AnswerOf(1, "Ja, dat kan.");
  v1::AnswerCaseResponse first, again;
  ASSERT_TRUE(actions_.Answer(Member("ann", "parkeren"), request, &first).ok());
  v1::ReopenCaseResponse reopened;
  ASSERT_TRUE(actions_.Reopen(Lead("bob", "parkeren"), ReopenOf(1), &reopened).ok());

  ASSERT_TRUE(actions_.Answer(Member("ann", "parkeren"), request, &again).ok());
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(Events(1), "1 8 12");

  auto other_text = request;
  other_text.set_text("Nee.");
  EXPECT_EQ(ReasonOf(actions_.Answer(Member("ann", "parkeren"), other_text, &again)),
            "idempotency_key_reused");
  EXPECT_EQ(ReasonOf(actions_.Answer(Member("bob", "parkeren"), request, &again)),
            "idempotency_key_reused");
  v1::ClaimCaseRequest other_method;
  other_method.set_idempotency_key(request.idempotency_key());
  other_method.set_reference(2);
  v1::ClaimCaseResponse claimed;
  EXPECT_EQ(ReasonOf(actions_.Claim(Member("ann", "parkeren"), other_method, &claimed)),
            "idempotency_key_reused");
  EXPECT_EQ(Events(2), "1");
}

TEST_F(CaseActionsTest, AKeyOfARefusedCallIsFreeAgain) {
  PlantCases(1, 1, "parkeren");
  const auto request = On<v1::UnclaimCaseRequest>(1);
  v1::UnclaimCaseResponse response;
  EXPECT_EQ(ReasonOf(actions_.Unclaim(Member("ann", "parkeren"), request, &response)),
            "not_claimed");
  v1::ClaimCaseResponse claimed;
  ASSERT_TRUE(
      actions_.Claim(Member("ann", "parkeren"), On<v1::ClaimCaseRequest>(1), &claimed).ok());
  ASSERT_TRUE(actions_.Unclaim(Member("ann", "parkeren"), request, &response).ok());
  EXPECT_EQ(response.case_().state(), v1::CASE_STATE_QUEUED);
  EXPECT_EQ(response.case_().version(), 3);
}

TEST_F(CaseActionsTest, AnAnswerClosesTheCaseAndIsMailedOnce) {
  PlantCases(1, 1, "parkeren", "'2030-04-03 15:00Z'", "bewoner@voorbeeld.example");
  PlantCases(2, 1, "parkeren");
  v1::AnswerCaseResponse response;
  ASSERT_TRUE(actions_.Answer(Member("ann", "parkeren"), AnswerOf(1, "Ja."), &response).ok());
  EXPECT_EQ(response.case_().state(), v1::CASE_STATE_CLOSED);
  EXPECT_EQ(response.case_().outcome(), v1::CASE_OUTCOME_ANSWERED);
  EXPECT_EQ(Of(1, "answer"), "Ja.");
  EXPECT_EQ(Mails(1), "customer_answer>bewoner@voorbeeld.example");
  EXPECT_EQ(database_.Admin("select payload->>'text' from cases.caused_mail where sequence > 1"),
            "Ja.");
  EXPECT_EQ(database_.Admin("select actor_id || '/' || actor_name || '/' || outcome from"
                            " cases.case_event where case_id = 1 and sequence = 2"),
            "ann/Naam van ann/2");
  EXPECT_EQ(database_.Admin("select f.closed_at = e.at from cases.case_file f"
                            " join cases.case_event e using (case_id) where e.sequence = 2"),
            "t");

  ASSERT_TRUE(actions_.Answer(Member("ann", "parkeren"), AnswerOf(2, "Ja."), &response).ok());
  EXPECT_EQ(Mails(2), "");
}

TEST_F(CaseActionsTest, AnInterimReplyNeedsAnAddressAndKeepsTheCaseInHand) {
  PlantCases(1, 1, "parkeren");
  PlantCases(2, 1, "parkeren", "'2030-04-03 15:00Z'", "bewoner@voorbeeld.example");
  auto request = On<v1::SendInterimReplyRequest>(1);
  request.set_text("Wij zijn ermee bezig.");
  v1::SendInterimReplyResponse response;
  EXPECT_EQ(ReasonOf(actions_.SendInterimReply(Member("ann", "parkeren"), request, &response)),
            "no_address");
  EXPECT_EQ(Events(1), "1");
  request.set_reference(2);
  ASSERT_TRUE(actions_.SendInterimReply(Member("ann", "parkeren"), request, &response).ok());
  EXPECT_EQ(response.case_().claimed_by(), "ann");
  EXPECT_EQ(Mails(2), "customer_interim_reply>bewoner@voorbeeld.example");
  EXPECT_EQ(Events(2), "1 3 7");
}

TEST_F(CaseActionsTest, AForwardedCaseKeepsItsClockAndTellsTheNewTeam) {
  PlantCases(1, 2, "burgerzaken");
  const std::string due = Of(1, "due_at");
  v1::ForwardCaseResponse response;
  ASSERT_TRUE(actions_.Forward(AgentCall(), ForwardOf(1, "parkeren"), &response).ok());
  EXPECT_EQ(response.case_().team_id(), "parkeren");
  EXPECT_EQ(Of(1, "due_at"), due);
  EXPECT_EQ(Events(1), "1 11");
  EXPECT_EQ(Mails(1), "team_forwarded_case>parkeren@gemeente.example");
  EXPECT_EQ(database_.Admin("select payload::text from cases.caused_mail where sequence > 1"),
            R"({"link": "/zaak/1", "reference": 1})");

  // A team without a mailbox is not passed over.
  ASSERT_TRUE(actions_.Forward(AgentCall(), ForwardOf(2, "verleden"), &response).ok());
  EXPECT_EQ(Mails(2), "team_forwarded_case>kcc@gemeente.example");

  const absl::Status nowhere =
      actions_.Forward(AgentCall(), ForwardOf(1, "bestaatniet"), &response);
  EXPECT_EQ(nowhere.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReasonOf(nowhere), "no_such_team");
  EXPECT_EQ(DetailsOf(nowhere)[0].field, "team_id");
}

// The trail of a forward was once written afterwards, elsewhere, or not.
TEST_F(CaseActionsTest, AForwardWhoseEventCannotBeWrittenDidNotHappen) {
  PlantCases(1, 1, "burgerzaken");
  const auto request = ForwardOf(1, "parkeren");
  v1::ForwardCaseResponse response;
  database_.Admin("alter table cases.case_event add constraint planted check (kind <> 11)");
  EXPECT_EQ(ReasonOf(actions_.Forward(AgentCall(), request, &response)), "constraint");
  EXPECT_EQ(Of(1, "team_id || ' ' || version"), "burgerzaken 1");
  EXPECT_EQ(Events(1), "1");

  database_.Admin("alter table cases.case_event drop constraint planted");
  ASSERT_TRUE(actions_.Forward(AgentCall(), request, &response).ok());
  EXPECT_EQ(Of(1, "team_id || ' ' || version"), "parkeren 2");
}

TEST_F(CaseActionsTest, AReturnedCaseComesToTheKccWithReasonAndSuggestion) {
  PlantCases(1, 1, "burgerzaken");
  auto request = On<v1::ReturnCaseRequest>(1);
  request.set_reason("Dit gaat over een parkeervergunning.");
  request.set_suggested_team_id("bestaatniet");
  v1::ReturnCaseResponse response;
  const absl::Status nowhere = actions_.Return(Member("ann", "burgerzaken"), request, &response);
  EXPECT_EQ(ReasonOf(nowhere), "no_such_team");
  EXPECT_EQ(DetailsOf(nowhere)[0].field, "suggested_team_id");

  request.set_suggested_team_id("parkeren");
  ASSERT_TRUE(actions_.Return(Member("ann", "burgerzaken"), request, &response).ok());
  EXPECT_EQ(response.case_().team_id(), "kcc");
  EXPECT_EQ(response.case_().state(), v1::CASE_STATE_QUEUED);
  EXPECT_EQ(Mails(1), "team_returned_case>kcc@gemeente.example");
  EXPECT_EQ(database_.Admin("select text || '>' || suggested_team_id from cases.case_event"
                            " where kind = 10"),
            "Dit gaat over een parkeervergunning.>parkeren");
  // The row in the queue of the KCC says so, until the case goes on.
  EXPECT_TRUE(response.case_().returned());
  EXPECT_EQ(response.case_().suggested_team_id(), "parkeren");
  auto onwards = On<v1::ForwardCaseRequest>(1);
  onwards.set_team_id("parkeren");
  v1::ForwardCaseResponse forwarded;
  ASSERT_TRUE(actions_.Forward(AgentCall(), onwards, &forwarded).ok());
  EXPECT_FALSE(forwarded.case_().returned());
  EXPECT_EQ(forwarded.case_().suggested_team_id(), "");
  // It is no longer theirs.
  EXPECT_EQ(ReasonOf(actions_.Return(
                Member("ann", "burgerzaken"),
                [] {
                  auto again = On<v1::ReturnCaseRequest>(1);
                  again.set_reason("Nog een keer.");
                  return again;
                }(),
                &response)),
            "not_in_team");
}

TEST_F(CaseActionsTest, ReopeningClearsTheOldClosingAndLeavesTheDueMoment) {
  PlantCases(1, 1, "parkeren");
  const std::string due = Of(1, "due_at");
  v1::AnswerCaseResponse answered;
  ASSERT_TRUE(actions_.Answer(Member("ann", "parkeren"), AnswerOf(1, "Te snel."), &answered).ok());
  EXPECT_NE(Of(1, "closed_at"), "");
  v1::ReopenCaseResponse response;
  EXPECT_EQ(ReasonOf(actions_.Reopen(Member("ann", "parkeren"), ReopenOf(1), &response)),
            "not_in_team");
  ASSERT_TRUE(actions_.Reopen(AgentCall(), ReopenOf(1), &response).ok());
  EXPECT_EQ(Of(1, "closed_at"), "");
  EXPECT_EQ(Of(1, "outcome || answer || claimed_by"), "0");
  EXPECT_EQ(Of(1, "due_at"), due);
  EXPECT_EQ(Events(1), "1 8 12");
  EXPECT_EQ(Mails(1), "team_reopened_case>parkeren@gemeente.example");
  EXPECT_EQ(ReasonOf(actions_.Reopen(AgentCall(), ReopenOf(1), &response)), "not_closed");
}

TEST_F(CaseActionsTest, ClosingTakesItsFourOutcomes) {
  PlantCases(1, 7, "parkeren");
  for (int outcome = 0; outcome <= 6; ++outcome) {
    auto request = On<v1::CloseCaseRequest>(1 + outcome);
    request.set_outcome(static_cast<v1::CaseOutcome>(outcome));
    v1::CloseCaseResponse response;
    const absl::Status status = actions_.Close(AgentCall(), request, &response);
    EXPECT_EQ(ReasonOf(status), outcome == 0 ? "required" : outcome < 3 ? "invalid_outcome" : "");
    EXPECT_EQ(Of(1 + outcome, "outcome"), outcome < 3 ? "0" : absl::StrCat(outcome));
  }
}

TEST_F(CaseActionsTest, ALeadReleasesWhatAColleagueHolds) {
  PlantCases(1, 1, "parkeren");
  v1::ClaimCaseResponse claimed;
  ASSERT_TRUE(
      actions_.Claim(Member("ann", "parkeren"), On<v1::ClaimCaseRequest>(1), &claimed).ok());
  v1::UnclaimCaseResponse response;
  EXPECT_EQ(ReasonOf(actions_.Unclaim(Member("bob", "parkeren"), On<v1::UnclaimCaseRequest>(1),
                                      &response)),
            "already_claimed");
  ASSERT_TRUE(
      actions_.Unclaim(Lead("lea", "parkeren"), On<v1::UnclaimCaseRequest>(1), &response).ok());
  EXPECT_EQ(Of(1, "state || claimed_by || claimed_by_name"), "1");
}

v1::TakeOverCaseRequest TakeOverOf(int64_t reference, const std::string& held_by) {
  auto request = On<v1::TakeOverCaseRequest>(reference);
  request.set_reason("Ann is ziek.");
  request.set_claimed_by(held_by);
  return request;
}

// One agent of a KCC without a lead claimed a case and was away: no colleague could do anything.
TEST_F(CaseActionsTest, AColleagueTakesOverWithAReasonThatTheHistoryTells) {
  PlantCases(1, 1, "kcc");
  v1::ClaimCaseResponse claimed;
  ASSERT_TRUE(actions_.Claim(AgentCall(), On<v1::ClaimCaseRequest>(1), &claimed).ok());
  const rpc::Call colleague = CallOf(options::v1::ROLE_KCC_AGENT, "bea", "");
  v1::TakeOverCaseResponse response;
  auto without_reason = TakeOverOf(1, "");
  without_reason.clear_reason();
  const absl::Status refused = actions_.TakeOver(colleague, without_reason, &response);
  EXPECT_EQ(ReasonOf(refused), "required");
  EXPECT_EQ(DetailsOf(refused)[0].field, "reason");
  EXPECT_EQ(ReasonOf(actions_.TakeOver(Member("ann", "parkeren"), TakeOverOf(1, ""), &response)),
            "not_in_team");
  EXPECT_EQ(Events(1), "1 3");

  ASSERT_TRUE(actions_.TakeOver(colleague, TakeOverOf(1, "agent-1"), &response).ok());
  EXPECT_EQ(response.case_().claimed_by(), "bea");
  EXPECT_EQ(response.case_().claimed_by_name(), "Naam van bea");
  EXPECT_EQ(Events(1), "1 3 15");
  EXPECT_EQ(Mails(1), "");
  EXPECT_EQ(database_.Admin("select actor_id || '<' || previous_holder from cases.case_event"
                            " where case_id = 1 and sequence = 3"),
            "bea<agent-1");
  ASSERT_TRUE(pool_
                  ->InTenant(kTenant, absl::Now() + absl::Seconds(60), pg::Access::kRead,
                             [&](pg::Transaction& transaction) -> absl::Status {
                               WISSEL_ASSIGN_OR_RETURN(const v1::Case found,
                                                       ReadCase(transaction, 1));
                               const v1::CaseEvent& last = found.events(2);
                               EXPECT_EQ(last.actor_name(), "Naam van bea");
                               EXPECT_EQ(last.previous_holder_name(), "Anouk Jansen");
                               EXPECT_EQ(last.text(), "Ann is ziek.");
                               return absl::OkStatus();
                             })
                  .ok());
}

TEST_F(CaseActionsTest, OfManyWhoTakeOverFromTheSameColleagueOneDoes) {
  PlantCases(1, 1, "parkeren");
  v1::ClaimCaseResponse claimed;
  ASSERT_TRUE(
      actions_.Claim(Member("ann", "parkeren"), On<v1::ClaimCaseRequest>(1), &claimed).ok());
  std::vector<absl::Status> statuses(8);
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      v1::TakeOverCaseResponse response;
      statuses[i] = actions_.TakeOver(Member(absl::StrCat("m", i), "parkeren"),
                                      TakeOverOf(1, "ann"), &response);
    });
  }
  for (std::thread& thread : threads) thread.join();
  int taken = 0;
  for (int i = 0; i < 8; ++i) {
    taken += statuses[i].ok();
    if (statuses[i].ok()) {
      EXPECT_EQ(Of(1, "claimed_by"), absl::StrCat("m", i));
    } else {
      EXPECT_EQ(ReasonOf(statuses[i]), "already_claimed") << statuses[i];
    }
  }
  EXPECT_EQ(taken, 1);
  EXPECT_EQ(Events(1), "1 3 15");
}

TEST_F(CaseActionsTest, ACaseOfAnotherMunicipalityIsNotThere) {
  PlantMunicipality(database_, "GM0034");
  PlantCases(1, 1, "parkeren");
  v1::ClaimCaseResponse response;
  const rpc::Call stranger = CallOf(options::v1::ROLE_TEAM_MEMBER, "ann", "parkeren", "GM0034");
  const absl::Status status = actions_.Claim(stranger, On<v1::ClaimCaseRequest>(1), &response);
  EXPECT_EQ(ReasonOf(status), "no_such_case");
  EXPECT_EQ(DetailsOf(status)[0].field, "reference");
  EXPECT_EQ(Events(1), "1");
}

TEST_F(CaseActionsTest, HostileTextIsKeptAsItIsOrRefused) {
  const std::string texts[] = {
      "'; drop table cases.case_file; --", "<script>alert(1)</script>",    "{1,2},\"3\"\\",
      "=HYPERLINK(\"http://x\")",          "Regel 1\nRegel 2\t\U0001F44D", "NULL",
  };
  int64_t reference = 1;
  PlantCases(reference, 10, "parkeren", "'2030-04-03 15:00Z'", "bewoner@voorbeeld.example");
  v1::AnswerCaseResponse response;
  for (const std::string& text : texts) {
    ASSERT_TRUE(
        actions_.Answer(Member("ann", "parkeren"), AnswerOf(reference, text), &response).ok());
    EXPECT_EQ(Of(reference, "answer"), text);
    EXPECT_EQ(
        database_.Admin(absl::StrCat(
            "select text from cases.case_event where sequence = 2 and case_id = ", reference)),
        text);
    EXPECT_EQ(
        database_.Admin(absl::StrCat(
            "select payload->>'text' from cases.caused_mail where sequence > 1 and case_id = ",
            reference)),
        text);
    ++reference;
  }
  for (const auto& [text, reason] :
       {std::pair<std::string, std::string>{"\xff\xfe", "invalid_text"},
        {"\u202E\u200B", "required"},
        {"  ", "required"},
        {std::string(4001, 'x'), "too_long"}}) {
    const absl::Status status =
        actions_.Answer(Member("ann", "parkeren"), AnswerOf(reference, text), &response);
    EXPECT_EQ(ReasonOf(status), reason);
    EXPECT_EQ(DetailsOf(status)[0].field, "text");
  }
  auto forward = ForwardOf(reference, "burgerzaken' or '1'='1");
  v1::ForwardCaseResponse forwarded;
  EXPECT_EQ(ReasonOf(actions_.Forward(AgentCall(), forward, &forwarded)), "no_such_team");
  auto bad_key = AnswerOf(reference, "Ja.");
  bad_key.set_idempotency_key("a b c d e f'");
  EXPECT_EQ(ReasonOf(actions_.Answer(Member("ann", "parkeren"), bad_key, &response)),
            "invalid_idempotency_key");
  EXPECT_EQ(Events(reference), "1");
}

}  // namespace
}  // namespace wissel::cases
