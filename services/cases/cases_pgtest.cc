// The service as it is wired, through gRPC.

#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/synchronization/notification.h"
#include "gtest/gtest.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/rpc/server.h"
#include "libs/rpc/status.h"
#include "libs/testing/postgres.h"
#include "services/cases/cases.h"
#include "services/cases/test_municipality.h"
#include "services/cases/test_router.h"

namespace wissel::cases {
namespace {

constexpr char kPartOfWissel[] = "service-token";

// A token is `role/account/team`.
class TokenReader final : public rpc::Authenticator {
 public:
  void Authenticate(absl::string_view token, absl::string_view, Done done) override {
    const std::vector<std::string> parts = absl::StrSplit(token, '/');
    auto who = std::make_shared<rpc::Principal>();
    who->tenant_id = kTenant;
    who->account_id = parts.at(1);
    who->display_name = absl::StrCat("Naam van ", parts.at(1));
    options::v1::Role role;
    ASSERT_TRUE(options::v1::Role_Parse(absl::StrCat("ROLE_", parts.at(0)), &role));
    who->roles = {role};
    if (parts.size() > 2) who->team_ids = {parts.at(2)};
    done(std::move(who));
  }
  bool IsServiceToken(absl::string_view secret) const override { return secret == kPartOfWissel; }
};

constexpr char kAgent[] = "KCC_AGENT/agent-1";

class CasesServiceTest : public ::testing::Test {
 protected:
  CasesServiceTest() {
    PlantMunicipality(database_);
    PlantAccount(database_, "agent-1", options::v1::ROLE_KCC_AGENT, "");
    PlantAccount(database_, "agent-2", options::v1::ROLE_KCC_AGENT, "");
    PlantAccount(database_, "lead-1", options::v1::ROLE_TEAM_LEAD, "burgerzaken");
    PlantAccount(database_, "colleague-1", options::v1::ROLE_TEAM_MEMBER, "burgerzaken");
    PlantAccount(database_, "colleague-2", options::v1::ROLE_TEAM_MEMBER, "parkeren");
    auto built = Cases::Build({.conninfo = database_.ConnInfo("cases"),
                               .service_token = "service-token",
                               .housekeeper = {.period = absl::Milliseconds(50),
                                               .release_period = absl::Milliseconds(50)}},
                              dispatcher_, channels_);
    EXPECT_TRUE(built.ok()) << built.status();
    cases_ = *std::move(built);
    server_ = rpc::Server::Start({}, {&cases_->service()}).value();
    channels_.SetInProcess(nullptr);
    stub_ = v1::CaseService::NewStub(server_->InProcess());
  }

  // The first that goes is the server, then the service.
  ~CasesServiceTest() override { server_.reset(); }

  template <typename Request, typename Response>
  using Method = grpc::Status (v1::CaseService::Stub::*)(grpc::ClientContext*, const Request&,
                                                         Response*);

  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(Method<Request, Response> method, absl::string_view token,
                                const Request& request) {
    grpc::ClientContext context;
    context.AddMetadata(rpc::kAuthorizationKey, absl::StrCat("Bearer ", token));
    // Intake is who registers.
    context.AddMetadata(rpc::kFollowsKey, kPartOfWissel);
    Response response;
    const grpc::Status status = (stub_.get()->*method)(&context, request, &response);
    if (!status.ok()) return rpc::FromGrpc(status);
    return response;
  }

  int64_t Register(const v1::RegisterContactRequest& request) {
    const auto registered = Call(&v1::CaseService::Stub::RegisterContact, kAgent, request);
    EXPECT_TRUE(registered.ok()) << registered.status();
    return registered.ok() ? registered->reference() : 0;
  }

  template <typename Request>
  Request On(int64_t reference) {
    Request request;
    request.set_idempotency_key(absl::StrCat("act-key-", ++acts_));
    request.set_reference(reference);
    return request;
  }

  std::string Ask(absl::string_view sql) { return database_.Admin(sql); }

  // Waits for what the housekeeper does of its own accord.
  void WaitUntil(absl::string_view sql, absl::string_view expected) {
    while (Ask(sql) != expected) absl::SleepFor(absl::Milliseconds(20));
  }

  testing::TestDatabase database_;
  TestRouter router_;
  TokenReader tokens_;
  rpc::WorkerPool workers_{8, 1000};
  rpc::Dispatcher dispatcher_{tokens_, workers_};
  rpc::ChannelRegistry channels_{{{"routing", router_.address()}}};
  std::unique_ptr<Cases> cases_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<v1::CaseService::Stub> stub_;
  std::atomic<int> acts_ = 0;
};

// Case, contact and event, and nothing that follows from them (ADR 8): alone and in batches.
TEST_F(CasesServiceTest, ARegistrationWritesThreeRows) {
  const auto rows = [&] {
    return std::stoi(Ask(
        "select sum((xpath('//n/text()', query_to_xml(format('select count(*) as n from %I.%I', "
        "schemaname, tablename), false, true, '')))[1]::text::int) from pg_tables "
        "where schemaname not in ('pg_catalog', 'information_schema')"));
  };
  const int before = rows();
  Register(Callback("alone-0001"));
  EXPECT_EQ(rows(), before + 3);
  std::vector<std::thread> agents;
  for (int agent = 0; agent < 8; ++agent) {
    agents.emplace_back([this, agent] {
      for (int i = 0; i < 5; ++i) Register(Callback(absl::StrCat("agent-", agent, "-", i)));
    });
  }
  for (std::thread& agent : agents) agent.join();
  EXPECT_EQ(rows(), before + 3 * 41);
}

TEST_F(CasesServiceTest, OthersOfTheProcessRegisterWithoutGrpc) {
  const v1::RegisterContactRequest request = Callback("shortcut-1");
  const rpc::Call call = AgentCall();
  ASSERT_TRUE(channels_.local_methods().Takes(call, request));
  v1::RegisterContactResponse response;
  absl::Notification over;
  channels_.local_methods().Run(call, request, &response, [&](const absl::Status& status) {
    EXPECT_TRUE(status.ok()) << status;
    over.Notify();
  });
  over.WaitForNotification();
  EXPECT_EQ(Ask(absl::StrCat("select count(*) from cases.contact where case_id = ",
                             response.reference())),
            "1");
}

TEST_F(CasesServiceTest, WhatSomebodyHoldsGoesBackByItselfWhenTheyLeaveTheTeam) {
  const int64_t reference = Register(Callback("callback-1"));
  ASSERT_TRUE(Call(&v1::CaseService::Stub::ClaimCase, "TEAM_MEMBER/colleague-1/burgerzaken",
                   On<v1::ClaimCaseRequest>(reference))
                  .ok());
  Ask("delete from directory.account_team where account_id = 'colleague-1'");
  WaitUntil("select state || claimed_by from cases.case_file", "1");
  EXPECT_EQ(Ask("select kind || actor_name || previous_holder_name from cases.case_event"
                " order by sequence desc limit 1"),
            "4WisselNaam van colleague-1");
}

TEST_F(CasesServiceTest, FromRegistrationToAnswer) {
  const int64_t reference = Register(Callback("callback-1"));
  constexpr char kColleague[] = "TEAM_MEMBER/colleague-1/burgerzaken";
  v1::ListQueueRequest list;
  list.set_team_id("burgerzaken");
  const auto queue = Call(&v1::CaseService::Stub::ListQueue, kColleague, list);
  ASSERT_TRUE(queue.ok()) << queue.status();
  ASSERT_EQ(queue->cases_size(), 1);
  EXPECT_EQ(queue->cases(0).reference(), reference);
  EXPECT_EQ(queue->cases(0).customer_name(), "A. van de Berg");
  EXPECT_EQ(queue->counts().open(), 1);

  auto answer = On<v1::AnswerCaseRequest>(reference);
  answer.set_text("Uw paspoort ligt klaar.");
  const auto answered = Call(&v1::CaseService::Stub::AnswerCase, kColleague, answer);
  ASSERT_TRUE(answered.ok()) << answered.status();
  EXPECT_EQ(answered->case_().state(), v1::CASE_STATE_CLOSED);

  v1::GetCaseRequest get;
  get.set_reference(reference);
  const auto found = Call(&v1::CaseService::Stub::GetCase, kAgent, get);
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->case_().answer(), "Uw paspoort ligt klaar.");
  EXPECT_EQ(found->case_().decision().rule_id(), "paspoort-terugbellen");
  EXPECT_EQ(found->case_().events_size(), 2);
}

TEST_F(CasesServiceTest, OnlyThePartsOfWisselImport) {
  v1::ImportCasesRequest request;
  EXPECT_EQ(ReasonOf(Call(&v1::CaseService::Stub::ImportCases, kAgent, request).status()),
            "not_permitted");
  const auto imported = Call(&v1::CaseService::Stub::ImportCases, "SERVICE/import", request);
  EXPECT_TRUE(imported.ok()) << imported.status();
}

TEST_F(CasesServiceTest, TheHousekeeperRoutesMovesAndForgets) {
  v1::RegisterContactRequest pending = Callback("pending-1");
  pending.mutable_contact()->mutable_question()->set_topic_id("parkeren");
  pending.mutable_contact()->clear_decision();
  pending.mutable_contact()->mutable_decision()->set_pending(true);
  Register(pending);
  router_.Come();
  WaitUntil("select team_id from cases.case_file", "parkeren");

  Ask(
      absl::StrCat("insert into directory.calendar (tenant_id, version, definition) "
                   "values ('GM0603', 2, '",
                   Week(18 * 60), "')"));
  WaitUntil("select count(*) from cases.case_event where kind = 13", "2");

  Ask("insert into cases.idempotency_key values ('GM0603', 'too-old-1', '', '', "
      "now() - interval '31 days'), ('GM0603', 'not-yet-1', '', '', now() - interval '29 days')");
  server_.reset();
  cases_ = Cases::Build({.conninfo = database_.ConnInfo("cases"),
                         .housekeeper = {.period = absl::Milliseconds(50)}},
                        dispatcher_, channels_)
               .value();
  WaitUntil("select string_agg(key, ' ' order by key) from cases.idempotency_key", "not-yet-1");
}

// What the events of a case add up to.
struct Folded {
  int state = 0;
  int outcome = 0;
  int attempts = 0;
  std::string team_id;
  std::string claimed_by;
  std::string answer;
  std::string due_at;
  std::string received_at;
  std::string closed_at;
  std::string channel;

  std::string ToString() const {
    return absl::StrJoin(std::vector<std::string>{absl::StrCat(state), absl::StrCat(outcome),
                                                  absl::StrCat(attempts), team_id, claimed_by,
                                                  answer, due_at, received_at, closed_at, channel},
                         "|");
  }
};

void Apply(const pg::Result::Row& event, Folded& folded) {
  const auto let_go = [&](int state) {
    folded.state = state;
    folded.claimed_by.clear();
  };
  const auto close = [&] {
    let_go(v1::CASE_STATE_CLOSED);
    folded.outcome = event.Int32("outcome");
    folded.closed_at = event.TextOrEmpty("at");
  };
  const int kind = event.Int32("kind");
  folded.team_id = event.TextOrEmpty("team_id");
  switch (kind) {
    case v1::EVENT_KIND_RECEIVED:
      let_go(v1::CASE_STATE_QUEUED);
      folded.received_at = event.TextOrEmpty("at");
      folded.due_at = event.TextOrEmpty("due_at");
      folded.channel = event.TextOrEmpty("channel");
      if (event.Int32("outcome") == 0) break;
      close();
      folded.answer = event.TextOrEmpty("text");
      break;
    case v1::EVENT_KIND_CLAIMED:
      folded.state = v1::CASE_STATE_CLAIMED;
      folded.claimed_by = event.TextOrEmpty("actor_id");
      break;
    case v1::EVENT_KIND_NOT_REACHED:
      ++folded.attempts;
      break;
    case v1::EVENT_KIND_ANSWERED:
    case v1::EVENT_KIND_CLOSED:
      close();
      if (kind == v1::EVENT_KIND_ANSWERED) folded.answer = event.TextOrEmpty("text");
      break;
    case v1::EVENT_KIND_UNCLAIMED:
    case v1::EVENT_KIND_RETURNED:
    case v1::EVENT_KIND_FORWARDED:
      let_go(v1::CASE_STATE_QUEUED);
      break;
    case v1::EVENT_KIND_REOPENED:
      let_go(v1::CASE_STATE_QUEUED);
      folded.outcome = 0;
      folded.answer.clear();
      folded.closed_at.clear();
      break;
    case v1::EVENT_KIND_DUE_MOVED:
      folded.due_at = event.TextOrEmpty("due_at");
      break;
    default:
      break;
  }
}

constexpr pg::Statement kEvents = {"test_events", R"(
  select case_id, kind, at, actor_id, team_id, outcome, due_at, channel, text
    from cases.case_event order by case_id, sequence)"};
constexpr pg::Statement kFiles = {"test_files", R"(
  select case_id, concat_ws('|', state, outcome, attempts, team_id, claimed_by, answer, due_at,
                            received_at, coalesce(closed_at::text, ''), channel) as text
    from cases.case_file)"};

// Registers and imports, then does whatever people do, in any order.
class RebuildTest : public CasesServiceTest {
 protected:
  void Fill() {
    v1::ImportCasesRequest past;
    for (int i = 0; i < 40; ++i) {
      v1::ImportedCase& one = *past.add_cases();
      one.set_source_id(absl::StrCat("source-", i));
      one.set_channel(common::v1::CHANNEL_COUNTER);
      one.set_team_id("verleden");
      *one.mutable_opened_at() = ToProto(absl::FromUnixSeconds(1'420'000'000 + i));
      if (i % 2 == 0) *one.mutable_closed_at() = ToProto(absl::FromUnixSeconds(1'430'000'000 + i));
    }
    ASSERT_TRUE(Call(&v1::CaseService::Stub::ImportCases, "SERVICE/import", past).ok());
    for (int i = 0; i < 60; ++i) {
      v1::RegisterContactRequest request = Callback(absl::StrCat("rebuild-key-", i));
      v1::Contact& contact = *request.mutable_contact();
      if (i % 3 == 0) contact.mutable_decision()->set_team_id("kcc");
      contact.mutable_decision()->set_pending(i % 6 == 0);
      if (i % 6 == 0) contact.mutable_question()->set_topic_id("parkeren");
      if (i % 10 == 9) contact.set_outcome(v1::CASE_OUTCOME_FIRST_CONTACT);
      if (i % 10 == 9) contact.set_answer("Ja hoor.");
      const int64_t reference = Register(request);
      // The last ones, of which number 54 waits for the router, are left alone: whatever people do
      // to the others, something is routed, and is open when the calendar changes.
      if (i < 54) references_.push_back(reference);
      if (i == 55) GiveBack(reference);
    }
  }

  // Chance seldom finds the one who claimed a case for giving it back.
  void GiveBack(int64_t reference) {
    using Stub = v1::CaseService::Stub;
    const absl::string_view who = "TEAM_MEMBER/colleague-1/burgerzaken";
    EXPECT_TRUE(Call(&Stub::ClaimCase, who, On<v1::ClaimCaseRequest>(reference)).ok());
    EXPECT_TRUE(Call(&Stub::UnclaimCase, who, On<v1::UnclaimCaseRequest>(reference)).ok());
  }

  // Most of what is tried is refused, which is as good.
  void ActAtRandom(int seed) {
    using Stub = v1::CaseService::Stub;
    std::mt19937 random(seed);
    const auto pick = [&](int n) { return static_cast<int>(random() % n); };
    const std::vector<std::string> people = {
        "KCC_AGENT/agent-1", "KCC_AGENT/agent-2", "TEAM_LEAD/lead-1/burgerzaken",
        "TEAM_MEMBER/colleague-1/burgerzaken", "TEAM_MEMBER/colleague-2/parkeren"};
    for (int i = 0; i < 150; ++i) {
      const std::string& who = people[pick(people.size())];
      const int64_t reference = references_[pick(references_.size())];
      switch (pick(8)) {
        case 0:
          Call(&Stub::ClaimCase, who, On<v1::ClaimCaseRequest>(reference)).IgnoreError();
          break;
        case 1:
          Call(&Stub::UnclaimCase, who, On<v1::UnclaimCaseRequest>(reference)).IgnoreError();
          break;
        case 2: {
          auto attempt = On<v1::RecordAttemptRequest>(reference);
          attempt.set_reached(pick(2) == 0);
          Call(&Stub::RecordAttempt, who, attempt).IgnoreError();
          break;
        }
        case 3: {
          auto answer = On<v1::AnswerCaseRequest>(reference);
          answer.set_text(absl::StrCat("Antwoord ", i));
          Call(&Stub::AnswerCase, who, answer).IgnoreError();
          break;
        }
        case 4: {
          auto close = On<v1::CloseCaseRequest>(reference);
          close.set_outcome(v1::CASE_OUTCOME_WITHDRAWN);
          Call(&Stub::CloseCase, who, close).IgnoreError();
          break;
        }
        case 5: {
          auto back = On<v1::ReturnCaseRequest>(reference);
          back.set_reason("Niet voor ons");
          Call(&Stub::ReturnCase, who, back).IgnoreError();
          break;
        }
        case 6: {
          auto forward = On<v1::ForwardCaseRequest>(reference);
          forward.set_team_id(pick(2) == 0 ? "parkeren" : "burgerzaken");
          Call(&Stub::ForwardCase, who, forward).IgnoreError();
          break;
        }
        default: {
          auto reopen = On<v1::ReopenCaseRequest>(reference);
          reopen.set_reason("Toch niet klaar");
          Call(&Stub::ReopenCase, who, reopen).IgnoreError();
        }
      }
    }
  }

  std::vector<int64_t> references_;
};

TEST_F(RebuildTest, TheEventsAddUpToTheCasesAndTheQueues) {
  Fill();
  std::vector<std::thread> people;
  for (int seed = 1; seed <= 4; ++seed) people.emplace_back([this, seed] { ActAtRandom(seed); });
  router_.Come();
  Ask(
      absl::StrCat("insert into directory.calendar (tenant_id, version, definition) "
                   "values ('GM0603', 2, '",
                   Week(18 * 60), "')"));
  for (std::thread& person : people) person.join();
  WaitUntil("select count(*) from cases.case_file where routing_pending and state = 1", "0");
  WaitUntil("select count(*) from cases.case_file where calendar_version = 1 and state < 3", "0");
  EXPECT_NE(Ask("select count(*) from cases.case_event where kind = 2"), "0");
  for (int kind = 1; kind <= 13; ++kind) {
    if (kind == v1::EVENT_KIND_INTERIM_REPLIED) continue;
    EXPECT_NE(Ask(absl::StrCat("select count(*) from cases.case_event where kind = ", kind)), "0")
        << kind;
  }

  const auto pool =
      pg::Pool::Open(
          {.conninfo = database_.ConnInfo("cases"), .size = 1, .statements = {kEvents, kFiles}})
          .value();
  std::map<int64_t, Folded> folded;
  std::map<int64_t, std::string> stored;
  ASSERT_TRUE(pool->InTenant(kTenant, absl::InfiniteFuture(), pg::Access::kRead,
                             [&](pg::Transaction& transaction) -> absl::Status {
                               WISSEL_ASSIGN_OR_RETURN(pg::Result events, transaction.Run(kEvents));
                               for (pg::Result::Row row : events) {
                                 Apply(row, folded[row.Int64("case_id")]);
                               }
                               WISSEL_ASSIGN_OR_RETURN(pg::Result files, transaction.Run(kFiles));
                               for (pg::Result::Row row : files) {
                                 stored[row.Int64("case_id")] = row.TextOrEmpty("text");
                               }
                               return absl::OkStatus();
                             })
                  .ok());
  EXPECT_EQ(stored.size(), 100u);
  ASSERT_EQ(folded.size(), stored.size());
  std::map<std::string, std::pair<int, int>> queues;
  for (const auto& [reference, one] : folded) {
    EXPECT_EQ(one.ToString(), stored[reference]) << reference;
    if (one.state == v1::CASE_STATE_CLOSED) continue;
    ++queues[one.team_id].first;
    queues[one.team_id].second += one.state == v1::CASE_STATE_CLAIMED;
  }
  const auto counts = Call(&v1::CaseService::Stub::CountQueues, kAgent, v1::CountQueuesRequest());
  ASSERT_TRUE(counts.ok()) << counts.status();
  for (const v1::QueueCounts& count : counts->counts()) {
    EXPECT_EQ(count.open(), queues[count.team_id()].first) << count.team_id();
    EXPECT_EQ(count.claimed(), queues[count.team_id()].second) << count.team_id();
  }
}

}  // namespace
}  // namespace wissel::cases
