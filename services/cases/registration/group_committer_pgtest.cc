#include <atomic>
#include <map>
#include <memory>
#include <set>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/notification.h"
#include "gtest/gtest.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/calendar/time_zone.h"
#include "libs/idempotency/request_hash.h"
#include "libs/testing/fake_clock.h"
#include "libs/testing/postgres.h"
#include "services/cases/registration/case_response_store.h"
#include "services/cases/registration/group_committer.h"
#include "services/cases/registration/reference.h"
#include "services/cases/registration/test_registration.h"

namespace wissel::cases {
namespace {

using Answer = absl::StatusOr<v1::RegisterContactResponse>;

class GroupCommitterTest : public RegistrationTest {
 protected:
  // Registers all at once and waits for the answers.
  std::vector<Answer> RegisterAll(const std::vector<v1::RegisterContactRequest>& requests,
                                  const rpc::Call& call = AgentCall()) {
    std::vector<v1::RegisterContactResponse> responses(requests.size());
    std::vector<absl::Status> statuses(requests.size());
    absl::BlockingCounter left(static_cast<int>(requests.size()));
    for (size_t i = 0; i < requests.size(); ++i) {
      committer_.Register(call, requests[i], &responses[i], [&, i](absl::Status status) {
        statuses[i] = std::move(status);
        left.DecrementCount();
      });
    }
    left.Wait();
    std::vector<Answer> answers;
    for (size_t i = 0; i < requests.size(); ++i) {
      answers.push_back(statuses[i].ok() ? Answer(responses[i]) : Answer(statuses[i]));
    }
    return answers;
  }

  Answer Register(const v1::RegisterContactRequest& request, const rpc::Call& call = AgentCall()) {
    return RegisterAll({request}, call).front();
  }

  GroupCommitter committer_{writer_, {}};
};

TEST_F(GroupCommitterTest, StoresAContactWithAllThatBelongsToIt) {
  v1::RegisterContactRequest request = Callback("callback-1");
  request.mutable_contact()->mutable_customer()->set_email("berg@voorbeeld.nl");
  request.mutable_contact()->mutable_customer()->set_postcode("2281AB");
  request.mutable_contact()->mutable_customer()->set_neighbourhood("Oud Rijswijk");
  request.mutable_contact()->mutable_question()->set_urgent(true);
  const Answer answer = Register(request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_TRUE(IsReference(answer->reference()));
  EXPECT_EQ(answer->team_id(), "burgerzaken");
  EXPECT_FALSE(answer->repeated());
  EXPECT_EQ(answer->decision().rule_id(), "paspoort-terugbellen");
  EXPECT_GT(FromProto(answer->due_at()), FromProto(answer->received_at()));

  const std::string id = absl::StrCat("case_id = ", answer->reference());
  EXPECT_EQ(Count("case_file", id + " and state = 1 and team_id = 'burgerzaken' and version = 1 "
                                    "and customer_name = 'A. van de Berg' "
                                    "and norm_working_days = 2 and calendar_version = 1 "
                                    "and rule_id = 'paspoort-terugbellen' and sop_version = 1 "
                                    "and neighbourhood = 'Oud Rijswijk'"),
            "1");
  EXPECT_EQ(Count("contact", id + " and contact_no = 1 and subject = 'Paspoort' "
                                  "and idempotency_key = 'callback-1' and is_urgent "
                                  "and postcode = '2281AB' and neighbourhood = 'Oud Rijswijk'"),
            "1");
  EXPECT_EQ(Count("case_event", id + " and sequence = 1 and kind = 1 and outcome = 0 "
                                     "and actor_id = 'agent-1' and channel = 2 "
                                     "and not first_attempt_counts and due_at > at"),
            "1");
  EXPECT_EQ(Count("caused_mail", id), "2");
  EXPECT_EQ(database_.Admin("select payload from cases.caused_mail where kind = 'team_new_case' "
                            "and recipient = 'burgerzaken@gemeente.example'"),
            absl::StrCat("{\"link\": \"/zaak/", answer->reference(),
                         "\", \"reference\": ", answer->reference(), "}"))
      << "nothing personal";
  EXPECT_EQ(database_.Admin("select payload->>'question' from cases.caused_mail where recipient = "
                            "'berg@voorbeeld.nl' and kind = 'customer_receipt'"),
            "Is mijn paspoort al klaar?");
  EXPECT_EQ(Count("idempotency_key"), "0");
  EXPECT_EQ(Count("breach"), "0");
}

TEST_F(GroupCommitterTest, ReceiptIsTheClockOfTheDatabase) {
  const Answer answer = Register(Callback("callback-1"));
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(database_.Admin(absl::StrCat(
                "select count(*) from cases.case_event e join cases.case_file f using (case_id) "
                "join cases.contact c using (case_id) where e.at = f.received_at "
                "and c.received_at = e.at and e.at = '",
                absl::FormatTime(FromProto(answer->received_at())), "'::timestamptz")),
            "1");
}

TEST_F(GroupCommitterTest, AnsweredAtFirstContactIsClosedAtOnceByTheKcc) {
  v1::RegisterContactRequest request = Callback("answered-1");
  v1::Contact& contact = *request.mutable_contact();
  contact.set_channel(common::v1::CHANNEL_PHONE);
  contact.clear_customer();
  contact.set_outcome(v1::CASE_OUTCOME_FIRST_CONTACT);
  contact.set_answer("Ja, u kunt het ophalen.");
  const Answer answer = Register(request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->team_id(), "");
  EXPECT_EQ(Count("case_file",
                  "state = 3 and outcome = 1 and closed_at = received_at and "
                  "team_id = 'kcc' and answer <> ''"),
            "1");
  EXPECT_EQ(Count("case_event", "outcome = 1 and team_id = 'kcc' and text <> ''"), "1");
  EXPECT_EQ(Count("caused_mail"), "0");
}

TEST_F(GroupCommitterTest, WhatCannotBeRoutedIsWithTheKcc) {
  std::vector<v1::RegisterContactRequest> requests = {
      Callback("unknown-team"), Callback("without-team"), Callback("router-away")};
  requests[0].mutable_contact()->mutable_decision()->set_team_id("opgeheven");
  requests[1].mutable_contact()->mutable_decision()->clear_team_id();
  requests[2].mutable_contact()->mutable_decision()->set_team_id("kcc");
  requests[2].mutable_contact()->mutable_decision()->set_pending(true);
  for (const Answer& answer : RegisterAll(requests)) {
    ASSERT_TRUE(answer.ok()) << answer.status();
    EXPECT_EQ(answer->team_id(), "kcc");
  }
  EXPECT_EQ(Count("case_file", "team_id = 'kcc' and routing_pending"), "1");
}

TEST_F(GroupCommitterTest, SameKeyGetsTheSameAnswer) {
  const v1::RegisterContactRequest request = Callback("callback-1");
  const Answer first = Register(request);
  const Answer second = Register(request);
  ASSERT_TRUE(first.ok() && second.ok()) << second.status();
  EXPECT_TRUE(second->repeated());
  EXPECT_EQ(second->reference(), first->reference());
  EXPECT_EQ(FromProto(second->due_at()), FromProto(first->due_at()));
  EXPECT_EQ(Count("case_file"), "1");

  v1::RegisterContactRequest other = request;
  other.set_request_hash(std::string(32, 'x'));
  EXPECT_EQ(ReasonOf(Register(other).status()), "idempotency_key_reused");
  EXPECT_EQ(Count("case_file"), "1");
}

// A key is kept for 30 days with its contact, and may be used again afterwards.
TEST_F(GroupCommitterTest, AKeyIsKeptForThirtyDays) {
  const v1::RegisterContactRequest request = Callback("callback-1");
  const Answer first = Register(request);
  ASSERT_TRUE(first.ok()) << first.status();
  const auto received_ago = [&](const char* ago) {
    database_.Admin(absl::StrCat("update cases.contact set received_at = now() - interval '", ago,
                                 "' where case_id = ", first->reference()));
  };
  received_ago("29 days 23 hours");
  const Answer again = Register(request);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->reference(), first->reference());
  received_ago("30 days 1 hour");
  const Answer fresh = Register(request);
  ASSERT_TRUE(fresh.ok()) << fresh.status();
  EXPECT_FALSE(fresh->repeated());
  EXPECT_NE(fresh->reference(), first->reference());
  EXPECT_EQ(Register(request)->reference(), fresh->reference());
  EXPECT_EQ(Count("contact", "idempotency_key = 'callback-1'"), "1");
}

// The answer is made again from the rows: it is the first one in every field.
TEST_F(GroupCommitterTest, ARepeatIsAnsweredAsTheFirstTime) {
  std::vector<v1::RegisterContactRequest> requests;
  for (int i = 0; i < 8; ++i) {
    requests.push_back(Callback(absl::StrCat("repeat-key-", i)));
    v1::Contact& contact = *requests.back().mutable_contact();
    contact.mutable_decision()->set_reason("Het onderwerp hoort bij dit team.");
    contact.mutable_decision()->add_losing_rules()->set_rule_id("paspoort-algemeen");
    if (i % 2 == 1) contact.set_channel(common::v1::CHANNEL_FORM);
    if (i % 3 == 1) contact.set_outcome(v1::CASE_OUTCOME_STEERED);
  }
  const std::vector<Answer> first = RegisterAll(requests);
  const std::vector<Answer> again = RegisterAll(requests);
  for (size_t i = 0; i < requests.size(); ++i) {
    ASSERT_TRUE(first[i].ok() && again[i].ok()) << again[i].status();
    v1::RegisterContactResponse expected = *first[i];
    EXPECT_EQ(expected.decision().losing_rules_size(), 0);
    expected.set_repeated(true);
    EXPECT_EQ(again[i]->SerializeAsString(), expected.SerializeAsString());
  }
}

// A key that another write was given, and the other way round.
TEST_F(GroupCommitterTest, AKeyOfAnotherWriteIsReused) {
  database_.Admin(
      "insert into cases.idempotency_key values ('GM0603', 'of-an-act-1', '\\x17', '', now())");
  EXPECT_EQ(ReasonOf(Register(Callback("of-an-act-1")).status()), "idempotency_key_reused");
  ASSERT_TRUE(Register(Callback("of-a-contact-1")).ok());
  const auto pool = pg::Pool::Open({.conninfo = database_.ConnInfo("cases"),
                                    .size = 1,
                                    .statements = CaseResponses().Statements()});
  ASSERT_TRUE(pool.ok()) << pool.status();
  const auto taken = [&](const char* key) {
    return (*pool)->InTenant(kTenant, absl::Now() + absl::Seconds(10), pg::Access::kWrite,
                             [&](pg::Transaction& transaction) {
                               return CaseResponses().Find(transaction, key, "hash").status();
                             });
  };
  EXPECT_EQ(ReasonOf(taken("of-a-contact-1")), "idempotency_key_reused");
  EXPECT_TRUE(taken("of-nobody-1").ok());
}

TEST_F(GroupCommitterTest, SameKeyOfAnotherMunicipalityIsAnotherKey) {
  PlantMunicipality(database_, "GM0518");
  const Answer ours = Register(Callback("callback-1"));
  const Answer theirs = Register(Callback("callback-1"), AgentCall("GM0518"));
  ASSERT_TRUE(ours.ok() && theirs.ok());
  EXPECT_NE(ours->reference(), theirs->reference());
  EXPECT_FALSE(theirs->repeated());
}

TEST_F(GroupCommitterTest, OneMessageIsRegisteredOnceWhateverTheKey) {
  std::vector<v1::RegisterContactRequest> requests;
  for (int i = 0; i < 20; ++i) {
    requests.push_back(Callback(absl::StrCat("message-key-", i)));
    v1::Contact& contact = *requests.back().mutable_contact();
    contact.set_channel(common::v1::CHANNEL_EMAIL);
    contact.set_account("info@gemeente.example");
    contact.set_external_id("<20260401.1@voorbeeld.nl>");
  }
  std::set<int64_t> references;
  int fresh = 0;
  for (const Answer& answer : RegisterAll(requests)) {
    ASSERT_TRUE(answer.ok()) << answer.status();
    references.insert(answer->reference());
    fresh += !answer->repeated();
    EXPECT_EQ(answer->team_id(), "burgerzaken");
    EXPECT_TRUE(answer->has_due_at());
  }
  EXPECT_EQ(references.size(), 1u);
  EXPECT_EQ(fresh, 1);
  EXPECT_EQ(Count("case_file"), "1");
  EXPECT_EQ(Count("idempotency_key"), "19") << "all but the key of the contact";
  const Answer again = Register(requests[7]);
  ASSERT_TRUE(again.ok());
  EXPECT_TRUE(again->repeated());
}

TEST_F(GroupCommitterTest, ABadNeighbourFailsAlone) {
  std::vector<v1::RegisterContactRequest> requests;
  for (int i = 0; i < 100; ++i) {
    requests.push_back(Callback(absl::StrCat("neighbour-", i)));
    // Names that the database refuses: a rule that nothing before it knows.
    if (i % 33 == 0) requests.back().mutable_contact()->mutable_customer()->set_family_name("Fout");
  }
  database_.Admin(
      "alter table cases.contact add constraint no_such_name check (family_name <> 'Fout')");
  const std::vector<Answer> answers = RegisterAll(requests);
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(answers[i].ok(), i % 33 != 0) << i << " " << answers[i].status();
    if (i % 33 == 0) EXPECT_EQ(ReasonOf(answers[i].status()), "constraint");
  }
  EXPECT_EQ(Count("case_file"), "96");
  EXPECT_EQ(Count("case_event"), "96");
  EXPECT_EQ(Count("contact", "idempotency_key is not null"), "96");
}

// Whoever sends mail goes on from a snapshot: transactions commit out of order, and yet each mail
// is read once.
TEST_F(GroupCommitterTest, MailIsReadOnceFromASnapshotOn) {
  std::atomic<bool> registering = true;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 40; ++i) {
        ASSERT_TRUE(Register(Callback(absl::StrCat("mailed-", t, "-", i))).ok());
      }
    });
  }
  std::vector<std::string> read;
  std::string since = database_.Admin("select '1:1:'");
  const auto read_on = [&] {
    const std::vector<std::string> row = absl::StrSplit(
        database_.Admin(absl::StrCat(
            "select pg_current_snapshot()::text || ' ' || coalesce(string_agg(case_id || kind, "
            "' '), '') from cases.caused_mail where xid >= pg_snapshot_xmin('",
            since, "') and not pg_visible_in_snapshot(xid, '", since, "')")),
        ' ', absl::SkipEmpty());
    since = row[0];
    read.insert(read.end(), row.begin() + 1, row.end());
  };
  std::thread reader([&] {
    while (registering) read_on();
  });
  for (std::thread& thread : threads) thread.join();
  registering = false;
  reader.join();
  read_on();
  EXPECT_EQ(read.size(), 160u);
  EXPECT_EQ(std::set<std::string>(read.begin(), read.end()).size(), 160u);
}

// A crash takes a sequence back to what was committed, and others get those numbers then.
TEST_F(GroupCommitterTest, AReferenceThatWasFetchedInVainIsGivenToNobody) {
  database_.Admin(
      "alter table cases.contact add constraint no_such_name check (family_name <> 'Fout')");
  v1::RegisterContactRequest refused = Callback("refused-1");
  refused.mutable_contact()->mutable_customer()->set_family_name("Fout");
  ASSERT_EQ(ReasonOf(Register(refused).status()), "constraint");
  database_.Admin("alter sequence cases.reference_seq restart with 5000000");
  std::set<int64_t> since;
  for (int64_t number = 5'000'000; number < 5'001'000; ++number) since.insert(ReferenceOf(number));
  const Answer good = Register(Callback("accepted-1"));
  ASSERT_TRUE(good.ok()) << good.status();
  EXPECT_TRUE(since.contains(good->reference()));
}

TEST_F(GroupCommitterTest, ARequestBeyondItsLimitsIsRefused) {
  v1::RegisterContactRequest request = Callback("too-long-1");
  request.mutable_contact()->mutable_question()->set_subject(std::string(201, 'x'));
  const absl::Status status = Register(request).status();
  EXPECT_EQ(ReasonOf(status), "too_long");
  EXPECT_EQ(DetailsOf(status).front().field, "contact.question.subject");
}

TEST_F(GroupCommitterTest, BeyondItsCapacityItSaysSo) {
  GroupCommitter small(writer_, {.batches_in_flight = 1, .batch_size_max = 1, .capacity = 2});
  std::vector<v1::RegisterContactRequest> requests;
  for (int i = 0; i < 64; ++i) requests.push_back(Callback(absl::StrCat("crowd-key-", i)));
  std::vector<v1::RegisterContactResponse> responses(requests.size());
  absl::BlockingCounter left(static_cast<int>(requests.size()));
  std::atomic<int> stored = 0;
  std::atomic<int> refused = 0;
  for (size_t i = 0; i < requests.size(); ++i) {
    small.Register(AgentCall(), requests[i], &responses[i], [&](const absl::Status& status) {
      if (status.ok()) ++stored;
      if (ReasonOf(status) == "overloaded") ++refused;
      left.DecrementCount();
    });
  }
  left.Wait();
  EXPECT_EQ(stored + refused, 64);
  EXPECT_GT(refused, 0);
  EXPECT_EQ(Count("case_file"), absl::StrCat(stored.load()));
}

TEST_F(GroupCommitterTest, WhoIsAnsweredSlowlyHoldsUpNobody) {
  const v1::RegisterContactRequest first = Callback("slow-key-1");
  v1::RegisterContactResponse response;
  absl::Notification stored, go_on, over;
  committer_.Register(AgentCall(), first, &response, [&](const absl::Status&) {
    stored.Notify();
    go_on.WaitForNotification();
    over.Notify();
  });
  stored.WaitForNotification();
  EXPECT_TRUE(Register(Callback("quick-key-1")).ok());
  go_on.Notify();
  over.WaitForNotification();
}

TEST_F(GroupCommitterTest, ALateCallIsNotWritten) {
  rpc::Call call = AgentCall();
  call.deadline = absl::Now() - absl::Seconds(1);
  EXPECT_TRUE(absl::IsDeadlineExceeded(Register(Callback("too-late-1"), call).status()));
  EXPECT_EQ(Count("case_file"), "0");
}

// The directory changes between two contacts: the second goes by the change.
TEST_F(GroupCommitterTest, TheDirectoryIsNeverStale) {
  const Answer before = Register(Callback("callback-1"));
  database_.Admin(
      "insert into directory.team (tenant_id, team_id, name, mailbox) values ('GM0603',"
      " 'nieuw', 'Nieuw', 'nieuw@gemeente.example')");
  v1::RegisterContactRequest request = Callback("callback-2");
  request.mutable_contact()->mutable_decision()->set_team_id("nieuw");
  const Answer after = Register(request);
  ASSERT_TRUE(before.ok() && after.ok()) << after.status();
  EXPECT_EQ(after->team_id(), "nieuw");
  EXPECT_FALSE(after->has_due_at()) << "a team without norms";
}

// The clock of this process guesses the day of receipt; only that of the database decides.
TEST_F(GroupCommitterTest, AClockThatIsWrongMovesNothing) {
  const Answer right = Register(Callback("callback-1"));
  const testing::FakeClock wrong(absl::Now() - absl::Hours(24 * 40));
  RegistrationWriter lost(*pool_, municipalities_, notifier_, wrong);
  GroupCommitter committer(lost, {});
  const v1::RegisterContactRequest request = Callback("callback-2");
  v1::RegisterContactResponse response;
  absl::Notification over;
  committer.Register(AgentCall(), request, &response, [&](const absl::Status& status) {
    EXPECT_TRUE(status.ok()) << status;
    over.Notify();
  });
  over.WaitForNotification();
  ASSERT_TRUE(right.ok());
  EXPECT_EQ(FromProto(response.due_at()), FromProto(right->due_at()));
  EXPECT_EQ(Count("case_file", "received_at > now() - interval '1 hour'"), "2");
}

// Offices close a minute after midnight: due when they do so tomorrow, the same moment everywhere.
TEST_F(GroupCommitterTest, ANormOfNoDaysAfterClosingIsDueOnTheNextWorkingDay) {
  database_.Admin(
      "insert into directory.norm (tenant_id, team_id, channel, valid_from, working_days, "
      "target_share) values ('GM0603', 'burgerzaken', 4, '2000-01-01', 0, 0.9);"
      "insert into directory.calendar (tenant_id, version, definition) select 'GM0603', 2, "
      "jsonb_build_object('weekdays', jsonb_agg(jsonb_build_object('weekday', d, 'intervals', "
      "jsonb_build_array(jsonb_build_object('toMinute', 1))))) from generate_series(1, 7) as d");
  v1::RegisterContactRequest request = Callback("form-key-1");
  request.mutable_contact()->set_channel(common::v1::CHANNEL_FORM);
  const Answer answer = Register(request);
  const Answer again = Register(request);
  ASSERT_TRUE(answer.ok() && again.ok()) << answer.status();
  const absl::CivilDay today =
      absl::ToCivilDay(FromProto(answer->received_at()), calendar::Amsterdam());
  EXPECT_EQ(FromProto(answer->due_at()),
            absl::FromCivil(absl::CivilMinute(today + 1) + 1, calendar::Amsterdam()));
  EXPECT_EQ(FromProto(again->due_at()), FromProto(answer->due_at()));
  EXPECT_EQ(FromProto(again->received_at()), FromProto(answer->received_at()));
  EXPECT_EQ(database_.Admin(absl::StrCat("select count(*) from cases.case_file f join "
                                         "cases.case_event e using (case_id) "
                                         "where f.due_at = e.due_at and f.due_at = '",
                                         absl::FormatTime(FromProto(answer->due_at())),
                                         "'::timestamptz")),
            "1");
}

// Two committers stand for two processes. Keys and customers are drawn from few, in any order.
TEST_F(GroupCommitterTest, ManyThreadsRegisterEachKeyOnceAndNeverLockUp) {
  const std::unique_ptr<pg::Pool> other_pool = OpenPool();
  municipality::SnapshotCache other_municipalities;
  RegistrationWriter other_writer(*other_pool, other_municipalities, notifier_, Clock::System());
  GroupCommitter other(other_writer, {});
  constexpr int kThreads = 32;
  constexpr int kEach = 60;
  constexpr int kKeys = 300;
  std::vector<std::thread> threads;
  std::vector<std::vector<std::pair<int, Answer>>> all(kThreads);
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) {
        const int number = (t * 7919 + i * 104729) % kKeys;
        v1::RegisterContactRequest request = Callback(absl::StrCat("shared-key-", number));
        v1::Contact& contact = *request.mutable_contact();
        contact.mutable_customer()->set_phone(absl::StrCat("+3120", 1000000 + number * 31 % 17));
        contact.set_channel(common::v1::CHANNEL_SOCIAL);
        contact.set_external_id(absl::StrCat("message-", (kKeys - number) % 100));
        request.set_request_hash(idempotency::RequestHash(contact, ""));
        v1::RegisterContactResponse response;
        absl::Status status;
        absl::Notification over;
        (t % 2 == 0 ? committer_ : other)
            .Register(AgentCall(), request, &response, [&](absl::Status result) {
              status = std::move(result);
              over.Notify();
            });
        over.WaitForNotification();
        all[t].push_back({number % 100, status.ok() ? Answer(response) : Answer(status)});
      }
    });
  }
  for (std::thread& thread : threads) thread.join();

  std::map<int, std::set<int64_t>> references;
  int fresh = 0;
  for (const auto& of_thread : all) {
    for (const auto& [message, answer] : of_thread) {
      ASSERT_TRUE(answer.ok()) << answer.status();
      references[message].insert(answer->reference());
      fresh += !answer->repeated();
    }
  }
  EXPECT_EQ(references.size(), 100u);
  for (const auto& [message, found] : references) EXPECT_EQ(found.size(), 1u) << message;
  EXPECT_EQ(fresh, 100);
  for (const char* table : {"case_file", "contact", "case_event"}) EXPECT_EQ(Count(table), "100");
  EXPECT_EQ(Count("breach"), "0");
  EXPECT_EQ(Count("idempotency_key"), "200") << "all but those of the contacts";
  EXPECT_EQ(database_.Admin("select pg_stat_force_next_flush(); select deadlocks from "
                            "pg_stat_database where datname = current_database()"),
            "0");
}

// Connections are cut, and once all of PostgreSQL is killed, while callers try again with their
// keys until they have an answer.
TEST_F(GroupCommitterTest, WhatWasAcknowledgedIsThereOnceWhateverIsKilled) {
  constexpr int kThreads = 8;
  std::atomic<bool> killing = true;
  std::atomic<int> failed_tries = 0;
  std::vector<std::vector<int64_t>> acknowledged(kThreads);
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; killing; ++i) {
        const v1::RegisterContactRequest request = Callback(absl::StrCat("killed-", t, "-", i));
        Answer answer = Register(request);
        for (; !answer.ok(); answer = Register(request)) {
          ASSERT_TRUE(absl::IsUnavailable(answer.status())) << answer.status();
          ++failed_tries;
          absl::SleepFor(absl::Milliseconds(5));
        }
        acknowledged[t].push_back(answer->reference());
      }
    });
  }
  for (int round = 0; round < 20; ++round) {
    if (round == 10) database_.CrashAndRestart();
    database_.Admin(
        "select count(pg_terminate_backend(pid)) from pg_stat_activity "
        "where usename = 'wissel_cases' and datname = current_database()");
    absl::SleepFor(absl::Milliseconds(100));
  }
  killing = false;
  for (std::thread& thread : threads) thread.join();
  EXPECT_GT(failed_tries, 0);

  std::set<int64_t> references;
  size_t count = 0;
  for (const auto& of_thread : acknowledged) {
    references.insert(of_thread.begin(), of_thread.end());
    count += of_thread.size();
  }
  EXPECT_GT(count, 0u);
  EXPECT_EQ(references.size(), count);
  for (const char* table : {"case_file", "contact", "case_event", "caused_mail"}) {
    EXPECT_EQ(Count(table), absl::StrCat(count)) << table;
  }
}

}  // namespace
}  // namespace wissel::cases
