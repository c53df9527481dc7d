#include <memory>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "libs/municipality/snapshot_store.h"
#include "libs/testing/postgres.h"
#include "services/cases/queue/change_notifier_store.h"
#include "services/cases/registration/first_registration_store.h"
#include "services/cases/registration/reference_store.h"
#include "services/cases/registration/registration_store.h"
#include "services/cases/registration/registration_writer.h"
#include "services/cases/test_municipality.h"
#include "services/cases/test_router.h"
#include "services/cases/upkeep/rerouter.h"

namespace wissel::cases {
namespace {

class RerouterTest : public ::testing::Test {
 protected:
  RerouterTest() {
    PlantMunicipality(database_);
    channels_.SetInProcess(nullptr);
  }

  std::unique_ptr<pg::Pool> OpenPool() {
    pg::PoolOptions options = {.conninfo = database_.ConnInfo("cases"), .size = 6};
    for (const auto& more :
         {RegistrationStatements(), FirstRegistrationStatements(), ReferenceStatements(),
          municipality::SnapshotStatements(), ChangeNotifierStatements(), RerouterStatements()}) {
      options.statements.insert(options.statements.end(), more.begin(), more.end());
    }
    return pg::Pool::Open(std::move(options)).value();
  }

  // A callback that came in while the router was away.
  absl::StatusOr<v1::RegisterContactResponse> RegisterPending(absl::string_view key,
                                                              absl::string_view topic_id) {
    v1::RegisterContactRequest request = Callback(key);
    v1::Contact& contact = *request.mutable_contact();
    contact.mutable_question()->set_topic_id(std::string(topic_id));
    contact.clear_decision();
    contact.mutable_decision()->set_pending(true);
    const rpc::Call call = AgentCall();
    Submission one = {.request = &request, .who = call.principal.get()};
    writer_.Register(kTenant, absl::MakeSpan(&one, 1));
    return one.answer;
  }

  int64_t Pending(absl::string_view key, absl::string_view topic_id) {
    const auto answer = RegisterPending(key, topic_id);
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.ok() ? answer->reference() : 0;
  }

  std::string Of(int64_t reference, absl::string_view columns) {
    return database_.Admin(absl::StrCat("select concat_ws(' ', ", columns,
                                        ") from cases.case_file where case_id = ", reference));
  }
  std::string Events(int64_t reference) {
    return database_.Admin(
        absl::StrCat("select string_agg(kind::text, ' ' order by sequence) from cases.case_event "
                     "where case_id = ",
                     reference));
  }

  testing::TestDatabase database_;
  std::unique_ptr<pg::Pool> pool_ = OpenPool();
  municipality::SnapshotCache municipalities_;
  ChangeNotifier notifier_{*pool_};
  RegistrationWriter writer_{*pool_, municipalities_, notifier_, Clock::System()};
  TestRouter router_;
  rpc::ChannelRegistry channels_{{{"routing", router_.address()}}};
  Rerouter rerouter_{*pool_, municipalities_, channels_, "service-token"};
};

TEST_F(RerouterTest, WhatWaitsIsRoutedWhenTheRouterIsBack) {
  const int64_t reference = Pending("pending-1", "parkeren");
  EXPECT_EQ(Of(reference, "team_id, routing_pending"), "kcc t");
  EXPECT_TRUE(absl::IsUnavailable(rerouter_.Run(kTenant).status()));
  EXPECT_EQ(Of(reference, "team_id, routing_pending"), "kcc t");

  router_.Come();
  // The channel finds the router again by itself.
  while (absl::IsUnavailable(rerouter_.Run(kTenant).status())) {
  }
  EXPECT_EQ(
      Of(reference, "team_id, routing_pending, norm_working_days, version, rule_id, sop_version"),
      "parkeren f 4 2 topic 4");
  EXPECT_EQ(Events(reference), "1 2 13");
  EXPECT_EQ(database_.Admin("select count(*) from cases.case_event e join cases.case_file f "
                            "using (case_id) join cases.case_event r using (case_id) "
                            "where e.kind = 13 and r.kind = 1 and e.due_at = f.due_at "
                            "and e.due_at > r.due_at and f.received_at = r.at"),
            "1")
      << "counted from the first receipt";
  EXPECT_EQ(database_.Admin("select team_id || ' ' || text || ' ' || actor_name "
                            "from cases.case_event where kind = 2"),
            "parkeren Het onderwerp hoort bij dit team. Wissel");
  EXPECT_EQ(database_.Admin("select string_agg(recipient, ' ' order by sequence) "
                            "from cases.caused_mail"),
            "kcc@gemeente.example parkeren@gemeente.example");
  EXPECT_EQ(rerouter_.Run(kTenant).value(), 0) << "once";
}

// Whoever asks again with the same key is told what was decided then.
TEST_F(RerouterTest, TheAnswerToTheSenderStays) {
  router_.Come();
  const auto first = RegisterPending("pending-1", "parkeren");
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(rerouter_.Run(kTenant).value(), 1);
  EXPECT_EQ(Of(first->reference(), "team_id"), "parkeren");
  const auto again = RegisterPending("pending-1", "parkeren");
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_TRUE(again->decision().pending());
  EXPECT_EQ(again->team_id(), "kcc");
  v1::RegisterContactResponse expected = *first;
  expected.set_repeated(true);
  EXPECT_EQ(again->SerializeAsString(), expected.SerializeAsString());
}

TEST_F(RerouterTest, TheFirstAttemptCountsWhereTheNormOfTheNewTeamSaysSo) {
  database_.Admin(
      "insert into directory.norm (tenant_id, team_id, channel, valid_from, working_days, "
      "target_share, first_attempt_counts) select 'GM0603', team_id, 2, date '2001-01-01', 2, 0.9, "
      "team_id = 'parkeren' from (values ('kcc'), ('parkeren')) as t (team_id)");
  router_.Come();
  const int64_t routed = Pending("pending-1", "parkeren");
  const int64_t kept = Pending("pending-2", "opgeheven");
  EXPECT_EQ(rerouter_.Run(kTenant).value(), 2);
  const auto flags = [&](int64_t reference) {
    return database_.Admin(
        absl::StrCat("select string_agg(kind || coalesce(first_attempt_counts::text, ''), ' ' "
                     "order by sequence)",
                     " from cases.case_event where case_id = ", reference));
  };
  EXPECT_EQ(flags(routed), "1false 2true");
  EXPECT_EQ(flags(kept), "1false 2false");
}

TEST_F(RerouterTest, TellsSinceWhenTheOldestWaits) {
  EXPECT_EQ(rerouter_.OldestPending(kTenant).value(), absl::InfiniteFuture());
  const int64_t first = Pending("pending-1", "parkeren");
  const int64_t second = Pending("pending-2", "parkeren");
  database_.Admin(
      absl::StrCat("update cases.case_file set received_at = timestamptz '2026-03-02 10:00Z' - ",
                   "case when case_id = ", first, " then interval '1 h' else '0' end"));
  const absl::Time oldest = absl::FromCivil(absl::CivilHour(2026, 3, 2, 9), absl::UTCTimeZone());
  EXPECT_EQ(rerouter_.OldestPending(kTenant).value(), oldest);
  // What a colleague has in hand waits for nobody else.
  database_.Admin(absl::StrCat("update cases.case_file set state = 2, claimed_by = 'agent-1', ",
                               "claimed_by_name = 'Anouk' where case_id = ", first));
  EXPECT_EQ(rerouter_.OldestPending(kTenant).value(), oldest + absl::Hours(1));
  router_.Come();
  while (absl::IsUnavailable(rerouter_.Run(kTenant).status())) {
  }
  EXPECT_EQ(Of(second, "routing_pending"), "f");
  EXPECT_EQ(rerouter_.OldestPending(kTenant).value(), absl::InfiniteFuture());
}

TEST_F(RerouterTest, ADueMomentThatStaysLeavesNoEvent) {
  router_.Come();
  const int64_t reference = Pending("pending-1", "burgerzaken");
  EXPECT_EQ(rerouter_.Run(kTenant).value(), 1);
  EXPECT_EQ(Events(reference), "1 2");
}

TEST_F(RerouterTest, ATeamThatIsNotThereLeavesItWithTheKcc) {
  router_.Come();
  const int64_t reference = Pending("pending-1", "opgeheven");
  EXPECT_EQ(rerouter_.Run(kTenant).value(), 1);
  EXPECT_EQ(Of(reference, "team_id, routing_pending"), "kcc f");
  EXPECT_EQ(database_.Admin("select count(*) from cases.caused_mail"), "1")
      << "the KCC knows already";
}

TEST_F(RerouterTest, WhatAColleagueHasInHandIsLeftAlone) {
  router_.Come();
  const int64_t claimed = Pending("pending-1", "parkeren");
  const int64_t closed = Pending("pending-2", "parkeren");
  database_.Admin(absl::StrCat(
      "update cases.case_file set state = 2, claimed_by = 'agent-1', version = version + 1 "
      "where case_id = ",
      claimed, "; update cases.case_file set state = 3, outcome = 4, closed_at = now() ",
      "where case_id = ", closed));
  EXPECT_EQ(rerouter_.Run(kTenant).value(), 0);
  EXPECT_EQ(router_.asked(), 0);
  EXPECT_EQ(rerouter_.OldestPending(kTenant).value(), absl::InfiniteFuture());
  EXPECT_EQ(Of(claimed, "team_id, state"), "kcc 2");
}

TEST_F(RerouterTest, OneThatTheRouterCannotReadHoldsUpNobody) {
  router_.Come();
  const int64_t bad = Pending("pending-1", "onleesbaar");
  for (int i = 0; i < 5; ++i) Pending(absl::StrCat("pending-other-", i), "parkeren");
  EXPECT_EQ(rerouter_.Run(kTenant).value(), 5);
  EXPECT_EQ(Of(bad, "team_id, routing_pending"), "kcc t");
}

TEST_F(RerouterTest, WithoutAnSopItWaits) {
  router_.Come();
  const int64_t reference = Pending("pending-1", "");
  EXPECT_EQ(ReasonOf(rerouter_.Run(kTenant).status()), "no_sop");
  EXPECT_EQ(Of(reference, "routing_pending"), "t");
}

// More than a page, by several processes at once: each case is routed once.
TEST_F(RerouterTest, ManyAtOnceRouteEachOnce) {
  router_.Come();
  for (int i = 0; i < 450; ++i) Pending(absl::StrCat("pending-many-", i), "parkeren");
  std::vector<std::thread> threads;
  std::atomic<int> routed = 0;
  for (int t = 0; t < 3; ++t) {
    threads.emplace_back([&] {
      Rerouter rerouter(*pool_, municipalities_, channels_, "service-token");
      for (;;) {
        const absl::StatusOr<int> count = rerouter.Run(kTenant);
        // Two that lock the same cases in another order: one tries again.
        if (absl::IsAborted(count.status())) continue;
        EXPECT_TRUE(count.ok()) << count.status();
        routed += count.value_or(0);
        return;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(routed, 450);
  EXPECT_EQ(database_.Admin("select count(*) from cases.case_event where kind = 2"), "450");
  EXPECT_EQ(database_.Admin("select count(*) from cases.case_file where team_id = 'parkeren' "
                            "and not routing_pending and version = 2"),
            "450");
}

}  // namespace
}  // namespace wissel::cases
