#include "services/cases/lifecycle/case.h"

#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"

namespace wissel::cases {
namespace {

using options::v1::Role;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAreArray;

constexpr char kKcc[] = "kcc";
constexpr char kTeam[] = "parkeren";
constexpr char kOther[] = "groen";

rpc::Principal Person(std::vector<Role> roles, std::vector<std::string> teams) {
  return {.tenant_id = "GM0603",
          .account_id = "me",
          .display_name = "Me",
          .roles = std::move(roles),
          .team_ids = std::move(teams)};
}

const rpc::Principal kKccAgent = Person({options::v1::ROLE_KCC_AGENT}, {});
const rpc::Principal kKccLead =
    Person({options::v1::ROLE_KCC_AGENT, options::v1::ROLE_TEAM_LEAD}, {kKcc});
const rpc::Principal kMember = Person({options::v1::ROLE_TEAM_MEMBER}, {kTeam});
const rpc::Principal kLead = Person({options::v1::ROLE_TEAM_LEAD}, {kTeam});
const rpc::Principal kOtherMember = Person({options::v1::ROLE_TEAM_MEMBER}, {kOther});
const rpc::Principal kOtherLead = Person({options::v1::ROLE_TEAM_LEAD}, {kOther});
const rpc::Principal kManager = Person({options::v1::ROLE_MANAGER}, {kTeam, kKcc});

CaseFacts Queued(const std::string& team_id) {
  return {.state = v1::CASE_STATE_QUEUED, .team_id = team_id};
}

CaseFacts ClaimedBy(const std::string& team_id, const std::string& account_id,
                    const std::string& name) {
  return {.state = v1::CASE_STATE_CLAIMED,
          .team_id = team_id,
          .claimed_by = account_id,
          .claimed_by_name = name};
}

CaseFacts Closed(const std::string& team_id) {
  return {.state = v1::CASE_STATE_CLOSED,
          .outcome = v1::CASE_OUTCOME_ANSWERED,
          .team_id = team_id,
          .answer = "Ja."};
}

// In the order of the columns of the tables below.
const std::vector<Act> kActs = {
    {.action = Action::kClaim},
    {.action = Action::kUnclaim},
    {.action = Action::kAttempt, .reached = true},
    {.action = Action::kInterimReply, .text = "Bezig."},
    {.action = Action::kAnswer, .text = "Ja."},
    {.action = Action::kClose, .outcome = v1::CASE_OUTCOME_WITHDRAWN},
    {.action = Action::kReturn, .text = "Niet van ons."},
    {.action = Action::kForward, .team_id = "derde"},
    {.action = Action::kReopen, .text = "Toch niet."},
    {.action = Action::kTakeOver, .text = "Collega is ziek."},
};

char Letter(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  if (status.ok()) return '+';
  if (reason == "not_in_team") return 'T';
  if (reason == "already_claimed") return 'A';
  if (reason == "not_claimed") return 'N';
  if (reason == "closed") return 'C';
  if (reason == "not_closed") return 'O';
  if (reason == "wrong_state") return 'W';
  return '?';
}

struct Table {
  const char* name;
  const rpc::Principal& who;
  const char* team_id;
  // Rows: queued, in my hands, in a colleague's hands, closed.
  // Columns: claim unclaim attempt interim answer close return forward reopen
  // takeover.
  const char* expected;
};

const Table kTables[] = {
    {"KCC agent, case of a team", kKccAgent, kTeam,
     "TTTTT+T+OT\n"
     "TTTTT+T+OT\n"
     "TTTTT+T+OT\n"
     "TTTTTCTC+T"},
    {"KCC agent, case of the KCC", kKccAgent, kKcc,
     "+N++++T+ON\n"
     "++++++T+O+\n"
     "AAAAAATAO+\n"
     "CCCCCCTC+C"},
    {"lead of the KCC, case of the KCC", kKccLead, kKcc,
     "+N++++W+ON\n"
     "++++++W+O+\n"
     "A+AAAAAAO+\n"
     "CCCCCCCC+C"},
    {"lead of the KCC, case of a team", kKccLead, kTeam,
     "TTTTT+T+OT\n"
     "TTTTT+T+OT\n"
     "TTTTT+T+OT\n"
     "TTTTTCTC+T"},
    {"member, case of the team", kMember, kTeam,
     "+N+++++TTN\n"
     "+++++++TT+\n"
     "AAAAAAATT+\n"
     "CCCCCCCTTC"},
    {"lead, case of the team", kLead, kTeam,
     "+N+++++TON\n"
     "+++++++TO+\n"
     "A+AAAAATO+\n"
     "CCCCCCCT+C"},
    {"member of another team", kOtherMember, kTeam,
     "TTTTTTTTTT\n"
     "TTTTTTTTTT\n"
     "TTTTTTTTTT\n"
     "TTTTTTTTTT"},
    {"lead of another team", kOtherLead, kTeam,
     "TTTTTTTTTT\n"
     "TTTTTTTTTT\n"
     "TTTTTTTTTT\n"
     "TTTTTTTTTT"},
    {"manager", kManager, kTeam,
     "TTTTTTTTTT\n"
     "TTTTTTTTTT\n"
     "TTTTTTTTTT\n"
     "TTTTTTTTTT"},
};

TEST(Case, EveryRoleInEveryStateMayDoWhatTheTablesSay) {
  for (const Table& table : kTables) {
    const std::vector<CaseFacts> states = {
        Queued(table.team_id), ClaimedBy(table.team_id, "me", "Me"),
        ClaimedBy(table.team_id, "colleague", "Collega"), Closed(table.team_id)};
    std::vector<std::string> rows;
    for (const CaseFacts& state : states) {
      std::string& row = rows.emplace_back();
      for (const Act& act : kActs) row += Letter(Decide(state, act, table.who, kKcc).status());
    }
    EXPECT_EQ(absl::StrJoin(rows, "\n"), table.expected) << table.name;
  }
}

v1::CaseSummary SummaryOf(const CaseFacts& facts) {
  v1::CaseSummary summary;
  summary.set_state(facts.state);
  summary.set_team_id(facts.team_id);
  summary.set_claimed_by(facts.claimed_by);
  return summary;
}

std::vector<std::string> Allowed(const CaseFacts& facts, const rpc::Principal& who) {
  v1::CaseSummary summary = SummaryOf(facts);
  SetAllowedActions(who, kKcc, &summary);
  std::vector<std::string> names;
  for (const int action : summary.allowed_actions()) {
    names.push_back(v1::CaseAction_Name(action).substr(sizeof("CASE_ACTION")));
  }
  return names;
}

TEST(Case, TheActionsThatAreOfferedAreThoseThatAreAllowedAndChangeSomething) {
  for (const Table& table : kTables) {
    for (const CaseFacts& facts :
         {Queued(table.team_id), ClaimedBy(table.team_id, "me", "Me"),
          ClaimedBy(table.team_id, "colleague", "Collega"), Closed(table.team_id)}) {
      v1::CaseSummary summary = SummaryOf(facts);
      SetAllowedActions(table.who, kKcc, &summary);
      std::vector<int> expected;
      for (const Act& act : kActs) {
        const auto change = Decide(facts, act, table.who, kKcc);
        if (change.ok() && !change->events.empty()) {
          expected.push_back(static_cast<int>(act.action));
        }
      }
      EXPECT_THAT(summary.allowed_actions(), UnorderedElementsAreArray(expected)) << table.name;
    }
  }
}

TEST(Case, ActionsAreOfferedInTheOrderOfTheContract) {
  EXPECT_THAT(
      Allowed(Queued(kTeam), kMember),
      ElementsAre("CLAIM", "ANSWER", "RECORD_ATTEMPT", "SEND_INTERIM_REPLY", "RETURN", "CLOSE"));
  EXPECT_THAT(
      Allowed(ClaimedBy(kTeam, "me", "Me"), kMember),
      ElementsAre("ANSWER", "RECORD_ATTEMPT", "SEND_INTERIM_REPLY", "RETURN", "CLOSE", "UNCLAIM"));
  EXPECT_THAT(Allowed(ClaimedBy(kTeam, "colleague", "Collega"), kLead),
              ElementsAre("TAKE_OVER", "UNCLAIM"));
  EXPECT_THAT(Allowed(ClaimedBy(kTeam, "colleague", "Collega"), kKccAgent),
              ElementsAre("FORWARD", "CLOSE"));
  EXPECT_THAT(Allowed(Closed(kTeam), kKccAgent), ElementsAre("REOPEN"));
  EXPECT_THAT(Allowed(Queued(kTeam), kManager), ElementsAre());
}

TEST(Case, ActionsOfferedBeforeAreForgotten) {
  v1::CaseSummary summary = SummaryOf(Queued(kTeam));
  SetAllowedActions(kMember, kKcc, &summary);
  SetAllowedActions(kOtherMember, kKcc, &summary);
  EXPECT_EQ(summary.allowed_actions_size(), 0);
}

TEST(Case, EveryChangeKeepsTheHolderAndTheOutcomeWithTheState) {
  for (const Table& table : kTables) {
    for (const CaseFacts& before :
         {Queued(table.team_id), ClaimedBy(table.team_id, "me", "Me"),
          ClaimedBy(table.team_id, "colleague", "Collega"), Closed(table.team_id)}) {
      for (const Act& act : kActs) {
        const auto change = Decide(before, act, table.who, kKcc);
        if (!change.ok()) continue;
        const CaseFacts& after = change->after;
        EXPECT_EQ(after.state == v1::CASE_STATE_CLAIMED, !after.claimed_by.empty());
        EXPECT_EQ(after.state == v1::CASE_STATE_CLOSED, after.outcome != 0);
        if (!change->events.empty()) {
          EXPECT_EQ(change->events.back().team_id, after.team_id);
          EXPECT_EQ(change->events.back().outcome, after.outcome);
        }
      }
    }
  }
}

std::vector<v1::EventKind> KindsOf(const Change& change) {
  std::vector<v1::EventKind> kinds;
  for (const EventDraft& event : change.events) kinds.push_back(event.kind);
  return kinds;
}

TEST(Case, TellsWhoHasItInHand) {
  const absl::Status status =
      Decide(ClaimedBy(kTeam, "colleague", "A. Jansen"), {.action = Action::kClaim}, kMember, kKcc)
          .status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  ASSERT_EQ(DetailsOf(status).size(), 1u);
  EXPECT_EQ(DetailsOf(status)[0].facts.at("claimed_by"), "A. Jansen");
  EXPECT_EQ(status.message().find("Jansen"), absl::string_view::npos);
}

TEST(Case, ClaimingTwiceChangesNothing) {
  const auto change =
      Decide(ClaimedBy(kTeam, "me", "Me"), {.action = Action::kClaim}, kMember, kKcc);
  ASSERT_TRUE(change.ok());
  EXPECT_THAT(change->events, ElementsAre());
}

TEST(Case, TakingOverNamesTheOldHolderAndTheReason) {
  const CaseFacts held = ClaimedBy(kTeam, "colleague", "A. Jansen");
  const auto change =
      Decide(held, {.action = Action::kTakeOver, .text = "Ann is ziek."}, kMember, kKcc);
  ASSERT_TRUE(change.ok());
  EXPECT_EQ(change->after.claimed_by, "me");
  EXPECT_EQ(change->after.claimed_by_name, "Me");
  ASSERT_THAT(KindsOf(*change), ElementsAre(v1::EVENT_KIND_TAKEN_OVER));
  EXPECT_EQ(change->events[0].text, "Ann is ziek.");
  EXPECT_EQ(change->events[0].previous_holder, "colleague");
  EXPECT_EQ(change->events[0].previous_holder_name, "A. Jansen");

  const auto again = Decide(change->after, {.action = Action::kTakeOver}, kMember, kKcc);
  ASSERT_TRUE(again.ok());
  EXPECT_THAT(again->events, ElementsAre());
}

// The reason was meant for somebody else.
TEST(Case, ACaseThatAnotherTookOverMeanwhileIsLeftAlone) {
  const Act act = {.action = Action::kTakeOver, .text = "Ann is ziek.", .held_by = "ann"};
  EXPECT_TRUE(Decide(ClaimedBy(kTeam, "ann", "Ann"), act, kMember, kKcc).ok());
  EXPECT_EQ(ReasonOf(Decide(ClaimedBy(kTeam, "bob", "Bob"), act, kMember, kKcc).status()),
            "already_claimed");
}

TEST(Case, WhoLosesACaseToAnotherIsNamedAndNobodyElse) {
  for (const Table& table : kTables) {
    for (const CaseFacts& before :
         {Queued(table.team_id), ClaimedBy(table.team_id, "me", "Me"),
          ClaimedBy(table.team_id, "colleague", "Collega"), Closed(table.team_id)}) {
      for (const Act& act : kActs) {
        const auto change = Decide(before, act, table.who, kKcc);
        if (!change.ok()) continue;
        const std::string loser = before.claimed_by == "colleague" ? "colleague" : "";
        for (const EventDraft& event : change->events) EXPECT_EQ(event.previous_holder, loser);
        if (!loser.empty()) {
          EXPECT_NE(change->after.claimed_by, loser);
          EXPECT_EQ(change->events.size(), 1u);
        }
      }
    }
  }
}

TEST(Case, AnAttemptTakesItInHandAndCountsOnlyWhenNobodyAnswers) {
  const auto missed =
      Decide(Queued(kTeam), {.action = Action::kAttempt, .text = "Voicemail."}, kMember, kKcc);
  ASSERT_TRUE(missed.ok());
  EXPECT_THAT(KindsOf(*missed), ElementsAre(v1::EVENT_KIND_CLAIMED, v1::EVENT_KIND_NOT_REACHED));
  EXPECT_EQ(missed->after.attempts, 1);
  EXPECT_EQ(missed->after.claimed_by, "me");
  EXPECT_EQ(missed->events[0].text, "");
  EXPECT_EQ(missed->events[1].text, "Voicemail.");

  const auto reached =
      Decide(missed->after, {.action = Action::kAttempt, .reached = true}, kMember, kKcc);
  ASSERT_TRUE(reached.ok());
  EXPECT_THAT(KindsOf(*reached), ElementsAre(v1::EVENT_KIND_REACHED));
  EXPECT_EQ(reached->after.attempts, 1);
  EXPECT_EQ(reached->after.state, v1::CASE_STATE_CLAIMED);
}

TEST(Case, AnAnswerFromTheQueueIsOneEvent) {
  const auto change =
      Decide(Queued(kTeam), {.action = Action::kAnswer, .text = "Ja."}, kMember, kKcc);
  ASSERT_TRUE(change.ok());
  EXPECT_THAT(KindsOf(*change), ElementsAre(v1::EVENT_KIND_ANSWERED));
  EXPECT_EQ(change->after.outcome, v1::CASE_OUTCOME_ANSWERED);
  EXPECT_EQ(change->after.answer, "Ja.");
}

TEST(Case, AReturnedCaseLiesWithTheKccAndNamesTheSuggestion) {
  const auto change = Decide(
      ClaimedBy(kTeam, "me", "Me"),
      {.action = Action::kReturn, .text = "Handhaving.", .team_id = "handhaving"}, kMember, kKcc);
  ASSERT_TRUE(change.ok());
  EXPECT_EQ(change->after.team_id, kKcc);
  EXPECT_EQ(change->after.state, v1::CASE_STATE_QUEUED);
  ASSERT_THAT(KindsOf(*change), ElementsAre(v1::EVENT_KIND_RETURNED));
  EXPECT_EQ(change->events[0].team_id, kKcc);
  EXPECT_EQ(change->events[0].suggested_team_id, "handhaving");
}

TEST(Case, ForwardingToTheTeamThatHasItIsRefused) {
  const auto change =
      Decide(Queued(kTeam), {.action = Action::kForward, .team_id = kTeam}, kKccAgent, kKcc);
  EXPECT_EQ(ReasonOf(change.status()), "same_team");
}

TEST(Case, ReopeningForgetsHowItEnded) {
  CaseFacts closed = Closed(kTeam);
  closed.attempts = 2;
  const auto change =
      Decide(closed, {.action = Action::kReopen, .text = "Toch niet."}, kLead, kKcc);
  ASSERT_TRUE(change.ok());
  EXPECT_EQ(change->after.state, v1::CASE_STATE_QUEUED);
  EXPECT_EQ(change->after.outcome, v1::CASE_OUTCOME_UNSPECIFIED);
  EXPECT_EQ(change->after.answer, "");
  EXPECT_EQ(change->after.team_id, kTeam);
  EXPECT_EQ(change->after.attempts, 2);
  EXPECT_THAT(KindsOf(*change), ElementsAre(v1::EVENT_KIND_REOPENED));
}

// Who decides where a case goes or how it ends takes it from the router.
TEST(Case, APersonsDecisionEndsTheWaitForTheRouter) {
  for (const Act& act : kActs) {
    CaseFacts pending = Queued(kKcc);
    pending.routing_pending = true;
    const auto change = Decide(pending, act, kKccAgent, kKcc);
    if (!change.ok()) continue;
    const bool decided = act.action == Action::kAnswer || act.action == Action::kClose ||
                         act.action == Action::kForward;
    EXPECT_EQ(change->after.routing_pending, !decided);
  }
}

TEST(Case, QueuesAreReadByKccManagersAndTheTeamItself) {
  EXPECT_TRUE(MayReadQueue(kKccAgent, kTeam).ok());
  EXPECT_TRUE(MayReadQueue(kManager, kOther).ok());
  EXPECT_TRUE(MayReadQueue(kMember, kTeam).ok());
  EXPECT_EQ(ReasonOf(MayReadQueue(kOtherLead, kTeam)), "not_in_team");
  EXPECT_EQ(ReasonOf(MayReadCase(kManager, kTeam)), "not_in_team");
  EXPECT_TRUE(MayReadCase(kLead, kTeam).ok());
  EXPECT_TRUE(MayReadCase(kKccAgent, kTeam).ok());
}

}  // namespace
}  // namespace wissel::cases
