#include "services/wissel/simulation/simulator.h"

#include <cmath>
#include <map>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/calendar/calendar_proto.h"
#include "libs/calendar/test_definitions.h"
#include "libs/norms/log_fold.h"
#include "libs/sop/sop_reader.h"
#include "services/wissel/simulation/new_municipality.h"

namespace wissel::simulation {
namespace {

using cases::CaseHistory;
using common::v1::Channel;

constexpr absl::CivilDay kFirstDay(2025, 2, 1);
constexpr absl::CivilSecond kUntil(2026, 3, 1, 12, 0, 0);

absl::Time At(absl::CivilSecond local) { return absl::FromCivil(local, calendar::Amsterdam()); }

std::shared_ptr<const municipality::MunicipalitySnapshot> Facts(const NewMunicipality& plan) {
  auto facts = std::make_shared<municipality::MunicipalitySnapshot>();
  facts->zone = calendar::Amsterdam();
  facts->calendar_version = 1;
  facts->service_calendar = calendar::Calendar::Make(calendar::OfficeHours()).value();
  std::vector<std::string> team_ids = {"kcc"};
  for (const auto& team : plan.teams.teams()) team_ids.push_back(team.team_id());
  int64_t place = 0;
  for (const std::string& team_id : team_ids) {
    facts->AddTeam({.team_id = team_id, .is_kcc = team_id == "kcc", .place = ++place});
    for (const Channel channel : {common::v1::CHANNEL_PHONE, common::v1::CHANNEL_CALLBACK}) {
      facts->AddNorm(team_id, channel, absl::CivilDay(2000), {.working_days = 2});
    }
    for (const Channel channel : {common::v1::CHANNEL_EMAIL, common::v1::CHANNEL_FORM,
                                  common::v1::CHANNEL_CHAT, common::v1::CHANNEL_SOCIAL}) {
      facts->AddNorm(team_id, channel, absl::CivilDay(2000), {.working_days = 5});
    }
  }
  return facts;
}

SimulatedMunicipality Municipality(int teams = 8) {
  const NewMunicipality plan = PlanMunicipality("GM9902", teams);
  return {.facts = Facts(plan),
          .sop = decision::CompiledSop::Compile(sop::ParseSop(plan.sop).value(), 1).value(),
          .accounts = {}};
}

cases::Simulation Options(int64_t inhabitants = 10'000) {
  return {.seed = 1, .inhabitants = inhabitants, .first_day = kFirstDay, .until = At(kUntil)};
}

std::vector<CaseHistory> AllOf(const cases::Simulation& options, int teams = 8) {
  Simulator simulator(options, Municipality(teams));
  std::vector<CaseHistory> all;
  while (!simulator.IsOver()) {
    auto day = simulator.NextDay();
    if (!day.ok()) {
      ADD_FAILURE() << day.status();
      break;
    }
    std::move(day->begin(), day->end(), std::back_inserter(all));
  }
  return all;
}

// The case as figures judge it.
norms::JudgedCase Judge(const CaseHistory& history) {
  norms::JudgedCase judged;
  norms::LogFold fold(At(kUntil), [&](norms::JudgedCase found) { judged = std::move(found); });
  const cases::NewCase& first = history.registered;
  fold.Add({.case_id = 1,
            .at = history.received_at,
            .kind = cases::v1::EVENT_KIND_RECEIVED,
            .team_id = first.team_id,
            .outcome = static_cast<cases::v1::CaseOutcome>(first.outcome),
            .due_at = first.due_at,
            .channel = static_cast<Channel>(first.channel),
            .first_attempt_counts = first.first_attempt_counts});
  for (const cases::PastEvent& past : history.events) {
    fold.Add({.case_id = 1,
              .at = past.at,
              .kind = past.event.kind,
              .team_id = past.event.team_id,
              .outcome = past.event.outcome});
  }
  fold.End();
  return judged;
}

// Share in time of what departments answered.
double ShareInTime(const std::vector<CaseHistory>& histories) {
  double met = 0, all = 0;
  for (const CaseHistory& history : histories) {
    const norms::JudgedCase judged = Judge(history);
    if (judged.team_id == "kcc") continue;
    if (judged.verdict == insight::v1::VERDICT_MET) ++met;
    if (judged.verdict == insight::v1::VERDICT_MET || judged.verdict == insight::v1::VERDICT_MISSED)
      ++all;
  }
  return met / all;
}

std::string Written(const std::vector<CaseHistory>& histories) {
  std::string text;
  for (const CaseHistory& history : histories) {
    const cases::NewCase& first = history.registered;
    absl::StrAppend(&text, absl::FormatTime(history.received_at), "|", first.key, "|",
                    first.customer_name, "|", first.team_id, "|", first.topic_id, "|",
                    first.subject, "|", first.phone, "|", history.facts.team_id, "\n");
    for (const cases::PastEvent& past : history.events) {
      absl::StrAppend(&text, " ", absl::FormatTime(past.at), "|", past.event.kind, "|",
                      past.actor_name, "|", past.event.text, "\n");
    }
  }
  return text;
}

TEST(Simulator, TheSameSeedGivesTheSamePastAndAnotherOneAnother) {
  cases::Simulation options = Options(2'000);
  const std::string first = Written(AllOf(options));
  EXPECT_EQ(Written(AllOf(options)), first);
  options.seed = 2;
  EXPECT_NE(Written(AllOf(options)), first);
}

TEST(Simulator, AYearIsThatOfAMunicipality) {
  const std::vector<CaseHistory> all = AllOf(Options(40'000));
  std::map<int, int> channels;
  std::map<absl::Weekday, int> weekdays;
  std::map<int, int> hours;
  for (const CaseHistory& history : all) {
    ++channels[history.registered.channel];
    const absl::CivilSecond local = absl::ToCivilSecond(history.received_at, calendar::Amsterdam());
    ++weekdays[absl::GetWeekday(absl::CivilDay(local))];
    ++hours[local.hour()];
  }
  // Thirteen months of 1.17 contacts an inhabitant and a year.
  EXPECT_NEAR(static_cast<double>(all.size()), 40'000 * 1.17 * 13 / 12, 5'000);
  EXPECT_GT(channels[common::v1::CHANNEL_PHONE], channels[common::v1::CHANNEL_EMAIL]);
  for (const Channel channel :
       {common::v1::CHANNEL_CALLBACK, common::v1::CHANNEL_FORM, common::v1::CHANNEL_CHAT,
        common::v1::CHANNEL_SOCIAL, common::v1::CHANNEL_COUNTER, common::v1::CHANNEL_POST}) {
    EXPECT_GT(channels[channel], 100) << channel;
  }
  EXPECT_GT(weekdays[absl::Weekday::monday], weekdays[absl::Weekday::wednesday]);
  EXPECT_GT(weekdays[absl::Weekday::wednesday], weekdays[absl::Weekday::friday]);
  EXPECT_GT(weekdays[absl::Weekday::friday], 5 * weekdays[absl::Weekday::sunday]);
  EXPECT_GT(hours[10], 2 * hours[12] - hours[11]);
  EXPECT_GT(hours[10], 3 * hours[20]);
}

// As three municipalities that began with it counted.
TEST(Arrivals, SixChatsAWeekForTenThousandAndTwoHundredAndSixtyForAMillion) {
  EXPECT_NEAR(Arrivals::InAYear(common::v1::CHANNEL_CHAT, 10'000) / 52, 6, 0.01);
  EXPECT_NEAR(Arrivals::InAYear(common::v1::CHANNEL_CHAT, 1'000'000) / 52, 260, 3);
}

TEST(Simulator, EventsLieInOrderBetweenTheReceiptAndTheEnd) {
  std::map<int, int> kinds, outcomes;
  for (const CaseHistory& history : AllOf(Options())) {
    absl::Time before = history.received_at;
    EXPECT_LE(before, At(kUntil));
    for (const cases::PastEvent& past : history.events) {
      EXPECT_LE(before, past.at);
      EXPECT_LE(past.at, At(kUntil));
      before = past.at;
      ++kinds[past.event.kind];
    }
    EXPECT_EQ(history.closed_at.has_value(), history.facts.state == cases::v1::CASE_STATE_CLOSED);
    if (history.closed_at) EXPECT_EQ(*history.closed_at, before);
    // Nobody has an account here who could have it in hand now.
    EXPECT_NE(history.facts.state, cases::v1::CASE_STATE_CLAIMED);
    ++outcomes[history.facts.outcome];
  }
  using namespace cases::v1;  // NOLINT: the names of the events are long enough
  for (const int kind :
       {EVENT_KIND_CLAIMED, EVENT_KIND_REACHED, EVENT_KIND_NOT_REACHED, EVENT_KIND_INTERIM_REPLIED,
        EVENT_KIND_ANSWERED, EVENT_KIND_CLOSED, EVENT_KIND_RETURNED, EVENT_KIND_FORWARDED,
        EVENT_KIND_REOPENED, EVENT_KIND_CONTACT_ADDED}) {
    EXPECT_GT(kinds[kind], 3) << EventKind_Name(kind);
  }
  for (int outcome = 0; outcome <= CaseOutcome_MAX; ++outcome) {
    EXPECT_GT(outcomes[outcome], 3) << CaseOutcome_Name(outcome);
  }
}

TEST(Simulator, WhatIsOpenIsInHandOfWhoHasAnAccount) {
  SimulatedMunicipality municipality = Municipality();
  municipality.accounts = {{.account_id = "bas",
                            .display_name = "Bas de Vries",
                            .roles = {options::v1::ROLE_TEAM_MEMBER},
                            .team_ids = {"burgerzaken", "parkeren"}}};
  Simulator simulator(Options(), municipality);
  int in_hand = 0, open = 0;
  while (!simulator.IsOver()) {
    const std::vector<CaseHistory> day = simulator.NextDay().value();
    for (const CaseHistory& history : day) {
      open += history.facts.state != cases::v1::CASE_STATE_CLOSED;
      if (history.facts.state != cases::v1::CASE_STATE_CLAIMED) continue;
      ++in_hand;
      EXPECT_EQ(history.facts.claimed_by, "bas");
      EXPECT_THAT(history.facts.team_id, ::testing::AnyOf("burgerzaken", "parkeren"));
    }
  }
  EXPECT_GT(in_hand, 0);
  EXPECT_GT(open, in_hand);
}

TEST(Simulator, TeamsAreAsGoodAsIsAskedFor) {
  cases::Simulation options = Options(20'000);
  for (const double share : {0.4, 0.9}) {
    options.share_in_time = share;
    // Some went astray, which costs time.
    EXPECT_NEAR(ShareInTime(AllOf(options)), share, 0.05);
  }
  options.share_in_time = 1;
  EXPECT_EQ(ShareInTime(AllOf(options)), 1);
}

TEST(Simulator, PeopleHaveNamesOfEveryKindAndAddressesOfNobody) {
  std::set<std::string> names;
  for (const CaseHistory& history : AllOf(Options())) {
    const cases::NewCase& first = history.registered;
    names.insert(first.family_name);
    if (!first.email.empty()) EXPECT_TRUE(absl::EndsWith(first.email, "@post.example"));
    if (!first.phone.empty()) EXPECT_TRUE(absl::StartsWith(first.phone, "+31880"));
  }
  for (const char* name : {"Jansen", "Yılmaz", "Nguyễn", "陳", "الحسن", "Шевченко", "E"}) {
    EXPECT_TRUE(names.contains(name)) << name;
  }
}

// With an SOP of sixty teams, and of one.
TEST(NewMunicipality, HasAnSopThatSendsEveryTopicSomewhere) {
  for (const int teams : {1, 8, kMostTeams}) {
    const NewMunicipality plan = PlanMunicipality("GM9902", teams);
    const auto sop = sop::ParseSop(plan.sop);
    ASSERT_TRUE(sop.ok()) << sop.status();
    EXPECT_EQ(plan.teams.teams_size(), teams);
    std::set<std::string> named;
    for (const sop::SopRule& rule : sop->rules) named.insert(rule.then.team_id);
    EXPECT_GE(static_cast<int>(named.size()), std::min(teams, 55));
  }
}

}  // namespace
}  // namespace wissel::simulation
