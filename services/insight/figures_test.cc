#include "services/insight/figures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/insight/norm_table.h"

namespace wissel::insight {
namespace {

using cases::v1::EventKind;
using ::testing::Eq;

const absl::Time kReceived = absl::FromUnixSeconds(1'790'000'000);
const absl::Time kDue = kReceived + absl::Hours(50);
const absl::Time kLongAfter = kDue + absl::Hours(1000);

FigureEvent Received(common::v1::Channel channel = common::v1::CHANNEL_CALLBACK) {
  return {.case_id = 7,
          .at = kReceived,
          .kind = cases::v1::EVENT_KIND_RECEIVED,
          .team_id = "parkeren",
          .due_at = kDue,
          .channel = channel};
}

FigureEvent Then(EventKind kind, absl::Time at, const std::string& team = "parkeren",
                 cases::v1::CaseOutcome outcome = cases::v1::CASE_OUTCOME_UNSPECIFIED) {
  return {.case_id = 7, .at = at, .kind = kind, .team_id = team, .outcome = outcome};
}

FigureEvent Answered(absl::Time at, const std::string& team = "parkeren") {
  return Then(cases::v1::EVENT_KIND_ANSWERED, at, team, cases::v1::CASE_OUTCOME_ANSWERED);
}

FigureEvent Closed(absl::Time at, cases::v1::CaseOutcome outcome) {
  return Then(cases::v1::EVENT_KIND_CLOSED, at, "parkeren", outcome);
}

v1::Verdict VerdictOf(std::vector<FigureEvent> events, absl::Time as_of = kLongAfter) {
  return Judge(events, as_of).verdict;
}

TEST(JudgeTest, AnsweredExactlyAtDueIsInTime) {
  EXPECT_EQ(VerdictOf({Received(), Answered(kDue)}), v1::VERDICT_MET);
  EXPECT_EQ(VerdictOf({Received(), Answered(kDue + absl::Microseconds(1))}), v1::VERDICT_MISSED);
}

TEST(JudgeTest, OpenIsMissedOnlyAfterDue) {
  EXPECT_EQ(VerdictOf({Received()}, kDue), v1::VERDICT_OPEN_NOT_DUE);
  EXPECT_EQ(VerdictOf({Received()}, kDue + absl::Microseconds(1)), v1::VERDICT_MISSED);
}

TEST(JudgeTest, TheMomentOfTheEventCountsAndNotThatOfTheEvaluation) {
  const std::vector<FigureEvent> events = {Received(), Answered(kDue - absl::Hours(1))};
  for (absl::Duration later : {absl::Hours(0), absl::Hours(1), absl::Hours(10000)}) {
    EXPECT_EQ(VerdictOf(events, kDue + later), v1::VERDICT_MET);
  }
}

TEST(JudgeTest, WhatHappenedAfterTheMomentIsNotKnownYet) {
  const std::vector<FigureEvent> events = {Received(), Answered(kDue + absl::Hours(5))};
  EXPECT_EQ(VerdictOf(events, kDue - absl::Hours(1)), v1::VERDICT_OPEN_NOT_DUE);
  EXPECT_EQ(VerdictOf(events, kDue + absl::Hours(1)), v1::VERDICT_MISSED);
}

TEST(JudgeTest, ReopeningUndoesTheAnswer) {
  const FigureEvent answered = Answered(kReceived + absl::Hours(1));
  const FigureEvent reopened = Then(cases::v1::EVENT_KIND_REOPENED, kReceived + absl::Hours(2));
  EXPECT_EQ(VerdictOf({Received(), answered, reopened}), v1::VERDICT_MISSED);
  EXPECT_EQ(VerdictOf({Received(), answered, reopened, Answered(kDue + absl::Hours(1))}),
            v1::VERDICT_MISSED);
  EXPECT_EQ(VerdictOf({Received(), answered, reopened, Answered(kDue)}), v1::VERDICT_MET);
}

TEST(JudgeTest, PassingOnDoesNotDeleteABreach) {
  const CaseFigure figure =
      Judge({Received(), Then(cases::v1::EVENT_KIND_FORWARDED, kDue + absl::Hours(1), "handhaving"),
             Answered(kDue + absl::Hours(2), "handhaving")},
            kLongAfter);
  EXPECT_EQ(figure.verdict, v1::VERDICT_MISSED);
  EXPECT_EQ(figure.team_id, "parkeren");
}

TEST(JudgeTest, TheTeamThatAnsweredInTimeGetsTheFigure) {
  const CaseFigure figure =
      Judge({Received(), Then(cases::v1::EVENT_KIND_FORWARDED, kDue - absl::Hours(9), "handhaving"),
             Answered(kDue - absl::Hours(1), "handhaving"),
             Then(cases::v1::EVENT_KIND_FORWARDED, kDue, "kcc")},
            kLongAfter);
  EXPECT_EQ(figure.verdict, v1::VERDICT_MET);
  EXPECT_EQ(figure.team_id, "handhaving");
}

TEST(JudgeTest, ReachingTheCustomerStopsTheClockOfACallbackOnly) {
  const FigureEvent reached = Then(cases::v1::EVENT_KIND_REACHED, kDue - absl::Hours(1));
  const FigureEvent answered = Answered(kDue + absl::Hours(30));
  EXPECT_EQ(VerdictOf({Received(), reached, answered}), v1::VERDICT_MET);
  EXPECT_EQ(VerdictOf({Received(common::v1::CHANNEL_EMAIL), reached, answered}),
            v1::VERDICT_MISSED);
}

TEST(JudgeTest, AFirstAttemptCountsOnlyWhereTheNormSaysSo) {
  const FigureEvent tried = Then(cases::v1::EVENT_KIND_NOT_REACHED, kDue - absl::Hours(1));
  EXPECT_EQ(VerdictOf({Received(), tried}), v1::VERDICT_MISSED);
  FigureEvent lenient = Received();
  lenient.first_attempt_counts = true;
  EXPECT_EQ(VerdictOf({lenient, tried}), v1::VERDICT_MET);
}

TEST(JudgeTest, AnInterimReplyIsNotAnAnswer) {
  EXPECT_EQ(VerdictOf({Received(), Then(cases::v1::EVENT_KIND_INTERIM_REPLIED, kReceived)}),
            v1::VERDICT_MISSED);
}

TEST(JudgeTest, OutcomesOutsideTheFigure) {
  for (auto outcome : {cases::v1::CASE_OUTCOME_ACQUISITION, cases::v1::CASE_OUTCOME_WITHDRAWN,
                       cases::v1::CASE_OUTCOME_STEERED}) {
    EXPECT_EQ(VerdictOf({Received(), Closed(kReceived, outcome)}), v1::VERDICT_EXCLUDED);
  }
  EXPECT_EQ(VerdictOf({Received(), Closed(kDue, cases::v1::CASE_OUTCOME_ANSWERED_ELSEWHERE)}),
            v1::VERDICT_MET);
}

TEST(JudgeTest, FirstContactIsMet) {
  FigureEvent received = Received(common::v1::CHANNEL_PHONE);
  received.outcome = cases::v1::CASE_OUTCOME_FIRST_CONTACT;
  EXPECT_EQ(VerdictOf({received}), v1::VERDICT_MET);
}

TEST(JudgeTest, WithoutANormNothingIsMissed) {
  FigureEvent received = Received();
  received.due_at = absl::InfiniteFuture();
  EXPECT_EQ(VerdictOf({received}), v1::VERDICT_NO_NORM);
  EXPECT_EQ(VerdictOf({received, Answered(kLongAfter)}), v1::VERDICT_NO_NORM);
}

TEST(JudgeTest, AMovedDueMomentHoldsFromItsEventOn) {
  FigureEvent moved = Then(cases::v1::EVENT_KIND_DUE_MOVED, kReceived + absl::Hours(1));
  moved.due_at = kDue + absl::Hours(24);
  EXPECT_EQ(VerdictOf({Received(), moved, Answered(kDue + absl::Hours(24))}), v1::VERDICT_MET);
}

TEST(JudgeAllTest, KeepsCasesApartAndLeavesOutThoseNotReceivedYet) {
  FigureEvent other = Received();
  other.case_id = 8;
  other.at = kLongAfter;
  const auto figures = JudgeAll({Received(), Answered(kDue), other}, kDue);
  ASSERT_EQ(figures.size(), 1u);
  EXPECT_EQ(figures[0].case_id, 7);
}

TEST(TallyTest, NinetyPercentIsNotMoreThanNinety) {
  Tally tally = {.met = 9, .missed = 1};
  EXPECT_FALSE(tally.Exceeds(0.9));
  tally.met = 91;
  tally.missed = 10;
  EXPECT_TRUE(tally.Exceeds(0.9));
  EXPECT_FALSE(Tally{}.Exceeds(0));
  EXPECT_THAT(Tally{}.share_met(), Eq(std::nullopt));
}

TEST(NormTableTest, ReceivedIsTheSumAndTheStrictestTargetHolds) {
  std::vector<CaseFigure> cases;
  for (auto verdict : {v1::VERDICT_MET, v1::VERDICT_MISSED, v1::VERDICT_OPEN_NOT_DUE,
                       v1::VERDICT_NO_NORM, v1::VERDICT_EXCLUDED}) {
    cases.push_back({.team_id = "parkeren",
                     .channel = verdict == v1::VERDICT_MET ? common::v1::CHANNEL_EMAIL
                                                           : common::v1::CHANNEL_CALLBACK,
                     .verdict = verdict});
  }
  const TableContext context = {.team_names = {{"parkeren", "Parkeren"}},
                                .targets = {{{"parkeren", common::v1::CHANNEL_EMAIL}, 0.4},
                                            {{"parkeren", common::v1::CHANNEL_CALLBACK}, 0.9}}};
  v1::GetFiguresResponse response;
  FillNormTable(cases, v1::FIGURE_GROUPING_TEAM, context, &response);
  ASSERT_EQ(response.rows_size(), 1);
  EXPECT_EQ(response.rows(0).received(), 5);
  EXPECT_EQ(response.rows(0).team_name(), "Parkeren");
  EXPECT_DOUBLE_EQ(response.rows(0).share_met(), 0.5);
  EXPECT_DOUBLE_EQ(response.rows(0).target_share(), 0.9);
  EXPECT_FALSE(response.rows(0).on_target());
  EXPECT_EQ(response.total().received(), 5);
}

}  // namespace
}  // namespace wissel::insight
