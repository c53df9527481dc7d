#include "libs/norms/log_fold.h"

#include <gtest/gtest.h>

namespace wissel::norms {
namespace {

using cases::v1::EventKind;
namespace v1 = insight::v1;

const absl::Time kReceived = absl::FromUnixSeconds(1'790'000'000);
const absl::Time kDue = kReceived + absl::Hours(50);
const absl::Time kLongAfter = kDue + absl::Hours(1000);

Event Received(common::v1::Channel channel = common::v1::CHANNEL_CALLBACK) {
  return {.case_id = 7,
          .at = kReceived,
          .kind = cases::v1::EVENT_KIND_RECEIVED,
          .team_id = "parkeren",
          .due_at = kDue,
          .channel = channel};
}

Event Then(EventKind kind, absl::Time at, const std::string& team = "parkeren",
           cases::v1::CaseOutcome outcome = cases::v1::CASE_OUTCOME_UNSPECIFIED) {
  return {.case_id = 7, .at = at, .kind = kind, .team_id = team, .outcome = outcome};
}

Event Answered(absl::Time at, const std::string& team = "parkeren") {
  return Then(cases::v1::EVENT_KIND_ANSWERED, at, team, cases::v1::CASE_OUTCOME_ANSWERED);
}

Event Closed(absl::Time at, cases::v1::CaseOutcome outcome) {
  return Then(cases::v1::EVENT_KIND_CLOSED, at, "parkeren", outcome);
}

std::vector<JudgedCase> JudgeAll(const std::vector<Event>& log, absl::Time as_of) {
  std::vector<JudgedCase> cases;
  LogFold fold(as_of, [&](JudgedCase judged) { cases.push_back(std::move(judged)); });
  for (const Event& event : log) fold.Add(event);
  fold.End();
  return cases;
}

JudgedCase Judge(const std::vector<Event>& events, absl::Time as_of = kLongAfter) {
  const std::vector<JudgedCase> cases = JudgeAll(events, as_of);
  EXPECT_EQ(cases.size(), 1u);
  return cases.empty() ? JudgedCase() : cases.front();
}

v1::Verdict VerdictOf(const std::vector<Event>& events, absl::Time as_of = kLongAfter) {
  return Judge(events, as_of).verdict;
}

TEST(LogFold, AnsweredExactlyAtDueIsInTime) {
  EXPECT_EQ(VerdictOf({Received(), Answered(kDue)}), v1::VERDICT_MET);
  EXPECT_EQ(VerdictOf({Received(), Answered(kDue + absl::Microseconds(1))}), v1::VERDICT_MISSED);
}

TEST(LogFold, OpenIsMissedOnlyAfterDue) {
  EXPECT_EQ(VerdictOf({Received()}, kDue), v1::VERDICT_OPEN_NOT_DUE);
  EXPECT_EQ(VerdictOf({Received()}, kDue + absl::Microseconds(1)), v1::VERDICT_MISSED);
}

TEST(LogFold, TheMomentOfTheEventCountsAndNotThatOfTheEvaluation) {
  const std::vector<Event> events = {Received(), Answered(kDue - absl::Hours(1))};
  for (absl::Duration later : {absl::Hours(0), absl::Hours(1), absl::Hours(10000)}) {
    EXPECT_EQ(VerdictOf(events, kDue + later), v1::VERDICT_MET);
  }
}

TEST(LogFold, WhatHappenedAfterTheMomentIsNotKnownYet) {
  const std::vector<Event> events = {Received(), Answered(kDue + absl::Hours(5))};
  EXPECT_EQ(VerdictOf(events, kDue - absl::Hours(1)), v1::VERDICT_OPEN_NOT_DUE);
  EXPECT_EQ(VerdictOf(events, kDue + absl::Hours(1)), v1::VERDICT_MISSED);
}

TEST(LogFold, ReopeningUndoesTheAnswer) {
  const Event answered = Answered(kReceived + absl::Hours(1));
  const Event reopened = Then(cases::v1::EVENT_KIND_REOPENED, kReceived + absl::Hours(2));
  EXPECT_EQ(VerdictOf({Received(), answered, reopened}), v1::VERDICT_MISSED);
  EXPECT_EQ(VerdictOf({Received(), answered, reopened, Answered(kDue + absl::Hours(1))}),
            v1::VERDICT_MISSED);
  EXPECT_EQ(VerdictOf({Received(), answered, reopened, Answered(kDue)}), v1::VERDICT_MET);
}

TEST(LogFold, PassingOnDoesNotDeleteABreach) {
  const JudgedCase figure =
      Judge({Received(), Then(cases::v1::EVENT_KIND_FORWARDED, kDue + absl::Hours(1), "handhaving"),
             Answered(kDue + absl::Hours(2), "handhaving")},
            kLongAfter);
  EXPECT_EQ(figure.verdict, v1::VERDICT_MISSED);
  EXPECT_EQ(figure.team_id, "parkeren");
}

TEST(LogFold, TheTeamThatAnsweredInTimeGetsTheFigure) {
  const JudgedCase figure =
      Judge({Received(), Then(cases::v1::EVENT_KIND_FORWARDED, kDue - absl::Hours(9), "handhaving"),
             Answered(kDue - absl::Hours(1), "handhaving"),
             Then(cases::v1::EVENT_KIND_FORWARDED, kDue, "kcc")},
            kLongAfter);
  EXPECT_EQ(figure.verdict, v1::VERDICT_MET);
  EXPECT_EQ(figure.team_id, "handhaving");
}

TEST(LogFold, ReachingTheCustomerStopsTheClockOfACallbackOnly) {
  const Event reached = Then(cases::v1::EVENT_KIND_REACHED, kDue - absl::Hours(1));
  const Event answered = Answered(kDue + absl::Hours(30));
  EXPECT_EQ(VerdictOf({Received(), reached, answered}), v1::VERDICT_MET);
  EXPECT_EQ(VerdictOf({Received(common::v1::CHANNEL_EMAIL), reached, answered}),
            v1::VERDICT_MISSED);
}

TEST(LogFold, AFirstAttemptCountsOnlyWhereTheNormSaysSo) {
  const Event tried = Then(cases::v1::EVENT_KIND_NOT_REACHED, kDue - absl::Hours(1));
  EXPECT_EQ(VerdictOf({Received(), tried}), v1::VERDICT_MISSED);
  Event lenient = Received();
  lenient.first_attempt_counts = true;
  EXPECT_EQ(VerdictOf({lenient, tried}), v1::VERDICT_MET);
}

TEST(LogFold, AnInterimReplyIsNotAnAnswer) {
  EXPECT_EQ(VerdictOf({Received(), Then(cases::v1::EVENT_KIND_INTERIM_REPLIED, kReceived)}),
            v1::VERDICT_MISSED);
}

// Who holds a case is no matter of the figures.
TEST(LogFold, TakingOverAndPuttingBackChangeNothing) {
  const absl::Time between = kReceived + absl::Hours(1);
  for (const absl::Time answered : {kDue, kDue + absl::Hours(1)}) {
    const JudgedCase plain = Judge({Received(), Answered(answered)});
    const JudgedCase passed =
        Judge({Received(), Then(cases::v1::EVENT_KIND_CLAIMED, between),
               Then(cases::v1::EVENT_KIND_TAKEN_OVER, between),
               Then(cases::v1::EVENT_KIND_UNCLAIMED, between), Answered(answered)});
    EXPECT_EQ(passed.verdict, plain.verdict);
    EXPECT_EQ(passed.team_id, plain.team_id);
    EXPECT_EQ(passed.satisfied_at, plain.satisfied_at);
  }
}

TEST(LogFold, OutcomesOutsideTheFigure) {
  for (auto outcome : {cases::v1::CASE_OUTCOME_ACQUISITION, cases::v1::CASE_OUTCOME_WITHDRAWN,
                       cases::v1::CASE_OUTCOME_STEERED}) {
    EXPECT_EQ(VerdictOf({Received(), Closed(kReceived, outcome)}), v1::VERDICT_EXCLUDED);
  }
  EXPECT_EQ(VerdictOf({Received(), Closed(kDue, cases::v1::CASE_OUTCOME_ANSWERED_ELSEWHERE)}),
            v1::VERDICT_MET);
}

TEST(LogFold, FirstContactIsMet) {
  Event received = Received(common::v1::CHANNEL_PHONE);
  received.outcome = cases::v1::CASE_OUTCOME_FIRST_CONTACT;
  EXPECT_EQ(VerdictOf({received}), v1::VERDICT_MET);
}

TEST(LogFold, WithoutANormNothingIsMissed) {
  Event received = Received();
  received.due_at = absl::InfiniteFuture();
  EXPECT_EQ(VerdictOf({received}), v1::VERDICT_NO_NORM);
  EXPECT_EQ(VerdictOf({received, Answered(kLongAfter)}), v1::VERDICT_NO_NORM);
}

TEST(LogFold, AMovedDueMomentHoldsFromItsEventOn) {
  Event moved = Then(cases::v1::EVENT_KIND_DUE_MOVED, kReceived + absl::Hours(1));
  moved.due_at = kDue + absl::Hours(24);
  EXPECT_EQ(VerdictOf({Received(), moved, Answered(kDue + absl::Hours(24))}), v1::VERDICT_MET);
}

TEST(LogFold, KeepsCasesApartAndLeavesOutThoseNotReceivedYet) {
  Event other = Received();
  other.case_id = 8;
  other.at = kLongAfter;
  const auto figures = JudgeAll({Received(), Answered(kDue), other}, kDue);
  ASSERT_EQ(figures.size(), 1u);
  EXPECT_EQ(figures[0].case_id, 7);
  other.at = kReceived;
  const auto both = JudgeAll({Received(), Answered(kDue), other}, kLongAfter);
  ASSERT_EQ(both.size(), 2u);
  EXPECT_EQ(both[0].verdict, v1::VERDICT_MET);
  EXPECT_EQ(both[1].case_id, 8);
  EXPECT_EQ(both[1].verdict, v1::VERDICT_MISSED);
  EXPECT_TRUE(JudgeAll({}, kDue).empty());
}

// The clock started at the first receipt, whoever has the case.
TEST(LogFold, AReturnedCaseKeepsItsClockAndItsAnswer) {
  const Event returned = Then(cases::v1::EVENT_KIND_RETURNED, kReceived + absl::Hours(1), "kcc");
  EXPECT_EQ(VerdictOf({Received(), returned}, kDue + absl::Hours(1)), v1::VERDICT_MISSED);
  const Event reached = Then(cases::v1::EVENT_KIND_REACHED, kReceived + absl::Minutes(10));
  const JudgedCase judged = Judge({Received(), reached, returned});
  EXPECT_EQ(judged.verdict, v1::VERDICT_MET);
  EXPECT_EQ(judged.satisfied_at, reached.at);
  EXPECT_EQ(judged.due_at, kDue);
  EXPECT_EQ(judged.team_id, "parkeren");
}

// What waits for the router is the KCC's, by the KCC's norm; then another team gets it.
TEST(LogFold, ALateRoutedCallbackCountsByTheFlagOfTheNewTeam) {
  const Event tried = Then(cases::v1::EVENT_KIND_NOT_REACHED, kDue - absl::Hours(1), "handhaving");
  for (const bool before : {false, true}) {
    Event received = Received();
    received.first_attempt_counts = before;
    Event routed = Then(cases::v1::EVENT_KIND_ROUTED, kReceived + absl::Hours(1), "handhaving");
    for (const bool after : {false, true}) {
      routed.first_attempt_counts = after;
      EXPECT_EQ(VerdictOf({received, routed, tried}), after ? v1::VERDICT_MET : v1::VERDICT_MISSED);
    }
    // Written before the event told.
    routed.first_attempt_counts.reset();
    EXPECT_EQ(VerdictOf({received, routed, tried}), before ? v1::VERDICT_MET : v1::VERDICT_MISSED);
  }
}

TEST(LogFold, AnAttemptBeforeTheRoutingCountsByTheNormThatHoldsInTheEnd) {
  const Event tried = Then(cases::v1::EVENT_KIND_NOT_REACHED, kReceived + absl::Minutes(5));
  Event routed = Then(cases::v1::EVENT_KIND_ROUTED, kReceived + absl::Hours(1), "handhaving");
  routed.first_attempt_counts = true;
  const JudgedCase judged = Judge({Received(), tried, routed});
  EXPECT_EQ(judged.verdict, v1::VERDICT_MET);
  EXPECT_EQ(judged.satisfied_at, tried.at);
  Event lenient = Received();
  lenient.first_attempt_counts = true;
  routed.first_attempt_counts = false;
  EXPECT_EQ(VerdictOf({lenient, tried, routed}), v1::VERDICT_MISSED);
}

TEST(LogFold, OfAttemptAndAnswerTheEarlierOneCounts) {
  Event lenient = Received();
  lenient.first_attempt_counts = true;
  const Event tried = Then(cases::v1::EVENT_KIND_NOT_REACHED, kReceived + absl::Hours(2));
  EXPECT_EQ(Judge({lenient, tried, Answered(kDue + absl::Hours(1))}).satisfied_at, tried.at);
  const Event reached = Then(cases::v1::EVENT_KIND_REACHED, kReceived + absl::Hours(1));
  EXPECT_EQ(Judge({lenient, reached, tried}).satisfied_at, reached.at);
  const Event reopened = Then(cases::v1::EVENT_KIND_REOPENED, kReceived + absl::Hours(3));
  EXPECT_EQ(Judge({lenient, tried, reopened}).satisfied_at, std::nullopt);
}

TEST(LogFold, ContactsAreCountedBesideCases) {
  EXPECT_EQ(Judge({Received()}).contacts, 1);
  const Event again = Then(cases::v1::EVENT_KIND_CONTACT_ADDED, kReceived + absl::Hours(1));
  const Event later = Then(cases::v1::EVENT_KIND_CONTACT_ADDED, kReceived + absl::Hours(2));
  EXPECT_EQ(Judge({Received(), again, later}).contacts, 3);
  EXPECT_EQ(Judge({Received(), again, later}, kReceived + absl::Hours(1)).contacts, 2);
}

TEST(LogFold, SaysOverWhichChannelsAQuestionWasAskedAgain) {
  Event again = Then(cases::v1::EVENT_KIND_CONTACT_ADDED, kReceived + absl::Hours(1));
  again.channel = common::v1::CHANNEL_PHONE;
  EXPECT_EQ(Judge({Received(), again}).added,
            std::vector<common::v1::Channel>{common::v1::CHANNEL_PHONE});
  EXPECT_TRUE(Judge({Received()}).added.empty());
}

TEST(LogFold, SaysWhoHeldTheCase) {
  const auto at = [](int hours) { return kReceived + absl::Hours(hours); };
  using Stays = std::vector<Stay>;
  EXPECT_EQ(Judge({Received()}).stays, (Stays{{"parkeren", at(0), std::nullopt}}));
  const Event claimed = Then(cases::v1::EVENT_KIND_CLAIMED, at(1));
  const Event returned = Then(cases::v1::EVENT_KIND_RETURNED, at(2), "kcc");
  const Event forwarded = Then(cases::v1::EVENT_KIND_FORWARDED, at(3), "zorg");
  EXPECT_EQ(Judge({Received(), claimed, returned, forwarded, Answered(at(9), "zorg")}).stays,
            (Stays{{"parkeren", at(0), at(2)}, {"kcc", at(2), at(3)}, {"zorg", at(3), at(9)}}));
  // Closed too soon: the customer waits on, so the team held it all the while.
  const Event reopened = Then(cases::v1::EVENT_KIND_REOPENED, at(12));
  EXPECT_EQ(Judge({Received(), Answered(at(5)), reopened}).stays,
            (Stays{{"parkeren", at(0), std::nullopt}}));
  EXPECT_EQ(Judge({Received(), Answered(at(5)), reopened, Answered(at(20))}).stays,
            (Stays{{"parkeren", at(0), at(20)}}));
}

TEST(LogFold, WhatIsSettledAtFirstContactWasHeldByNobody) {
  for (const auto outcome :
       {cases::v1::CASE_OUTCOME_FIRST_CONTACT, cases::v1::CASE_OUTCOME_ACQUISITION}) {
    Event settled = Received(common::v1::CHANNEL_PHONE);
    settled.outcome = outcome;
    EXPECT_TRUE(Judge({settled}).at_first_contact);
    EXPECT_TRUE(Judge({settled}).stays.empty());
    const Event reopened = Then(cases::v1::EVENT_KIND_REOPENED, kReceived + absl::Hours(1));
    EXPECT_FALSE(Judge({settled, reopened}).at_first_contact);
    EXPECT_EQ(Judge({settled, reopened}).stays.size(), 1u);
  }
  EXPECT_FALSE(Judge({Received(), Answered(kReceived)}).at_first_contact);
}

}  // namespace
}  // namespace wissel::norms
