#include "libs/identity/token_authenticator.h"

#include <atomic>
#include <thread>

#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/identity/token.h"
#include "libs/rpc/server.h"
#include "libs/rpc/status.h"
#include "libs/testing/fake_clock.h"
#include "wissel/directory/v1/directory.grpc.pb.h"

namespace wissel::identity {
namespace {

using PrincipalOr = absl::StatusOr<std::shared_ptr<const rpc::Principal>>;

// A directory that knows one account, counts who asks and can be told to wait or to fail. The real
// one is above this layer; services/directory tests this class against it.
class Directory final : public directory::v1::DirectoryService::CallbackService {
 public:
  grpc::ServerUnaryReactor* Authenticate(grpc::CallbackServerContext* context,
                                         const directory::v1::AuthenticateRequest* request,
                                         directory::v1::AuthenticateResponse* response) override {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    absl::MutexLock lock(&mutex_);
    ++asked_;
    const auto& metadata = context->client_metadata();
    authorization_ = std::string(metadata.find("authorization")->second.data(),
                                 metadata.find("authorization")->second.size());
    FillSession(response->mutable_session());
    if (holding_) {
      held_.push_back(reactor);
    } else {
      reactor->Finish(rpc::ToGrpc(answer_));
    }
    return reactor;
  }

  void Answer(absl::Status status) {
    absl::MutexLock lock(&mutex_);
    answer_ = std::move(status);
  }
  void Hold() {
    absl::MutexLock lock(&mutex_);
    holding_ = true;
  }
  void Release() {
    absl::MutexLock lock(&mutex_);
    holding_ = false;
    for (grpc::ServerUnaryReactor* reactor : held_) reactor->Finish(rpc::ToGrpc(answer_));
    held_.clear();
  }
  int asked() {
    absl::MutexLock lock(&mutex_);
    return asked_;
  }
  std::string authorization() {
    absl::MutexLock lock(&mutex_);
    return authorization_;
  }

 private:
  static void FillSession(directory::v1::Session* session) {
    session->mutable_municipality()->set_tenant_id("GM0603");
    session->set_account_id("a1");
    session->set_display_name("Jan");
    session->add_roles(options::v1::ROLE_TEAM_LEAD);
    session->add_team_ids("parkeren");
    *session->mutable_expires_at() = ToProto(absl::FromUnixSeconds(1'800'000'060));
  }

  absl::Mutex mutex_;
  absl::Status answer_;
  bool holding_ = false;
  int asked_ = 0;
  std::string authorization_;
  std::vector<grpc::ServerUnaryReactor*> held_;
};

class TokenAuthenticatorTest : public ::testing::Test {
 protected:
  TokenAuthenticatorTest() { channels_.SetInProcess(server_->InProcess()); }

  PrincipalOr Ask(absl::string_view token, absl::string_view tenant_id = "") {
    PrincipalOr result;
    absl::Notification done;
    authenticator_.Authenticate(token, tenant_id, [&](PrincipalOr answer) {
      result = std::move(answer);
      done.Notify();
    });
    done.WaitForNotification();
    return result;
  }

  const std::string service_token_ = MakeServiceToken();
  const std::string token_ = MakeToken("GM0603");
  testing::FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  Directory directory_;
  std::unique_ptr<rpc::Server> server_ = rpc::Server::Start({}, {&directory_}).value();
  rpc::ChannelRegistry channels_;
  TokenAuthenticator authenticator_{channels_, service_token_, clock_};
};

const absl::Status kNoSuchToken =
    Error(absl::StatusCode::kUnauthenticated, "invalid_token", "no such token", "token");

TEST_F(TokenAuthenticatorTest, TellsWhoseTokenItIs) {
  const PrincipalOr who = Ask(token_, "GM0518");
  ASSERT_TRUE(who.ok()) << who.status();
  // What the caller says about its municipality does not matter.
  EXPECT_EQ((*who)->tenant_id, "GM0603");
  EXPECT_EQ((*who)->account_id, "a1");
  EXPECT_EQ((*who)->display_name, "Jan");
  EXPECT_TRUE((*who)->Has(options::v1::ROLE_TEAM_LEAD));
  EXPECT_TRUE((*who)->InTeam("parkeren"));
  EXPECT_EQ((*who)->expires_at, absl::FromUnixSeconds(1'800'000'060));
  EXPECT_EQ(directory_.authorization(), "Bearer " + service_token_);
}

TEST_F(TokenAuthenticatorTest, ServiceTokenActsForWhomItSays) {
  const PrincipalOr who = Ask(service_token_, "GM0518");
  ASSERT_TRUE(who.ok());
  EXPECT_EQ((*who)->tenant_id, "GM0518");
  EXPECT_TRUE((*who)->Has(options::v1::ROLE_SERVICE));
  EXPECT_EQ((*Ask(service_token_))->tenant_id, "");
  EXPECT_EQ(directory_.asked(), 0);
}

TEST_F(TokenAuthenticatorTest, NobodyIsAServiceWithoutAServiceToken) {
  TokenAuthenticator none(channels_, "", clock_);
  for (const std::string& token : {std::string(), service_token_}) {
    none.Authenticate(token, "GM0603", [](const PrincipalOr& answer) {
      EXPECT_TRUE(absl::IsUnauthenticated(answer.status())) << answer.status();
    });
  }
}

TEST_F(TokenAuthenticatorTest, WhatIsNoTokenIsNotAsked) {
  for (const std::string& token : {std::string("x"), service_token_ + "x", token_ + "x"}) {
    const PrincipalOr who = Ask(token);
    EXPECT_TRUE(absl::IsUnauthenticated(who.status()));
    EXPECT_EQ(ReasonOf(who.status()), "invalid_token");
  }
  EXPECT_EQ(directory_.asked(), 0);
}

TEST_F(TokenAuthenticatorTest, AsksAgainAfterFiveSeconds) {
  EXPECT_TRUE(Ask(token_).ok());
  clock_.Advance(absl::Milliseconds(4999));
  EXPECT_TRUE(Ask(token_).ok());
  EXPECT_EQ(directory_.asked(), 1);
  clock_.Advance(absl::Milliseconds(1));
  directory_.Answer(kNoSuchToken);
  EXPECT_TRUE(absl::IsUnauthenticated(Ask(token_).status()));
  EXPECT_EQ(directory_.asked(), 2);
}

TEST_F(TokenAuthenticatorTest, AsksAgainAboutAnInvalidTokenAfterOneSecond) {
  directory_.Answer(kNoSuchToken);
  EXPECT_EQ(ReasonOf(Ask(token_).status()), "invalid_token");
  EXPECT_EQ(ReasonOf(Ask(token_).status()), "invalid_token");
  EXPECT_EQ(directory_.asked(), 1);
  clock_.Advance(absl::Seconds(1));
  directory_.Answer(absl::OkStatus());
  EXPECT_TRUE(Ask(token_).ok());
}

TEST_F(TokenAuthenticatorTest, FailuresAreNotKept) {
  for (const absl::Status& failure :
       {absl::InternalError("?"), absl::ResourceExhaustedError("busy"),
        absl::DeadlineExceededError("late"),
        // About the service token, not about the one in the request.
        Error(absl::StatusCode::kUnauthenticated, "invalid_token", "who are you?"),
        absl::PermissionDeniedError("no")}) {
    directory_.Answer(failure);
    const PrincipalOr who = Ask(token_);
    EXPECT_TRUE(absl::IsUnavailable(who.status())) << who.status();
    EXPECT_EQ(ReasonOf(who.status()), "directory_away");
  }
  directory_.Answer(absl::OkStatus());
  EXPECT_TRUE(Ask(token_).ok());
}

TEST_F(TokenAuthenticatorTest, ManyCallsWithOneTokenAskOnce) {
  directory_.Hold();
  constexpr int kCalls = 64;
  std::atomic<int> answered = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < kCalls; ++i) {
    callers.emplace_back([&] {
      authenticator_.Authenticate(token_, "", [&](const PrincipalOr& who) {
        EXPECT_TRUE(who.ok());
        ++answered;
      });
    });
  }
  for (std::thread& caller : callers) caller.join();
  while (directory_.asked() == 0) std::this_thread::yield();
  EXPECT_EQ(answered, 0);
  directory_.Release();
  while (answered < kCalls) std::this_thread::yield();
  EXPECT_EQ(directory_.asked(), 1);
}

// (B2) Random tokens neither make the line endless nor keep out who is signed in.
TEST_F(TokenAuthenticatorTest, RefusesNewTokensWhenTooManyQuestionsWait) {
  ASSERT_TRUE(Ask(token_).ok());
  clock_.Advance(absl::Seconds(6));
  directory_.Hold();
  std::atomic<int> refused = 0;
  std::atomic<int> answered = 0;
  for (int i = 0; i < 1100; ++i) {
    authenticator_.Authenticate(MakeToken("GM0603"), "", [&](const PrincipalOr& who) {
      if (!who.ok()) ++refused;
      ++answered;
    });
  }
  EXPECT_EQ(refused, 1100 - 768);
  bool known_is_ok = false;
  authenticator_.Authenticate(token_, "", [&](const PrincipalOr& who) {
    known_is_ok = who.ok();
    ++answered;
  });
  while (directory_.asked() < 1 + 768 + 1) std::this_thread::yield();
  directory_.Release();
  while (answered < 1101) std::this_thread::yield();
  EXPECT_EQ(refused, 1100 - 768);
  EXPECT_TRUE(known_is_ok);
}

TEST_F(TokenAuthenticatorTest, WaitsForItsQuestionsAtTheEnd) {
  std::atomic<bool> answered = false;
  directory_.Hold();
  std::thread releaser([&] {
    while (directory_.asked() == 0) std::this_thread::yield();
    directory_.Release();
  });
  {
    TokenAuthenticator short_lived(channels_, service_token_, clock_);
    short_lived.Authenticate(token_, "", [&](const PrincipalOr&) { answered = true; });
  }
  EXPECT_TRUE(answered);
  releaser.join();
}

TEST(TokenAuthenticatorAlone, DirectoryThatIsNowhereIsAway) {
  rpc::ChannelRegistry nowhere;
  nowhere.SetInProcess(nullptr);
  testing::FakeClock clock(absl::FromUnixSeconds(0));
  TokenAuthenticator authenticator(nowhere, "", clock);
  absl::Notification done;
  authenticator.Authenticate(MakeToken("GM0603"), "", [&](const PrincipalOr& who) {
    EXPECT_EQ(ReasonOf(who.status()), "directory_away");
    done.Notify();
  });
  done.WaitForNotification();
}

}  // namespace
}  // namespace wissel::identity
