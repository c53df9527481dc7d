// The edges of the norm clock, each worked out by hand on the calendar of 2026: when the answer is
// due, and what the case counts as in the figures.

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "libs/calendar/test_definitions.h"
#include "libs/norms/log_fold.h"
#include "services/cases/lifecycle/norm_clock.h"

namespace wissel::cases {
namespace {

using calendar::At;
using calendar::Utc;
using insight::v1::VERDICT_EXCLUDED;
using insight::v1::VERDICT_MET;
using insight::v1::VERDICT_MISSED;
using insight::v1::VERDICT_NO_NORM;
using insight::v1::VERDICT_OPEN_NOT_DUE;

constexpr auto kCallback = common::v1::CHANNEL_CALLBACK;

// Monday to Friday from 9 to 17; two days for a callback request.
municipality::MunicipalitySnapshot Office(calendar::Definition hours = calendar::OfficeHours()) {
  municipality::MunicipalitySnapshot office;
  office.zone = calendar::Amsterdam();
  office.calendar_version = 1;
  office.service_calendar = calendar::MakeCalendar(std::move(hours));
  for (const char* team_id : {"kcc", "a", "b"}) {
    office.AddTeam({.team_id = team_id, .is_kcc = std::string(team_id) == "kcc"});
    office.AddNorm(team_id, kCallback, absl::CivilDay(2020), {.working_days = 2});
  }
  return office;
}

absl::Time DueOf(const municipality::MunicipalitySnapshot& office, const std::string& received,
                 common::v1::Channel channel = kCallback, const char* team_id = "a") {
  return StartClock(office, team_id, channel, At(received)).due_at;
}

// What happens to one case, told moment by moment.
class Story {
 public:
  explicit Story(const std::string& received, common::v1::Channel channel = kCallback,
                 const char* team_id = "a", bool first_attempt_counts = false)
      : office_(Office()) {
    log_.push_back({.case_id = 1,
                    .at = At(received),
                    .kind = v1::EVENT_KIND_RECEIVED,
                    .team_id = team_id,
                    .due_at = DueOf(office_, received, channel, team_id),
                    .channel = channel,
                    .first_attempt_counts = first_attempt_counts});
  }

  Story& Then(const std::string& at, v1::EventKind kind, const std::string& team_id = "",
              v1::CaseOutcome outcome = v1::CASE_OUTCOME_UNSPECIFIED) {
    log_.push_back({.case_id = 1,
                    .at = At(at),
                    .kind = kind,
                    .team_id = team_id.empty() ? log_.back().team_id : team_id,
                    .outcome = outcome});
    return *this;
  }
  Story& Answered(const std::string& at) {
    return Then(at, v1::EVENT_KIND_ANSWERED, "", v1::CASE_OUTCOME_ANSWERED);
  }
  Story& Closed(const std::string& at, v1::CaseOutcome outcome) {
    return Then(at, v1::EVENT_KIND_CLOSED, "", outcome);
  }
  Story& DueMoved(const std::string& at, absl::Time due) {
    Then(at, v1::EVENT_KIND_DUE_MOVED);
    log_.back().due_at = due;
    return *this;
  }

  norms::JudgedCase JudgedAt(const std::string& as_of) const {
    norms::JudgedCase found;
    norms::LogFold fold(At(as_of), [&](norms::JudgedCase judged) { found = std::move(judged); });
    for (const norms::Event& event : log_) fold.Add(event);
    fold.End();
    return found;
  }
  insight::v1::Verdict At31March() const { return JudgedAt("2026-03-31 23:00").verdict; }

 private:
  const municipality::MunicipalitySnapshot office_;
  std::vector<norms::Event> log_;
};

// Received on Monday, so due at the end of Wednesday.
Story OnMonday() { return Story("2026-03-02 10:00"); }

TEST(NormEdges, ReturnedTwiceBetweenTeams) {
  Story story = OnMonday();
  story.Then("2026-03-03 09:00", v1::EVENT_KIND_RETURNED, "kcc")
      .Then("2026-03-03 11:00", v1::EVENT_KIND_FORWARDED, "b")
      .Then("2026-03-04 09:00", v1::EVENT_KIND_RETURNED, "kcc")
      .Then("2026-03-04 16:00", v1::EVENT_KIND_FORWARDED, "a");
  Story in_time = story;
  EXPECT_EQ(in_time.Answered("2026-03-04 17:00").At31March(), VERDICT_MET);
  EXPECT_EQ(in_time.JudgedAt("2026-03-31 23:00").team_id, "a");
  // A minute late is late for who had it when it fell due, whoever had it before.
  Story late = story;
  EXPECT_EQ(late.Answered("2026-03-04 17:01").At31March(), VERDICT_MISSED);
  EXPECT_EQ(late.JudgedAt("2026-03-31 23:00").team_id, "a");
  // Sent on once more after it fell due: the breach stays where it was.
  Story sent_on = story;
  sent_on.Then("2026-03-05 09:00", v1::EVENT_KIND_RETURNED, "kcc").Answered("2026-03-05 10:00");
  EXPECT_EQ(sent_on.JudgedAt("2026-03-31 23:00").team_id, "a");
}

TEST(NormEdges, AnsweredElsewhereBeforeAtAndAfterDue) {
  const auto closed = [](const std::string& at) {
    return OnMonday().Closed(at, v1::CASE_OUTCOME_ANSWERED_ELSEWHERE).At31March();
  };
  EXPECT_EQ(closed("2026-03-04 16:59"), VERDICT_MET);
  EXPECT_EQ(closed("2026-03-04 17:00"), VERDICT_MET);
  EXPECT_EQ(closed("2026-03-04 17:01"), VERDICT_MISSED);
}

TEST(NormEdges, AcquisitionThatIsMarkedAfterTheBreach) {
  Story story = OnMonday();
  story.Closed("2026-03-06 10:00", v1::CASE_OUTCOME_ACQUISITION);
  EXPECT_EQ(story.At31March(), VERDICT_EXCLUDED);
  // As it stood before anybody knew.
  EXPECT_EQ(story.JudgedAt("2026-03-05 12:00").verdict, VERDICT_MISSED);
}

TEST(NormEdges, ReopenedAfterItWasClosedTooSoon) {
  Story story = OnMonday();
  story.Answered("2026-03-03 10:00").Then("2026-03-04 10:00", v1::EVENT_KIND_REOPENED);
  EXPECT_EQ(story.JudgedAt("2026-03-04 12:00").verdict, VERDICT_OPEN_NOT_DUE);
  EXPECT_EQ(story.JudgedAt("2026-03-04 17:01").verdict, VERDICT_MISSED) << "open past due";
  Story in_time = story, late = story;
  EXPECT_EQ(in_time.Answered("2026-03-04 16:00").At31March(), VERDICT_MET);
  EXPECT_EQ(late.Answered("2026-03-05 10:00").At31March(), VERDICT_MISSED);
}

TEST(NormEdges, WithdrawnInTimeAndTooLate) {
  for (const char* at : {"2026-03-03 10:00", "2026-03-09 10:00"}) {
    EXPECT_EQ(OnMonday().Closed(at, v1::CASE_OUTCOME_WITHDRAWN).At31March(), VERDICT_EXCLUDED);
  }
}

// From Monday 16 March on within one day: each case keeps the norm of its day of receipt.
TEST(NormEdges, ANormThatIsRaisedMidMonth) {
  municipality::MunicipalitySnapshot office = Office();
  office.AddNorm("a", kCallback, absl::CivilDay(2026, 3, 16), {.working_days = 1});
  EXPECT_EQ(DueOf(office, "2026-03-13 10:00"), At("2026-03-17 17:00"));
  EXPECT_EQ(DueOf(office, "2026-03-15 23:59"), At("2026-03-17 17:00")) << "Sunday, two days";
  EXPECT_EQ(DueOf(office, "2026-03-16 00:00"), At("2026-03-17 17:00")) << "Monday, one day";
  EXPECT_EQ(DueOf(office, "2026-03-16 16:00"), At("2026-03-17 17:00"));
}

// Friday 27 March becomes a closing day on Thursday afternoon.
TEST(NormEdges, AClosingDayThatIsAddedAfterwards) {
  const char* const received = "2026-03-26 10:00";
  calendar::Definition closed_friday = calendar::OfficeHours();
  closed_friday.special_days[absl::CivilDay(2026, 3, 27)] = {};
  const municipality::MunicipalitySnapshot office = Office(), after = Office(closed_friday);
  ASSERT_EQ(DueOf(office, received), At("2026-03-30 17:00"));
  const absl::Time moved =
      Recount(after, after.NormAt("a", kCallback, At(received)), At(received)).due_at;
  ASSERT_EQ(moved, At("2026-03-31 17:00"));
  // Open cases follow it, with an event; what was closed stays as it was judged.
  Story open(received);
  open.DueMoved("2026-03-26 15:00", moved).Answered("2026-03-31 16:00");
  EXPECT_EQ(open.At31March(), VERDICT_MET);
  EXPECT_EQ(open.JudgedAt("2026-03-31 23:00").due_at, moved);
  Story closed(received);
  closed.Answered("2026-03-31 16:00");
  EXPECT_EQ(closed.At31March(), VERDICT_MISSED);
}

TEST(NormEdges, AttemptsThatReachNobody) {
  Story reached_nobody = OnMonday();
  reached_nobody.Then("2026-03-03 10:00", v1::EVENT_KIND_NOT_REACHED)
      .Then("2026-03-04 10:00", v1::EVENT_KIND_NOT_REACHED);
  EXPECT_EQ(reached_nobody.JudgedAt("2026-03-04 17:00").verdict, VERDICT_OPEN_NOT_DUE);
  EXPECT_EQ(reached_nobody.At31March(), VERDICT_MISSED);
  // Where the first attempt is what was promised.
  Story first_counts("2026-03-02 10:00", kCallback, "a", /*first_attempt_counts=*/true);
  first_counts.Then("2026-03-03 10:00", v1::EVENT_KIND_NOT_REACHED)
      .Then("2026-03-09 10:00", v1::EVENT_KIND_REACHED);
  EXPECT_EQ(first_counts.At31March(), VERDICT_MET);
  EXPECT_EQ(first_counts.JudgedAt("2026-03-31 23:00").satisfied_at, At("2026-03-03 10:00"));
}

TEST(NormEdges, CasesWithoutANorm) {
  Story story("2026-03-02 10:00", common::v1::CHANNEL_POST);
  EXPECT_EQ(story.JudgedAt("2026-03-02 10:00").due_at, absl::InfiniteFuture());
  EXPECT_EQ(story.At31March(), VERDICT_NO_NORM);
  EXPECT_EQ(story.Answered("2026-03-30 10:00").At31March(), VERDICT_NO_NORM);
}

// The last Sunday of March has 23 hours, that of October 25; due is five o'clock as people read it.
TEST(NormEdges, DaylightSaving) {
  const municipality::MunicipalitySnapshot office = Office();
  EXPECT_EQ(DueOf(office, "2026-03-27 16:00"), Utc("2026-03-31 15:00"));
  EXPECT_EQ(DueOf(office, "2026-10-23 16:00"), Utc("2026-10-27 16:00"));
  // Received while the clock showed half past two for the second time.
  EXPECT_EQ(StartClock(office, "a", kCallback, Utc("2026-10-25 01:30")).due_at,
            Utc("2026-10-27 16:00"));
}

// Who asks again is counted as a contact of the case that is there already.
TEST(NormEdges, AQuestionThatIsAddedToAnotherCase) {
  Story story = OnMonday();
  story.Then("2026-03-03 10:00", v1::EVENT_KIND_CONTACT_ADDED)
      .Then("2026-03-05 10:00", v1::EVENT_KIND_CONTACT_ADDED)
      .Answered("2026-03-05 11:00");
  const norms::JudgedCase judged = story.JudgedAt("2026-03-31 23:00");
  EXPECT_EQ(judged.verdict, VERDICT_MISSED) << "the clock is that of the first receipt";
  EXPECT_EQ(judged.contacts, 3);
}

TEST(NormEdges, ReceivedJustBeforeMidnight) {
  const municipality::MunicipalitySnapshot office = Office();
  EXPECT_EQ(DueOf(office, "2026-03-02 23:59"), At("2026-03-04 17:00"));
  EXPECT_EQ(
      StartClock(office, "a", kCallback, At("2026-03-03 00:00") - absl::Microseconds(1)).due_at,
      At("2026-03-04 17:00"));
  EXPECT_EQ(DueOf(office, "2026-03-03 00:00"), At("2026-03-05 17:00"));
}

// The router was away; the KCC held the case. Its clock is that of the receipt, by the norm of the
// team that it went to: which may be over by then.
TEST(NormEdges, RoutedLateBecauseTheRouterWasAway) {
  municipality::MunicipalitySnapshot office = Office();
  office.AddNorm("b", kCallback, absl::CivilDay(2020), {.working_days = 1});
  const char* const received = "2026-03-02 10:00";
  const absl::Time due = DueOf(office, received, kCallback, "b");
  ASSERT_EQ(due, At("2026-03-03 17:00"));
  Story in_time(received, kCallback, "kcc");
  in_time.Then("2026-03-03 09:00", v1::EVENT_KIND_ROUTED, "b")
      .DueMoved("2026-03-03 09:00", due)
      .Answered("2026-03-03 16:00");
  EXPECT_EQ(in_time.At31March(), VERDICT_MET);
  EXPECT_EQ(in_time.JudgedAt("2026-03-31 23:00").team_id, "b");
  Story too_late(received, kCallback, "kcc");
  too_late.Then("2026-03-03 18:00", v1::EVENT_KIND_ROUTED, "b")
      .DueMoved("2026-03-03 18:00", due)
      .Answered("2026-03-03 18:30");
  EXPECT_EQ(too_late.At31March(), VERDICT_MISSED);
  EXPECT_EQ(too_late.JudgedAt("2026-03-31 23:00").team_id, "kcc") << "who had it when it fell due";
}

}  // namespace
}  // namespace wissel::cases
