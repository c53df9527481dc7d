#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/testing/fake_clock.h"
#include "libs/testing/sql_script.h"
#include "services/cases/queue/queue.h"
#include "services/cases/test_cases.h"

namespace wissel::cases {
namespace {

using ::testing::ElementsAre;

absl::Time At(const char* text) {
  absl::Time time;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, text, &time, &error)) << error;
  return time;
}

class QueueTest : public CasesTest {
 protected:
  v1::ListQueueResponse List(const std::string& team_id, int page_size = 0,
                             const std::string& token = "") {
    v1::ListQueueRequest request;
    request.set_team_id(team_id);
    request.set_page_size(page_size);
    request.set_page_token(token);
    v1::ListQueueResponse response;
    const absl::Status status = queue_.ListQueue(AgentCall(), request, &response);
    EXPECT_TRUE(status.ok()) << status;
    return response;
  }

  std::string Refusal(const rpc::Call& call, const std::string& team_id, int page_size = 0,
                      const std::string& token = "") {
    v1::ListQueueRequest request;
    request.set_team_id(team_id);
    request.set_page_size(page_size);
    request.set_page_token(token);
    v1::ListQueueResponse response;
    return ReasonOf(queue_.ListQueue(call, request, &response));
  }

  std::vector<int64_t> Walk(const std::string& team_id, int page_size) {
    std::vector<int64_t> walked;
    std::string token;
    do {
      const v1::ListQueueResponse page = List(team_id, page_size, token);
      for (const v1::CaseSummary& row : page.cases()) walked.push_back(row.reference());
      token = page.next_page_token();
    } while (!token.empty());
    return walked;
  }

  // "open/claimed/overdue/due today".
  static std::string Text(const v1::QueueCounts& counts) {
    return absl::StrCat(counts.open(), "/", counts.claimed(), "/", counts.overdue(), "/",
                        counts.due_today());
  }

  // The same counted one by one.
  std::string Recount(const std::string& team_id) {
    const std::string now = absl::FormatTime(clock_.Now(), absl::UTCTimeZone());
    const std::string tomorrow =
        absl::StrCat("(date_trunc('day', '", now,
                     "'::timestamptz at time zone 'Europe/Amsterdam') + interval '1 day')"
                     " at time zone 'Europe/Amsterdam'");
    return database_.Admin(
        absl::StrCat("select count(*) || '/' || count(*) filter (where state = 2) || '/' ||",
                     " count(*) filter (where due_at < '", now, "') || '/' ||",
                     " count(*) filter (where due_at >= '", now, "' and due_at < ", tomorrow, ")",
                     " from cases.case_file where state < 3 and team_id = '", team_id, "'"));
  }

  // Later than the clock of the machine: what is long overdue is put together by that one.
  testing::FakeClock clock_{At("2030-04-03T12:00:00+02:00")};
  municipality::SnapshotCache municipalities_;
  QueueReader queue_{*pool_, municipalities_, clock_};
};

TEST_F(QueueTest, IsSortedByDueMomentAndPagesShowEveryCaseOnce) {
  // Many share a due moment, some have none; the order of planting is another.
  PlantCases(1, 60, "parkeren",
             "case when i % 5 = 0 then 'infinity'"
             " else timestamptz '2030-04-02 15:00Z' + (i % 4) * interval '1 day' end");
  PlantCases(100, 5, "burgerzaken");
  const std::string expected = database_.Admin(
      "select string_agg(case_id::text, ',' order by due_at, case_id) from cases.case_file"
      " where team_id = 'parkeren'");
  for (const int page_size : {1, 7, 20, 59, 60, 61, 200}) {
    EXPECT_EQ(absl::StrJoin(Walk("parkeren", page_size), ","), expected) << page_size;
  }
  const v1::ListQueueResponse page = List("parkeren");
  EXPECT_EQ(page.cases_size(), 50);
  EXPECT_EQ(page.cases(0).subject(), "Vraag 4");
  EXPECT_EQ(page.cases(0).customer_name(), "A. van de Berg");
  EXPECT_EQ(FromProto(page.cases(0).due_at()), At("2030-04-02T15:00:00Z"));
  EXPECT_EQ(Text(page.counts()), "60/0/12/12");
  const v1::ListQueueResponse last = List("parkeren", 200);
  EXPECT_FALSE(last.cases(59).has_due_at());
  EXPECT_EQ(last.next_page_token(), "");
}

TEST_F(QueueTest, ARowTellsEachReaderWhatThatReaderMayDo) {
  PlantCases(1, 1, "parkeren");
  EXPECT_THAT(List("parkeren").cases(0).allowed_actions(),
              ElementsAre(v1::CASE_ACTION_FORWARD, v1::CASE_ACTION_CLOSE));
  v1::ListQueueRequest request;
  request.set_team_id("parkeren");
  v1::ListQueueResponse page;
  ASSERT_TRUE(queue_.ListQueue(Member("ann", "parkeren"), request, &page).ok());
  EXPECT_THAT(page.cases(0).allowed_actions(),
              ElementsAre(v1::CASE_ACTION_CLAIM, v1::CASE_ACTION_ANSWER,
                          v1::CASE_ACTION_RECORD_ATTEMPT, v1::CASE_ACTION_SEND_INTERIM_REPLY,
                          v1::CASE_ACTION_RETURN, v1::CASE_ACTION_CLOSE));
}

TEST_F(QueueTest, ACaseTellsEachReaderWhatThatReaderMayDo) {
  PlantCases(1, 1, "parkeren");
  v1::ClaimCaseResponse claimed;
  ASSERT_TRUE(
      actions_.Claim(Member("bob", "parkeren"), On<v1::ClaimCaseRequest>(1), &claimed).ok());
  const auto held = ElementsAre(v1::CASE_ACTION_ANSWER, v1::CASE_ACTION_RECORD_ATTEMPT,
                                v1::CASE_ACTION_SEND_INTERIM_REPLY, v1::CASE_ACTION_RETURN,
                                v1::CASE_ACTION_CLOSE, v1::CASE_ACTION_UNCLAIM);
  EXPECT_THAT(claimed.case_().allowed_actions(), held);
  v1::GetCaseRequest request;
  request.set_reference(1);
  v1::GetCaseResponse found;
  ASSERT_TRUE(queue_.GetCase(Member("bob", "parkeren"), request, &found).ok());
  EXPECT_THAT(found.case_().summary().allowed_actions(), held);
  ASSERT_TRUE(queue_.GetCase(Member("ann", "parkeren"), request, &found).ok());
  EXPECT_THAT(found.case_().summary().allowed_actions(), ElementsAre(v1::CASE_ACTION_TAKE_OVER));
}

TEST_F(QueueTest, AnEmptyQueueIsAnEmptyPage) {
  const v1::ListQueueResponse page = List("parkeren");
  EXPECT_EQ(page.cases_size(), 0);
  EXPECT_EQ(page.next_page_token(), "");
  EXPECT_EQ(page.counts().team_id(), "parkeren");
  EXPECT_EQ(Text(page.counts()), "0/0/0/0");
}

TEST_F(QueueTest, CasesThatComeAndGoBetweenPagesMoveNoOther) {
  PlantCases(10, 20, "parkeren");
  const v1::ListQueueResponse first = List("parkeren", 10);
  v1::ClaimCaseResponse claimed;
  database_.Admin(
      "update cases.case_file set state = 3, outcome = 2, closed_at = now()"
      " where case_id in (12, 19)");
  PlantCases(5, 1, "parkeren", "'2030-01-01 00:00Z'");
  const v1::ListQueueResponse second = List("parkeren", 10, first.next_page_token());
  ASSERT_EQ(second.cases_size(), 10);
  EXPECT_EQ(second.cases(0).reference(), 20);
  EXPECT_EQ(second.next_page_token(), "");
}

TEST_F(QueueTest, RefusesWhatItCannotServe) {
  PlantCases(1, 3, "parkeren");
  EXPECT_EQ(Refusal(AgentCall(), ""), "required");
  EXPECT_EQ(Refusal(AgentCall(), "bestaatniet"), "no_such_team");
  EXPECT_EQ(Refusal(AgentCall(), "parkeren", 201), "out_of_range");
  EXPECT_EQ(Refusal(AgentCall(), "parkeren", -1), "out_of_range");
  const std::string token = List("parkeren", 1).next_page_token();
  EXPECT_EQ(Refusal(AgentCall(), "burgerzaken", 1, token), "invalid_page_token");
  EXPECT_EQ(Refusal(AgentCall("GM0034"), "parkeren", 1, token), "invalid_page_token");
  EXPECT_EQ(Refusal(Member("ann", "burgerzaken"), "parkeren"), "not_in_team");
  EXPECT_EQ(Refusal(Member("ann", "parkeren"), "parkeren"), "");
  EXPECT_EQ(Refusal(CallOf(options::v1::ROLE_MANAGER, "mia", ""), "parkeren"), "");
}

TEST_F(QueueTest, ATeamOfJustNowHasAQueue) {
  EXPECT_EQ(Refusal(AgentCall(), "afval"), "no_such_team");
  database_.Admin(absl::StrCat(
      "insert into directory.team (tenant_id, team_id, name, mailbox, is_kcc) values ('", kTenant,
      "', 'afval', 'Afval', 'afval@gemeente.example', false)"));
  PlantCases(1, 2, "afval");
  EXPECT_EQ(Text(List("afval").counts()), "2/0/0/2");
}

TEST_F(QueueTest, AnotherMunicipalitySeesNothing) {
  PlantMunicipality(database_, "GM0034");
  PlantCases(1, 3, "parkeren");
  v1::ListQueueRequest request;
  request.set_team_id("parkeren");
  v1::ListQueueResponse response;
  ASSERT_TRUE(queue_.ListQueue(AgentCall("GM0034"), request, &response).ok());
  EXPECT_EQ(response.cases_size(), 0);
  EXPECT_EQ(Text(response.counts()), "0/0/0/0");
  v1::GetCaseRequest get;
  get.set_reference(1);
  v1::GetCaseResponse found;
  EXPECT_EQ(ReasonOf(queue_.GetCase(AgentCall("GM0034"), get, &found)), "no_such_case");
}

// Answered exactly at the due moment is in time; today ends at midnight where the municipality is.
TEST_F(QueueTest, OverdueAndTodayAreJudgedWhereTheMunicipalityIs) {
  const char* const dues[] = {
      "2030-04-03 09:59:59.999999Z",  // overdue at 12:00 in Amsterdam
      "2030-04-03 10:00:00Z",         // now: not yet
      "2030-04-03 21:59:59.999999Z",  // last moment of the day
      "2030-04-03 22:00:00Z",         // midnight: tomorrow
  };
  for (int i = 0; i < 4; ++i) PlantCases(i + 1, 1, "parkeren", absl::StrCat("'", dues[i], "'"));
  EXPECT_EQ(Text(List("parkeren").counts()), "4/0/1/2");
  clock_.Advance(absl::Microseconds(1));
  EXPECT_EQ(Text(List("parkeren").counts()), "4/0/2/1");
  clock_.Set(At("2030-04-04T00:00:00+02:00"));
  EXPECT_EQ(Text(List("parkeren").counts()), "4/0/3/1");

  // The day on which the clocks go back has 25 hours.
  database_.Admin(
      "update cases.case_file set due_at = '2030-10-27 22:59:59Z';"
      " insert into cases.case_event (tenant_id, case_id, sequence, at, kind, actor_id, actor_name,"
      " team_id, due_at) select tenant_id, case_id, 2, now(), 13, 'wissel', 'Wissel', team_id, "
      "due_at"
      " from cases.case_file");
  clock_.Set(At("2030-10-27T00:00:00+02:00"));
  EXPECT_EQ(Text(List("parkeren").counts()), "4/0/0/4");
}

// Everything that a queue shows can be built again from the history.
constexpr char kCasesUnlikeTheirHistory[] = R"(
  select string_agg(f.case_id::text, ' ')
    from cases.case_file f
   cross join lateral (
         select array_agg(team_id order by sequence desc) as team,
                array_agg(outcome order by sequence desc) as outcome,
                array_agg(case when outcome <> 0 then 3 when kind in (3, 15) then 2 else 1 end
                          order by sequence desc)
                  filter (where kind in (1, 3, 4, 8, 9, 10, 11, 12, 15)) as state,
                array_agg(actor_id order by sequence desc) filter (where kind in (3, 15)) as holder,
                array_agg(due_at order by sequence desc) filter (where kind in (1, 13)) as due,
                array_agg(at order by sequence desc) filter (where outcome <> 0) as closed,
                array_agg(text order by sequence desc) filter (where kind = 8) as answer,
                count(*) filter (where kind = 6) as attempts, count(*) as events,
                max(sequence) as last, bool_and(at >= before) as in_order
           from (select *, coalesce(lag(at) over (order by sequence), at) as before
                   from cases.case_event e where e.case_id = f.case_id) history) h
   where not (f.team_id = h.team[1] and f.state = h.state[1] and f.outcome = h.outcome[1]
              and f.claimed_by = case when f.state = 2 then h.holder[1] else '' end
              and f.due_at = h.due[1] and f.attempts = h.attempts and h.events = h.last
              and f.closed_at is not distinct from case when f.state = 3 then h.closed[1] end
              and f.answer = case when f.outcome = 2 then h.answer[1] else '' end
              and h.in_order))";

// Counted once and then by what the log says, by two readers of different pace.
TEST_F(QueueTest, CountsEqualARecountAfterAnythingThatHappensAtOnce) {
  PlantCases(1, 40, "parkeren", "timestamptz '2030-04-02 15:00Z' + (i % 3) * interval '1 day'");
  PlantCases(41, 20, "burgerzaken", "'2026-04-03 15:00Z'");
  std::vector<std::thread> threads;
  for (unsigned worker = 0; worker < 4; ++worker) {
    threads.emplace_back([this, worker] {
      std::mt19937 random(worker);
      for (int i = 0; i < 60; ++i) {
        ActAtRandom(worker, random);
        if (i % 7 == 0) List(worker % 2 == 0 ? "parkeren" : "kcc");
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const auto check = [&] {
    for (const char* team_id : {"parkeren", "burgerzaken", "kcc"}) {
      EXPECT_EQ(Text(List(team_id).counts()), Recount(team_id)) << team_id;
    }
  };
  check();
  check();
  EXPECT_EQ(database_.Admin(kCasesUnlikeTheirHistory), "");

  // A calendar that changes moves due moments, each with its event.
  database_.Admin(
      "with moved as (update cases.case_file set due_at = due_at + interval '1 day' where state < 3"
      " returning *) insert into cases.case_event (tenant_id, case_id, sequence, at, kind, "
      "actor_id,"
      " actor_name, team_id, due_at) select tenant_id, case_id, (select max(sequence) + 1"
      " from cases.case_event e where e.case_id = moved.case_id), now(), 13, 'wissel', 'Wissel',"
      " team_id, due_at from moved");
  check();
}

// What a reader has counted holds until an event touches the queue, also one of the team that a
// case leaves; and so many events that nobody reads them make it count again.
TEST_F(QueueTest, CountsAreOfTheMomentOfThePage) {
  PlantCases(1, 3, "parkeren", "'2030-05-01 15:00Z'");
  EXPECT_EQ(Text(List("parkeren").counts()), "3/0/0/0");
  EXPECT_EQ(Text(List("kcc").counts()), "0/0/0/0");
  auto back = On<v1::ReturnCaseRequest>(2);
  back.set_reason("Niet van ons.");
  v1::ReturnCaseResponse returned;
  ASSERT_TRUE(actions_.Return(Member("ann", "parkeren"), back, &returned).ok());
  EXPECT_EQ(Text(List("kcc").counts()), "1/0/0/0");
  EXPECT_EQ(Text(List("parkeren").counts()), "2/0/0/0");
  PlantCases(10, 700, "parkeren", "'2030-05-01 15:00Z'");
  EXPECT_EQ(Text(List("kcc").counts()), "1/0/0/0");
  EXPECT_EQ(Text(List("parkeren").counts()), "702/0/0/0");
}

// More happens elsewhere than is looked at, and then something here.
TEST_F(QueueTest, CountsAreNewAfterMoreThanAnybodyReads) {
  const char* const due = "'2030-05-01 15:00Z'";
  PlantCases(1, 3, "parkeren", due);
  EXPECT_EQ(Text(List("parkeren").counts()), "3/0/0/0");
  PlantCases(1000, 600, "burgerzaken", due);
  PlantCases(2000, 1, "parkeren", due);
  EXPECT_EQ(Text(List("parkeren").counts()), "4/0/0/0");
}

TEST_F(QueueTest, CountsOfAllTeamsOneMaySee) {
  PlantCases(1, 3, "parkeren", "'2030-04-01 15:00Z'");
  PlantCases(4, 2, "kcc", "'infinity'");
  const auto counts = [&](const rpc::Call& call) {
    v1::CountQueuesResponse response;
    EXPECT_TRUE(queue_.CountQueues(call, {}, &response).ok());
    std::vector<std::string> texts;
    for (const v1::QueueCounts& of_team : response.counts()) {
      texts.push_back(absl::StrCat(of_team.team_id(), " ", Text(of_team)));
    }
    return texts;
  };
  const auto all =
      ElementsAre("burgerzaken 0/0/0/0", "kcc 2/0/0/0", "parkeren 3/0/3/0", "verleden 0/0/0/0");
  EXPECT_THAT(counts(AgentCall()), all);
  EXPECT_THAT(counts(CallOf(options::v1::ROLE_MANAGER, "mia", "")), all);
  EXPECT_THAT(counts(Member("ann", "parkeren")), ElementsAre("parkeren 3/0/3/0"));
  EXPECT_THAT(counts(Member("nobody", "")), ElementsAre());
}

TEST_F(QueueTest, AWholeCaseHasCustomerQuestionAndHistory) {
  PlantCases(1, 1, "burgerzaken", "'2030-04-03 15:00Z'", "bewoner@voorbeeld.example");
  v1::ReturnCaseResponse returned;
  auto back = On<v1::ReturnCaseRequest>(1);
  back.set_reason("Parkeren.");
  back.set_suggested_team_id("parkeren");
  ASSERT_TRUE(actions_.Return(Member("ann", "burgerzaken"), back, &returned).ok());

  v1::GetCaseRequest request;
  request.set_reference(1);
  v1::GetCaseResponse response;
  EXPECT_EQ(ReasonOf(queue_.GetCase(Member("ann", "burgerzaken"), request, &response)),
            "not_in_team");
  EXPECT_FALSE(response.has_case_());
  ASSERT_TRUE(queue_.GetCase(AgentCall(), request, &response).ok());
  const v1::Case& found = response.case_();
  EXPECT_EQ(found.summary().team_id(), "kcc");
  EXPECT_EQ(found.customer().family_name(), "Berg");
  EXPECT_EQ(found.customer().email(), "bewoner@voorbeeld.example");
  EXPECT_EQ(found.question().text(), "Kunt u mij bellen?");
  EXPECT_EQ(found.question().internal_note(), "Spreekt Engels");
  ASSERT_EQ(found.events_size(), 2);
  EXPECT_EQ(found.events(0).kind(), v1::EVENT_KIND_RECEIVED);
  EXPECT_EQ(FromProto(found.events(0).due_at()), At("2030-04-03T15:00:00Z"));
  EXPECT_EQ(found.events(1).kind(), v1::EVENT_KIND_RETURNED);
  EXPECT_EQ(found.events(1).actor_name(), "Naam van ann");
  EXPECT_EQ(found.events(1).text(), "Parkeren.");
  EXPECT_EQ(found.events(1).suggested_team_id(), "parkeren");
  request.set_reference(2);
  EXPECT_EQ(ReasonOf(queue_.GetCase(AgentCall(), request, &response)), "no_such_case");
}

// Reads the plan of a statement as the role of the service runs it, under row-level security.
class PlanTest : public QueueTest {
 protected:
  PlanTest() {
    PlantMunicipality(database_, "GM0034");
    PlantCases(1, 5000, "parkeren",
               "timestamptz '2030-04-01 15:00Z' + (i % 30) * interval '1 day'");
    PlantCases(5001, 5000, "parkeren", "'2030-04-03 15:00Z'", "", "'2026-04-01 10:00Z'", "GM0034");
    database_.Admin(
        "update cases.case_file set state = 3, outcome = 2, closed_at = now()"
        " where case_id % 4 = 0");
    database_.Admin("vacuum analyze cases.case_file");
    database_.Admin("vacuum analyze cases.case_event");
  }

  std::string PlanOf(absl::string_view name, const std::vector<pg::Statement>& statements,
                     absl::string_view types, absl::string_view values) {
    const auto statement =
        std::find_if(statements.begin(), statements.end(),
                     [&](const pg::Statement& each) { return each.name == name; });
    EXPECT_NE(statement, statements.end());
    const auto plan = testing::RunScript(
        database_.ConnInfo("cases"),
        absl::StrCat("set plan_cache_mode = force_generic_plan; begin;",
                     "select set_config('wissel.tenant', 'GM0603', true); prepare it (", types,
                     ") as ", statement->sql, "; explain (analyze, format json) execute it (",
                     values, ")"));
    EXPECT_TRUE(plan.ok()) << plan.status();
    return plan.value_or("");
  }

  // Rows that were read and thrown away.
  static int64_t Removed(const std::string& plan) {
    int64_t sum = 0;
    for (const absl::string_view line : absl::StrSplit(plan, '\n')) {
      if (!absl::StrContains(line, "Rows Removed by")) continue;
      const std::vector<absl::string_view> parts = absl::StrSplit(line, ": ");
      int64_t removed = 0;
      EXPECT_TRUE(absl::SimpleAtoi(absl::StripSuffix(parts[1], ","), &removed)) << line;
      sum += removed;
    }
    return sum;
  }
};

TEST_F(PlanTest, APageReadsWhatItShows) {
  const std::string plan =
      PlanOf("cases_queue_page", QueueStatements(), "text, timestamptz, bigint, int",
             "'parkeren', '2030-04-10 15:00Z', 1000, 51");
  EXPECT_THAT(plan, ::testing::HasSubstr("\"Index Name\": \"case_queue\""));
  EXPECT_THAT(plan, ::testing::Not(::testing::HasSubstr("\"Relation Name\": \"case_file\",\n"
                                                        "\"Node Type\": \"Seq Scan\"")));
  EXPECT_LE(Removed(plan), 10 * 51) << plan;
}

TEST_F(PlanTest, WhatIsNewIsFoundByItsTransaction) {
  const std::string since = database_.Admin("select pg_current_snapshot()");
  v1::ClaimCaseResponse claimed;
  for (const int64_t reference : {1, 2, 3}) {
    ASSERT_TRUE(
        actions_.Claim(Member("ann", "parkeren"), On<v1::ClaimCaseRequest>(reference), &claimed)
            .ok());
  }
  const std::string plan =
      PlanOf("cases_watch_news", WatchStatements(), "text", absl::StrCat("'", since, "'"));
  EXPECT_THAT(plan, ::testing::HasSubstr("\"Index Name\": \"event_watermark\""));
  EXPECT_LE(Removed(plan), 10 * 3) << plan;
}

TEST_F(PlanTest, CountsReadAnIndexAlone) {
  const std::string open =
      PlanOf("cases_tally_open", QueueStatements(), "text[]", "'{parkeren,kcc}'");
  const std::string claimed =
      PlanOf("cases_tally_claimed", QueueStatements(), "text[]", "'{parkeren,kcc}'");
  for (const std::string& plan : {open, claimed}) {
    EXPECT_THAT(plan, ::testing::HasSubstr("\"Index Only Scan\""));
    EXPECT_THAT(plan, ::testing::Not(::testing::HasSubstr("Seq Scan")));
    EXPECT_LE(Removed(plan), 0) << plan;
  }
}

}  // namespace
}  // namespace wissel::cases
