#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "libs/idempotency/request_hash.h"
#include "libs/rpc/server.h"
#include "libs/rpc/status.h"
#include "libs/testing/fake_clock.h"
#include "services/cases/questions/attacher.h"
#include "services/cases/queue/queue.h"
#include "services/cases/queue/queue_watch.h"
#include "services/cases/test_cases.h"
#include "services/cases/test_screen.h"

namespace wissel::cases {
namespace {

using Stream = rpc::ServerStream<v1::WatchQueueResponse>;

// The real watcher behind a real gRPC server; who calls is decided by the test.
class WatchService final : public v1::CaseService::CallbackService {
 public:
  explicit WatchService(QueueWatcher& watcher) : watcher_(watcher) {}

  grpc::ServerWriteReactor<v1::WatchQueueResponse>* WatchQueue(
      grpc::CallbackServerContext*, const v1::WatchQueueRequest* request) override {
    std::shared_ptr<Stream> stream = Stream::Make();
    last = stream;
    watcher_.Watch(call, *request, stream);
    return stream.get();
  }

  // Set while no call runs.
  rpc::Call call = AgentCall();
  std::weak_ptr<Stream> last;

 private:
  QueueWatcher& watcher_;
};

class QueueWatchTest : public CasesTest {
 protected:
  // Without a sweep worth the name: what a screen shows came by a notification.
  QueueWatchTest() { Serve(absl::Hours(1)); }

  void Serve(absl::Duration sweep_every, absl::Duration renew_after = absl::Hours(1)) {
    server_.reset();
    service_.reset();
    watcher_ = std::make_unique<QueueWatcher>(*pool_, municipalities_, clock_,
                                              WatchOptions{.conninfo = database_.ConnInfo("cases"),
                                                           .pause = absl::Milliseconds(20),
                                                           .sweep_every = sweep_every,
                                                           .renew_after = renew_after});
    service_ = std::make_unique<WatchService>(*watcher_);
    server_ = rpc::Server::Start({}, {service_.get()}).value();
    channel_ = server_->InProcess();
  }

  std::string Fresh(const std::string& team_id) {
    v1::ListQueueRequest request;
    request.set_team_id(team_id);
    request.set_page_size(200);
    v1::ListQueueResponse response;
    EXPECT_TRUE(queue_.ListQueue(AgentCall(), request, &response).ok());
    return TextOf(response);
  }

  void Claim(int64_t reference, const std::string& team_id) {
    v1::ClaimCaseResponse response;
    const absl::Status status =
        actions_.Claim(Member("ann", team_id), On<v1::ClaimCaseRequest>(reference), &response);
    EXPECT_TRUE(status.ok()) << status;
  }

  // A claim in a transaction that stays open until `release`.
  std::thread SlowClaim(int64_t reference, absl::Notification& written,
                        absl::Notification& release) {
    return std::thread([this, reference, &written, &release] {
      const rpc::Call ann = Member("ann", "parkeren");
      const absl::Status status = pool_->InTenant(
          kTenant, ann.deadline, pg::Access::kWrite,
          [&](pg::Transaction& transaction) -> absl::Status {
            WISSEL_ASSIGN_OR_RETURN(const StoredCase stored, LockCase(transaction, reference));
            WISSEL_ASSIGN_OR_RETURN(
                const Change change,
                Decide(stored.facts, {.action = Action::kClaim}, *ann.principal, "kcc"));
            WISSEL_RETURN_IF_ERROR(WriteChange(transaction, stored, change, *ann.principal));
            written.Notify();
            release.WaitForNotification();
            return absl::OkStatus();
          });
      EXPECT_TRUE(status.ok()) << status;
    });
  }

  testing::FakeClock clock_{absl::FromUnixSeconds(1'900'000'000)};
  municipality::SnapshotCache municipalities_;
  QueueReader queue_{*pool_, municipalities_, clock_};
  std::unique_ptr<QueueWatcher> watcher_;
  std::unique_ptr<WatchService> service_;
  std::unique_ptr<rpc::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

TEST_F(QueueWatchTest, ASnapshotIsFollowedByWhatChanges) {
  PlantCases(1, 3, "parkeren");
  Screen screen(channel_, "parkeren");
  ASSERT_TRUE(screen.Shows(Fresh("parkeren")));
  Claim(2, "parkeren");
  EXPECT_TRUE(screen.ShowsVersion(2, 2));
  EXPECT_TRUE(screen.Shows(Fresh("parkeren")));
}

TEST_F(QueueWatchTest, AForwardedCaseLeavesOneScreenAndComesToTheOther) {
  PlantCases(1, 2, "parkeren");
  Screen parkeren(channel_, "parkeren");
  Screen burgerzaken(channel_, "burgerzaken");
  ASSERT_TRUE(parkeren.AwaitFirst());
  ASSERT_TRUE(burgerzaken.AwaitFirst());
  auto request = On<v1::ForwardCaseRequest>(1);
  request.set_team_id("burgerzaken");
  v1::ForwardCaseResponse response;
  ASSERT_TRUE(actions_.Forward(AgentCall(), request, &response).ok());
  EXPECT_TRUE(parkeren.ShowsVersion(1, 0));
  EXPECT_TRUE(burgerzaken.ShowsVersion(1, 2));
  EXPECT_TRUE(parkeren.Shows(Fresh("parkeren"))) << parkeren.text();
  EXPECT_TRUE(burgerzaken.Shows(Fresh("burgerzaken"))) << burgerzaken.text();
}

// Random acts by several people at once, on screens that open before and in between.
TEST_F(QueueWatchTest, AContactThatIsAddedShowsAtOnce) {
  PlantCases(1, 1, "parkeren");
  Screen screen(channel_, "parkeren");
  ASSERT_TRUE(screen.ShowsVersion(1, 1));
  auto request = On<v1::AttachContactRequest>(1);
  *request.mutable_contact() = Callback("again").contact();
  request.set_request_hash(idempotency::RequestHash(request, ""));
  v1::AttachContactResponse response;
  ASSERT_TRUE(Attacher(*pool_).Attach(AgentCall(), request, &response).ok());
  EXPECT_TRUE(screen.ShowsVersion(1, 2));
}

TEST_F(QueueWatchTest, SnapshotAndEventsEqualAFreshSnapshot) {
  PlantCases(1, 40, "parkeren");
  PlantCases(41, 20, "burgerzaken", "'2026-04-03 15:00Z'", "bewoner@voorbeeld.example");
  const std::vector<std::string> teams = {"parkeren", "burgerzaken", "kcc"};
  std::vector<std::unique_ptr<Screen>> screens;
  const auto open = [&] {
    for (const std::string& team_id : teams) {
      screens.push_back(std::make_unique<Screen>(channel_, team_id));
    }
  };
  open();
  std::vector<std::thread> threads;
  for (unsigned worker = 0; worker < 4; ++worker) {
    threads.emplace_back([&, worker] {
      std::mt19937 random(worker);
      for (int i = 0; i < 60; ++i) ActAtRandom(worker, random);
    });
  }
  open();
  for (std::thread& thread : threads) thread.join();
  open();
  for (size_t i = 0; i < screens.size(); ++i) {
    const std::string fresh = Fresh(teams[i % teams.size()]);
    EXPECT_TRUE(screens[i]->Shows(fresh)) << i << "\n" << screens[i]->text() << "\n" << fresh;
  }
}

// The first to write commits last: a reader that goes on from the highest number misses it.
TEST_F(QueueWatchTest, WhatCommitsLateIsNotLost) {
  PlantCases(1, 10, "parkeren");
  Screen screen(channel_, "parkeren");
  ASSERT_TRUE(screen.AwaitFirst());
  absl::Notification written[3], release[3];
  std::vector<std::thread> slow;
  for (int i = 0; i < 3; ++i) {
    slow.push_back(SlowClaim(1 + i, written[i], release[i]));
    written[i].WaitForNotification();
  }
  Claim(9, "parkeren");
  ASSERT_TRUE(screen.ShowsVersion(9, 2));
  const std::string highest =
      database_.Admin("select max(xid::text::bigint) from cases.case_event");
  for (const int i : {1, 2, 0}) {
    EXPECT_TRUE(screen.ShowsVersion(1 + i, 1));
    release[i].Notify();
    EXPECT_TRUE(screen.ShowsVersion(1 + i, 2)) << i;
  }
  for (std::thread& thread : slow) thread.join();
  EXPECT_TRUE(screen.Shows(Fresh("parkeren")));
  // The control: by number there was nothing new any more.
  EXPECT_EQ(database_.Admin(absl::StrCat("select count(*) from cases.case_event where"
                                         " xid::text::bigint > ",
                                         highest)),
            "0");
}

// Each screen is the first of its municipality, so that the place to read on from is taken anew,
// while somebody claims.
TEST_F(QueueWatchTest, NothingFallsBetweenSnapshotAndEvents) {
  constexpr int kRounds = 40;
  PlantCases(1, kRounds, "parkeren");
  std::mt19937 random(7);
  for (int64_t reference = 1; reference <= kRounds; ++reference) {
    std::thread colleague([&, pause = absl::Milliseconds(random() % 8)] {
      absl::SleepFor(pause);
      Claim(reference, "parkeren");
    });
    Screen screen(channel_, "parkeren");
    const bool shown = screen.ShowsVersion(reference, 2);
    colleague.join();
    ASSERT_TRUE(shown) << reference;
  }
}

// An import that runs for minutes must not hold up the screens, nor be missed by those that open
// while it runs.
TEST_F(QueueWatchTest, AScreenThatOpensDuringALongTransactionShowsBoth) {
  PlantCases(1, 10, "parkeren");
  absl::Notification written, release;
  std::thread slow = SlowClaim(1, written, release);
  written.WaitForNotification();
  Screen screen(channel_, "parkeren");
  ASSERT_TRUE(screen.AwaitFirst());
  for (int64_t reference = 2; reference <= 5; ++reference) {
    Claim(reference, "parkeren");
    EXPECT_TRUE(screen.ShowsVersion(reference, 2));
  }
  release.Notify();
  slow.join();
  EXPECT_TRUE(screen.ShowsVersion(1, 2));
}

TEST_F(QueueWatchTest, ManyChangesAtOnceComeInSeveralMessages) {
  PlantCases(1, 150, "parkeren");
  Screen screen(channel_, "parkeren");
  ASSERT_TRUE(screen.AwaitFirst());
  PlantCases(1000, 450, "parkeren");
  PlantCases(2000, 1, "parkeren");
  database_.Admin("select pg_notify('wissel_cases', '')");
  EXPECT_TRUE(screen.ShowsVersion(1449, 1));
  EXPECT_TRUE(screen.ShowsVersion(2000, 1));
  EXPECT_GE(screen.messages(), 1 + 3);
}

TEST_F(QueueWatchTest, MunicipalitiesDoNotMix) {
  PlantMunicipality(database_, "GM0034");
  PlantCases(1, 2, "parkeren");
  PlantCases(11, 2, "parkeren", "'2030-04-03 15:00Z'", "", "'2026-04-01 10:00Z'", "GM0034");
  Screen here(channel_, "parkeren");
  ASSERT_TRUE(here.AwaitFirst());
  service_->call = AgentCall("GM0034");
  Screen there(channel_, "parkeren");
  ASSERT_TRUE(there.AwaitFirst());
  v1::CloseCaseResponse closed;
  auto close = On<v1::CloseCaseRequest>(11);
  close.set_outcome(v1::CASE_OUTCOME_WITHDRAWN);
  ASSERT_TRUE(actions_.Close(AgentCall("GM0034"), close, &closed).ok());
  EXPECT_TRUE(there.ShowsVersion(11, 0));
  Claim(1, "parkeren");
  EXPECT_TRUE(here.Shows(Fresh("parkeren"))) << here.text();
  EXPECT_TRUE(there.ShowsVersion(12, 1));
  EXPECT_TRUE(there.ShowsVersion(1, 0));
}

TEST_F(QueueWatchTest, CountsFollowTheClockWithoutAnyEvent) {
  Serve(absl::Milliseconds(20));
  PlantCases(1, 2, "parkeren", "'2030-04-03 15:00Z'");
  Screen screen(channel_, "parkeren");
  ASSERT_TRUE(screen.AwaitFirst());
  clock_.Set(absl::FromCivil(absl::CivilHour(2030, 4, 3, 14), absl::UTCTimeZone()));
  ASSERT_TRUE(screen.Shows(Fresh("parkeren")));
  clock_.Advance(absl::Hours(2));
  EXPECT_TRUE(screen.Shows(Fresh("parkeren")));
}

TEST_F(QueueWatchTest, LostConnectionsAndACrashAreCaughtUpWith) {
  Serve(absl::Milliseconds(100));
  PlantCases(1, 10, "parkeren");
  Screen screen(channel_, "parkeren");
  ASSERT_TRUE(screen.AwaitFirst());
  database_.Admin(
      "select pg_terminate_backend(pid) from pg_stat_activity"
      " where usename = 'wissel_cases'");
  Claim(1, "parkeren");
  EXPECT_TRUE(screen.Shows(Fresh("parkeren")));
  database_.CrashAndRestart();
  Claim(2, "parkeren");
  EXPECT_TRUE(screen.Shows(Fresh("parkeren")));
}

TEST_F(QueueWatchTest, TheStreamEndsWithTheSession) {
  Serve(absl::Milliseconds(20));
  auto who = std::make_shared<rpc::Principal>(*AgentCall().principal);
  who->expires_at = clock_.Now() + absl::Hours(8);
  service_->call.principal = who;
  Screen screen(channel_, "parkeren");
  ASSERT_TRUE(screen.AwaitFirst());
  clock_.Advance(absl::Hours(8));
  const absl::Status status = rpc::FromGrpc(screen.End());
  EXPECT_EQ(status.code(), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(ReasonOf(status), "session_ended");
}

TEST_F(QueueWatchTest, TheStreamIsToBeRenewedNowAndThen) {
  Serve(absl::Milliseconds(20), absl::Milliseconds(50));
  Screen screen(channel_, "parkeren");
  const grpc::Status end = screen.End();
  EXPECT_TRUE(end.ok()) << end.error_message();
  EXPECT_GE(screen.messages(), 1);
}

TEST_F(QueueWatchTest, RefusesLikeAQueue) {
  EXPECT_EQ(ReasonOf(rpc::FromGrpc(Screen(channel_, "").End())), "required");
  EXPECT_EQ(ReasonOf(rpc::FromGrpc(Screen(channel_, "bestaatniet").End())), "no_such_team");
  service_->call = Member("ann", "burgerzaken");
  EXPECT_EQ(ReasonOf(rpc::FromGrpc(Screen(channel_, "parkeren").End())), "not_in_team");
}

TEST_F(QueueWatchTest, NothingIsKeptOfAScreenThatWasClosed) {
  std::vector<std::weak_ptr<Stream>> closed;
  for (int i = 0; i < 20; ++i) {
    Screen screen(channel_, "parkeren");
    ASSERT_TRUE(screen.AwaitFirst());
    closed.push_back(service_->last);
  }
  for (const std::weak_ptr<Stream>& stream : closed) {
    while (!stream.expired()) absl::SleepFor(absl::Milliseconds(5));
  }
}

TEST_F(QueueWatchTest, StoppingSendsTheScreensElsewhere) {
  Screen screen(channel_, "parkeren");
  ASSERT_TRUE(screen.AwaitFirst());
  watcher_.reset();
  const absl::Status status = rpc::FromGrpc(screen.End());
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(status), "restarting");
}

}  // namespace
}  // namespace wissel::cases
