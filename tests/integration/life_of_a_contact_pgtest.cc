// The main job, end to end: a contact comes in, the SOP decides, the case lands in a team's queue
// with a due date, colleagues work it, and the norm figure counts it.

#include <gmock/gmock.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/strings/str_cat.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/calendar/calendar.h"
#include "libs/calendar/calendar_proto.h"
#include "tests/integration/demo_fixture.h"
#include "wissel/directory/v1/directory.pb.h"
#include "wissel/insight/v1/insight.pb.h"

namespace wissel::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// A figure of one contact: "burgerzaken CALLBACK met".
using cases::v1::CaseSummary;

class LifeOfAContact : public ::testing::TestWithParam<Shape> {
 protected:
  // Does something to a case; fails the test if that is an error.
  template <typename Response, typename Request>
  CaseSummary Do(ApiClient& who, Request request, int64_t reference) {
    const auto done = Try<Response>(who, std::move(request), reference);
    EXPECT_TRUE(done.ok()) << done.status();
    return done.ok() ? done->case_() : CaseSummary();
  }

  template <typename Response, typename Request>
  absl::StatusOr<Response> Try(ApiClient& who, Request request, int64_t reference) {
    request.set_idempotency_key(NewKey());
    request.set_reference(reference);
    return who.Ask<Response>(request);
  }

  CaseSummary Claim(ApiClient& who, int64_t reference) {
    return Do<cases::v1::ClaimCaseResponse>(who, cases::v1::ClaimCaseRequest(), reference);
  }

  CaseSummary Answer(ApiClient& who, int64_t reference) {
    cases::v1::AnswerCaseRequest answer;
    answer.set_text("Uw paspoort ligt klaar aan de balie.");
    return Do<cases::v1::AnswerCaseResponse>(who, answer, reference);
  }

  // The row of a case in the queue of a team as `who` sees it; nothing if it is not there.
  std::optional<CaseSummary> InQueue(ApiClient& who, const std::string& team_id,
                                     int64_t reference) {
    cases::v1::ListQueueRequest request;
    request.set_team_id(team_id);
    request.set_page_size(3);
    std::optional<CaseSummary> found;
    int64_t last_due = 0;
    std::set<int64_t> seen;
    do {
      const auto page = who.Ask<cases::v1::ListQueueResponse>(request);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) return std::nullopt;
      EXPECT_LE(page->cases_size(), 3);
      for (const CaseSummary& row : page->cases()) {
        EXPECT_TRUE(seen.insert(row.reference()).second) << "twice in the queue";
        EXPECT_GE(row.due_at().seconds(), last_due) << "the first due comes first";
        last_due = row.due_at().seconds();
        if (row.reference() == reference) found = row;
      }
      open_ = page->counts().open();
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    EXPECT_EQ(open_, static_cast<int>(seen.size())) << "the counts are of the whole queue";
    return found;
  }

  // What the contact that was received at that moment counts as for the manager, by column.
  std::string Figure(const google::protobuf::Timestamp& received_at) {
    insight::v1::GetFiguresRequest request;
    *request.mutable_received()->mutable_from() = received_at;
    *request.mutable_received()->mutable_to() =
        ToProto(FromProto(received_at) + absl::Microseconds(1));
    request.set_grouping(insight::v1::FIGURE_GROUPING_TEAM_AND_CHANNEL);
    const auto figures = demo().max().Ask<insight::v1::GetFiguresResponse>(request);
    EXPECT_TRUE(figures.ok()) << figures.status();
    if (!figures.ok() || figures->rows_size() != 1) return "no single row";
    const insight::v1::FigureRow& row = figures->rows(0);
    EXPECT_EQ(row.received(), 1);
    EXPECT_EQ(figures->total().received(), 1);
    return absl::StrCat(row.team_id(), " ", common::v1::Channel_Name(row.channel()), ":",
                        row.met() ? " met" : "", row.missed() ? " missed" : "",
                        row.open_not_due() ? " open" : "", row.no_norm() ? " no norm" : "",
                        row.excluded() ? " excluded" : "", row.on_target() ? ", on target" : "");
  }

  // "RECEIVED by Kim Jansen at burgerzaken"
  std::vector<std::string> HistoryOf(int64_t reference) {
    std::vector<std::string> history;
    absl::Time last = absl::InfinitePast();
    const cases::v1::Case found = demo().CaseOf(reference);
    for (const cases::v1::CaseEvent& event : found.events()) {
      EXPECT_EQ(event.sequence(), static_cast<int>(history.size()) + 1);
      EXPECT_GE(FromProto(event.at()), last);
      last = FromProto(event.at());
      history.push_back(absl::StrCat(cases::v1::EventKind_Name(event.kind()).substr(11), " by ",
                                     event.actor_name(), " at ", event.team_id()));
    }
    return history;
  }

  // The end of the n-th working day after `received_at`, by the calendar of the municipality.
  absl::Time DueAfter(const google::protobuf::Timestamp& received_at, int working_days) {
    const auto in_force =
        demo().fenna().Ask<directory::v1::GetCalendarResponse>(directory::v1::GetCalendarRequest());
    EXPECT_TRUE(in_force.ok()) << in_force.status();
    absl::TimeZone amsterdam;
    EXPECT_TRUE(absl::LoadTimeZone("Europe/Amsterdam", &amsterdam));
    auto definition =
        calendar::FromProto(in_force->calendar(), calendar::Kind::kService, amsterdam);
    EXPECT_TRUE(definition.ok()) << definition.status();
    const auto made = calendar::Calendar::Make(*std::move(definition));
    EXPECT_TRUE(made.ok()) << made.status();
    return made->Due(FromProto(received_at), working_days);
  }

  DemoFixture& demo() { return DemoFixture::In(GetParam()); }

  int open_ = 0;
};

TEST_P(LifeOfAContact, ACallbackIsDecidedQueuedAnsweredAndCounted) {
  const auto anna = RegisterAnna(demo());
  EXPECT_EQ(anna.team_id(), "burgerzaken");
  EXPECT_EQ(anna.decision().outcome(), routing::v1::OUTCOME_QUEUE);
  EXPECT_EQ(anna.decision().rule_id(), "burgerzaken");
  EXPECT_GE(anna.decision().sop_version(), 1);
  EXPECT_THAT(anna.decision().reason(), Not(IsEmpty()));
  EXPECT_THAT(anna.decision().losing_rules(), IsEmpty()) << "the case has them";
  EXPECT_THAT(demo().CaseOf(anna.reference()).decision().losing_rules(), Not(IsEmpty()));
  EXPECT_FALSE(anna.decision().pending());
  EXPECT_FALSE(anna.repeated());
  EXPECT_LE(anna.reference(), 9'999'999'999);
  EXPECT_EQ(FromProto(anna.due_at()), DueAfter(anna.received_at(), 2));
  EXPECT_EQ(Figure(anna.received_at()), "burgerzaken CHANNEL_CALLBACK: open");

  const auto queued = InQueue(demo().bas(), "burgerzaken", anna.reference());
  ASSERT_TRUE(queued.has_value());
  EXPECT_EQ(queued->due_at().seconds(), anna.due_at().seconds());
  EXPECT_EQ(queued->customer_name(), "Anna van de Toetssteen");
  EXPECT_EQ(queued->state(), cases::v1::CASE_STATE_QUEUED);

  EXPECT_EQ(Claim(demo().bas(), anna.reference()).claimed_by_name(), "Bas de Vries");
  const auto refused = Try<cases::v1::ClaimCaseResponse>(
      demo().noor(), cases::v1::ClaimCaseRequest(), anna.reference());
  EXPECT_EQ(Short(refused.status()), "FAILED_PRECONDITION already_claimed");
  ASSERT_THAT(DetailsOf(refused.status()), SizeIs(1));
  EXPECT_EQ(DetailsOf(refused.status())[0].facts.at("claimed_by"), "Bas de Vries");

  cases::v1::RecordAttemptRequest attempt;
  attempt.set_note("Voicemail ingesproken.");
  EXPECT_EQ(
      Do<cases::v1::RecordAttemptResponse>(demo().bas(), attempt, anna.reference()).attempts(), 1);
  cases::v1::SendInterimReplyRequest interim;
  interim.set_text("Wij zoeken het voor u uit.");
  Do<cases::v1::SendInterimReplyResponse>(demo().bas(), interim, anna.reference());
  EXPECT_EQ(Figure(anna.received_at()), "burgerzaken CHANNEL_CALLBACK: open");
  const CaseSummary answered = Answer(demo().bas(), anna.reference());
  EXPECT_EQ(answered.state(), cases::v1::CASE_STATE_CLOSED);
  EXPECT_EQ(answered.outcome(), cases::v1::CASE_OUTCOME_ANSWERED);
  EXPECT_EQ(answered.claimed_by(), "");

  EXPECT_FALSE(InQueue(demo().bas(), "burgerzaken", anna.reference()).has_value());
  EXPECT_EQ(Figure(anna.received_at()), "burgerzaken CHANNEL_CALLBACK: met, on target");
  EXPECT_THAT(
      HistoryOf(anna.reference()),
      ElementsAre("RECEIVED by Kim Jansen at burgerzaken", "CLAIMED by Bas de Vries at burgerzaken",
                  "NOT_REACHED by Bas de Vries at burgerzaken",
                  "INTERIM_REPLIED by Bas de Vries at burgerzaken",
                  "ANSWERED by Bas de Vries at burgerzaken"));
}

TEST_P(LifeOfAContact, ReopeningTakesTheAnswerBackAndLeavesTheClockAlone) {
  const auto anna = RegisterAnna(demo());
  Answer(demo().bas(), anna.reference());
  EXPECT_EQ(Figure(anna.received_at()), "burgerzaken CHANNEL_CALLBACK: met, on target");

  cases::v1::ReopenCaseRequest reopen;
  reopen.set_reason("De balie had het paspoort niet.");
  const CaseSummary reopened =
      Do<cases::v1::ReopenCaseResponse>(demo().lea(), reopen, anna.reference());
  EXPECT_EQ(reopened.state(), cases::v1::CASE_STATE_QUEUED);
  EXPECT_EQ(FromProto(reopened.due_at()), FromProto(anna.due_at()));
  EXPECT_TRUE(InQueue(demo().bas(), "burgerzaken", anna.reference()).has_value());
  EXPECT_EQ(Figure(anna.received_at()), "burgerzaken CHANNEL_CALLBACK: open");

  EXPECT_EQ(
      Short(Try<cases::v1::ReopenCaseResponse>(demo().lea(), reopen, anna.reference()).status()),
      "FAILED_PRECONDITION not_closed");
  Answer(demo().noor(), anna.reference());
  EXPECT_EQ(Figure(anna.received_at()), "burgerzaken CHANNEL_CALLBACK: met, on target");
  EXPECT_THAT(demo().MailOf(anna.reference()),
              ElementsAre("customer_answer to anna.toetssteen@post.example",
                          "customer_answer to anna.toetssteen@post.example",
                          "customer_receipt to anna.toetssteen@post.example",
                          "team_new_case to burgerzaken@voorbeeldstad.example",
                          "team_reopened_case to burgerzaken@voorbeeldstad.example"));
}

TEST_P(LifeOfAContact, ReachingTheResidentStopsTheClockOfACallback) {
  const auto anna = RegisterAnna(demo());
  cases::v1::RecordAttemptRequest attempt;
  attempt.set_reached(true);
  const CaseSummary reached =
      Do<cases::v1::RecordAttemptResponse>(demo().bas(), attempt, anna.reference());
  EXPECT_EQ(reached.state(), cases::v1::CASE_STATE_CLAIMED);
  EXPECT_EQ(Figure(anna.received_at()), "burgerzaken CHANNEL_CALLBACK: met, on target");
}

TEST_P(LifeOfAContact, MailToATeamHoldsANumberAndALinkAndNothingElse) {
  const auto anna = RegisterAnna(demo());
  cases::v1::SendInterimReplyRequest interim;
  interim.set_text("Wij zoeken het voor u uit.");
  Do<cases::v1::SendInterimReplyResponse>(demo().bas(), interim, anna.reference());
  EXPECT_THAT(demo().MailOf(anna.reference()),
              ElementsAre("customer_interim_reply to anna.toetssteen@post.example",
                          "customer_receipt to anna.toetssteen@post.example",
                          "team_new_case to burgerzaken@voorbeeldstad.example"));
  EXPECT_EQ(demo().database().Admin(absl::StrCat(
                "select payload from cases.caused_mail where kind = 'team_new_case' and case_id = ",
                anna.reference())),
            absl::StrCat(R"({"link": "/zaak/)", anna.reference(), R"(", "reference": )",
                         anna.reference(), "}"));
  // Whatever kind it is: a team's mail has these two, a resident's never the internal note.
  EXPECT_EQ(demo().database().Admin(
                "select count(*) from cases.caused_mail where kind like 'team\\_%' and "
                "payload - 'reference' - 'link' <> '{}'"),
            "0");
  EXPECT_EQ(demo().database().Admin(
                "select count(*) from cases.caused_mail where payload::text like '%slechthorend%'"),
            "0");
}

TEST_P(LifeOfAContact, ThroughTheKccToAnotherTeamOnOneClock) {
  demo().database().Admin(
      "update directory.team set mailbox = 'kcc@voorbeeldstad.example' where is_kcc");
  const auto anna = RegisterAnna(demo());
  cases::v1::ReturnCaseRequest back;
  back.set_reason("Dit gaat over een parkeervergunning.");
  back.set_suggested_team_id("parkeren");
  const CaseSummary returned =
      Do<cases::v1::ReturnCaseResponse>(demo().bas(), back, anna.reference());
  EXPECT_EQ(returned.team_id(), "kcc");
  EXPECT_TRUE(InQueue(demo().kim(), "kcc", anna.reference()).has_value());

  cases::v1::ForwardCaseRequest forward;
  forward.set_team_id("parkeren");
  forward.set_note("Graag vandaag nog bellen.");
  const CaseSummary forwarded =
      Do<cases::v1::ForwardCaseResponse>(demo().kim(), forward, anna.reference());
  EXPECT_EQ(forwarded.team_id(), "parkeren");
  EXPECT_EQ(FromProto(forwarded.due_at()), FromProto(anna.due_at()));
  EXPECT_EQ(FromProto(forwarded.received_at()), FromProto(anna.received_at()));
  EXPECT_TRUE(InQueue(demo().noor(), "parkeren", anna.reference()).has_value());
  cases::v1::GetCaseRequest look;
  look.set_reference(anna.reference());
  EXPECT_EQ(Short(demo().bas().Ask<cases::v1::GetCaseResponse>(look).status()),
            "PERMISSION_DENIED not_in_team");

  Answer(demo().noor(), anna.reference());
  EXPECT_EQ(Figure(anna.received_at()), "parkeren CHANNEL_CALLBACK: met, on target");
  const auto events = demo().CaseOf(anna.reference()).events();
  ASSERT_THAT(events, SizeIs(4));
  EXPECT_EQ(events[1].suggested_team_id(), "parkeren");
  EXPECT_EQ(events[1].text(), "Dit gaat over een parkeervergunning.");
  EXPECT_THAT(
      HistoryOf(anna.reference()),
      ElementsAre("RECEIVED by Kim Jansen at burgerzaken", "RETURNED by Bas de Vries at kcc",
                  "FORWARDED by Kim Jansen at parkeren", "ANSWERED by Noor Bakker at parkeren"));
  EXPECT_THAT(demo().MailOf(anna.reference()),
              ElementsAre("customer_answer to anna.toetssteen@post.example",
                          "customer_receipt to anna.toetssteen@post.example",
                          "team_forwarded_case to parkeren@voorbeeldstad.example",
                          "team_new_case to burgerzaken@voorbeeldstad.example",
                          "team_returned_case to kcc@voorbeeldstad.example"));
}

TEST_P(LifeOfAContact, WhatTheKccSettlesItselfIsClosedAndCountedApart) {
  const std::map<intake::v1::AnsweredKind, std::pair<std::string, cases::v1::CaseOutcome>> kinds = {
      {intake::v1::ANSWERED_KIND_ANSWERED,
       {"kcc CHANNEL_PHONE: met, on target", cases::v1::CASE_OUTCOME_FIRST_CONTACT}},
      {intake::v1::ANSWERED_KIND_STEERED,
       {"kcc CHANNEL_PHONE: excluded", cases::v1::CASE_OUTCOME_STEERED}},
      {intake::v1::ANSWERED_KIND_ACQUISITION,
       {"kcc CHANNEL_PHONE: excluded", cases::v1::CASE_OUTCOME_ACQUISITION}}};
  for (const auto& [kind, expected] : kinds) {
    intake::v1::RegisterAnsweredRequest request;
    request.set_idempotency_key(NewKey());
    request.mutable_question()->set_subject("Wanneer is de balie open");
    request.mutable_question()->set_topic_id("openingstijden");
    request.set_channel(common::v1::CHANNEL_PHONE);
    request.set_answer("Donderdag tot 20.00 uur.");
    request.set_kind(kind);
    const auto done = demo().kim().Ask<intake::v1::RegisterAnsweredResponse>(request);
    ASSERT_TRUE(done.ok()) << done.status();
    EXPECT_EQ(done->registration().team_id(), "");
    EXPECT_EQ(Figure(done->registration().received_at()), expected.first);
    const cases::v1::Case found = demo().CaseOf(done->registration().reference());
    EXPECT_EQ(found.summary().state(), cases::v1::CASE_STATE_CLOSED);
    EXPECT_EQ(found.summary().outcome(), expected.second);
    EXPECT_EQ(found.answer(), "Donderdag tot 20.00 uur.");
    EXPECT_THAT(demo().MailOf(found.summary().reference()), IsEmpty());
  }
}

TEST_P(LifeOfAContact, ClosingWithoutAnAnswerCountsByItsOutcome) {
  const std::map<cases::v1::CaseOutcome, std::string> outcomes = {
      {cases::v1::CASE_OUTCOME_ANSWERED_ELSEWHERE, "burgerzaken CHANNEL_CALLBACK: met, on target"},
      {cases::v1::CASE_OUTCOME_WITHDRAWN, "burgerzaken CHANNEL_CALLBACK: excluded"},
      {cases::v1::CASE_OUTCOME_ACQUISITION, "burgerzaken CHANNEL_CALLBACK: excluded"},
      {cases::v1::CASE_OUTCOME_STEERED, "burgerzaken CHANNEL_CALLBACK: excluded"}};
  for (const auto& [outcome, expected] : outcomes) {
    const auto anna = RegisterAnna(demo());
    cases::v1::CloseCaseRequest close;
    close.set_outcome(outcome);
    EXPECT_EQ(Do<cases::v1::CloseCaseResponse>(demo().bas(), close, anna.reference()).outcome(),
              outcome);
    EXPECT_EQ(Figure(anna.received_at()), expected);
  }
}

TEST_P(LifeOfAContact, EveryFigureOpensTheCasesBehindIt) {
  const auto anna = RegisterAnna(demo());
  insight::v1::ListFigureCasesRequest request;
  *request.mutable_received()->mutable_from() = anna.received_at();
  request.set_verdict(insight::v1::VERDICT_OPEN_NOT_DUE);
  request.set_team_id("burgerzaken");
  const auto listed = demo().max().Ask<insight::v1::ListFigureCasesResponse>(request);
  ASSERT_TRUE(listed.ok()) << listed.status();
  ASSERT_EQ(listed->cases_size(), 1);
  EXPECT_EQ(listed->cases(0).reference(), anna.reference());
  EXPECT_EQ(FromProto(listed->cases(0).due_at()), FromProto(anna.due_at()));
}

TEST_P(LifeOfAContact, IsOnTheDashboardAtOnce) {
  absl::TimeZone zone;
  ASSERT_TRUE(absl::LoadTimeZone("Europe/Amsterdam", &zone));
  insight::v1::GetDashboardRequest request;
  const std::string month = absl::FormatCivilTime(absl::ToCivilMonth(absl::Now(), zone));
  request.set_first_month(month);
  request.set_last_month(month);
  request.set_team_id("burgerzaken");
  const auto before = demo().max().Ask<insight::v1::GetDashboardResponse>(request);
  ASSERT_TRUE(before.ok()) << before.status();
  const auto anna = RegisterAnna(demo());
  const auto after = demo().max().Ask<insight::v1::GetDashboardResponse>(request);
  ASSERT_TRUE(after.ok()) << after.status();
  EXPECT_EQ(after->total().received(), before->total().received() + 1);
  EXPECT_EQ(after->open_work(0).open(),
            (before->open_work().empty() ? 0 : before->open_work(0).open()) + 1);
  EXPECT_EQ(after->months_size(), 13);

  // Hers is behind the mark of the hour at which it came in.
  const absl::CivilHour hour = absl::ToCivilHour(FromProto(anna.received_at()), zone);
  insight::v1::ListFigureCasesRequest behind;
  insight::v1::ArrivalHour* arrival = behind.mutable_mark()->mutable_arrival();
  arrival->set_weekday(static_cast<int>(absl::GetWeekday(absl::CivilDay(hour))) + 1);
  arrival->set_hour(hour.hour());
  behind.set_team_id("burgerzaken");
  const auto listed = demo().max().Ask<insight::v1::ListFigureCasesResponse>(behind);
  ASSERT_TRUE(listed.ok()) << listed.status();
  EXPECT_EQ(listed->cases().rbegin()->reference(), anna.reference());

  // What is open now opens as many cases as it counts.
  for (const auto& [kind, count] :
       {std::make_pair(insight::v1::OPEN_KIND_LATE, after->open_work(0).late()),
        std::make_pair(insight::v1::OPEN_KIND_DUE_THIS_WEEK,
                       after->open_work(0).due_this_week())}) {
    behind.mutable_mark()->set_open(kind);
    const auto open = demo().max().Ask<insight::v1::ListFigureCasesResponse>(behind);
    ASSERT_TRUE(open.ok()) << open.status();
    EXPECT_EQ(open->cases_size(), count) << kind;
  }
}

INSTANTIATE_TEST_SUITE_P(BothShapes, LifeOfAContact, ::testing::Values(Shape::kAll, Shape::kSplit),
                         ShapeName);

}  // namespace
}  // namespace wissel::testing
