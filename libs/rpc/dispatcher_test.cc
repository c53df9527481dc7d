// A real server in this process: what a call goes through before a handler sees it.

#include "libs/rpc/dispatcher.h"

#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "libs/rpc/server.h"
#include "libs/rpc/status.h"
#include "libs/telemetry/metrics.h"
#include "wissel/cases/v1/cases.grpc.pb.h"

namespace wissel::rpc {
namespace {

using cases::v1::CaseService;

// Knows one token a role: "agent" and "manager". Parts of Wissel know each other by "wissel".
class FewTokens final : public Authenticator {
 public:
  void Authenticate(absl::string_view token, absl::string_view, Done done) override {
    auto principal = std::make_shared<Principal>();
    principal->tenant_id = "GM0001";
    principal->account_id = std::string(token);
    if (token == "agent" || token == "another agent") {
      principal->roles = {options::v1::ROLE_KCC_AGENT};
    } else if (token == "manager") {
      principal->roles = {options::v1::ROLE_MANAGER};
    } else {
      return done(Error(absl::StatusCode::kUnauthenticated, "invalid_token", "no such token"));
    }
    done(std::shared_ptr<const Principal>(principal));
  }
  std::string ServiceToken() const override { return "wissel"; }
  bool IsServiceToken(absl::string_view secret) const override { return secret == "wissel"; }
};

class Handlers final : public CaseService::CallbackService {
 public:
  explicit Handlers(Dispatcher& dispatcher) : dispatcher_(dispatcher) {}

  grpc::ServerUnaryReactor* GetCase(grpc::CallbackServerContext* context,
                                    const cases::v1::GetCaseRequest* request,
                                    cases::v1::GetCaseResponse* response) override {
    return dispatcher_.Blocking(
        context, request, response,
        [](const Call& call, const auto& in, auto* out) -> absl::Status {
          if (in.reference() == 0) {
            return Error(absl::StatusCode::kNotFound, "no_such_case", "no case", "reference");
          }
          if (in.reference() == 99) return absl::InternalError("secret of the house");
          out->mutable_case_()->mutable_summary()->set_customer_name(call.tenant_id());
          return absl::OkStatus();
        });
  }

  grpc::ServerUnaryReactor* AttachContact(grpc::CallbackServerContext* context,
                                          const cases::v1::AttachContactRequest* request,
                                          cases::v1::AttachContactResponse* response) override {
    return dispatcher_.Blocking(context, request, response,
                                [](const Call& call, const auto&, auto* out) -> absl::Status {
                                  // What it could go on to the next service with.
                                  out->mutable_case_()->set_subject(call.service_token);
                                  return absl::OkStatus();
                                });
  }

  grpc::ServerUnaryReactor* CloseCase(grpc::CallbackServerContext* context,
                                      const cases::v1::CloseCaseRequest* request,
                                      cases::v1::CloseCaseResponse* response) override {
    return dispatcher_.Blocking(
        context, request, response,
        [](const Call&, const auto&, auto*) -> absl::Status { return absl::OkStatus(); });
  }

  grpc::ServerWriteReactor<cases::v1::WatchQueueResponse>* WatchQueue(
      grpc::CallbackServerContext* context, const cases::v1::WatchQueueRequest* request) override {
    return dispatcher_.Stream<cases::v1::WatchQueueResponse>(
        context, request, [this](const Call&, const auto& in, auto stream) {
          if (in.team_id() != "many") stream->OnOver([this] { over_.Notify(); });
          for (int i = 0; i < in.page_size(); ++i) {
            cases::v1::WatchQueueResponse message;
            message.add_removed(i);
            stream->Push(message);
          }
          if (in.team_id() == "short") stream->End(absl::OkStatus());
        });
  }

  absl::Notification over_;

 private:
  Dispatcher& dispatcher_;
};

class DispatcherTest : public ::testing::Test {
 protected:
  absl::Status Get(const std::string& token, int64_t reference,
                   cases::v1::GetCaseResponse* response) {
    grpc::ClientContext context;
    if (!token.empty()) context.AddMetadata(kAuthorizationKey, "Bearer " + token);
    cases::v1::GetCaseRequest request;
    request.set_reference(reference);
    return FromGrpc(stub_->GetCase(&context, request, response));
  }

  FewTokens tokens_;
  WorkerPool pool_{2, 64};
  Dispatcher dispatcher_{tokens_, pool_};
  Handlers handlers_{dispatcher_};
  std::unique_ptr<Server> server_ = *Server::Start({}, {&handlers_});
  std::unique_ptr<CaseService::Stub> stub_ = CaseService::NewStub(server_->InProcess());
};

TEST_F(DispatcherTest, HandlerSeesThePrincipal) {
  cases::v1::GetCaseResponse response;
  ASSERT_TRUE(Get("agent", 1, &response).ok());
  EXPECT_EQ(response.case_().summary().customer_name(), "GM0001");
}

TEST_F(DispatcherTest, RefusesWithoutTokenWithAWrongOneAndWithoutTheRole) {
  cases::v1::GetCaseResponse response;
  EXPECT_EQ(ReasonOf(Get("", 1, &response)), "not_signed_in");
  EXPECT_EQ(ReasonOf(Get("stranger", 1, &response)), "invalid_token");
  EXPECT_EQ(ReasonOf(Get("manager", 1, &response)), "not_permitted");
}

// An integration token over the gRPC port once registered contacts with a decision of its own.
TEST_F(DispatcherTest, AnInternalMethodIsForPartsOfWisselOnly) {
  const auto attach = [&](const std::string& token, const char* follows) {
    grpc::ClientContext context;
    context.AddMetadata(kAuthorizationKey, "Bearer " + token);
    if (follows != nullptr) context.AddMetadata(kFollowsKey, follows);
    cases::v1::AttachContactResponse response;
    const absl::Status status = FromGrpc(stub_->AttachContact(&context, {}, &response));
    if (status.ok()) EXPECT_EQ(response.case_().subject(), "wissel");
    return ReasonOf(status);
  };
  for (const char* unproven : {static_cast<const char*>(nullptr), "", "1", "agent"}) {
    EXPECT_EQ(attach("agent", unproven), "not_permitted");
  }
  EXPECT_EQ(attach("agent", "wissel"), "");
  // Proof of being a part of Wissel is no permission.
  EXPECT_EQ(attach("manager", "wissel"), "not_permitted");
}

TEST_F(DispatcherTest, DetailsTravelAndInternalErrorsDoNot) {
  cases::v1::GetCaseResponse response;
  const absl::Status missing = Get("agent", 0, &response);
  EXPECT_EQ(missing.code(), absl::StatusCode::kNotFound);
  ASSERT_EQ(DetailsOf(missing).size(), 1u);
  EXPECT_EQ(DetailsOf(missing)[0].field, "reference");
  const absl::Status broken = Get("agent", 99, &response);
  EXPECT_EQ(broken.code(), absl::StatusCode::kInternal);
  EXPECT_EQ(broken.message().find("secret"), absl::string_view::npos);
}

// (B13)
TEST_F(DispatcherTest, AnUnknownNumberOfAnEnumIsRefusedBeforeTheHandler) {
  grpc::ClientContext context;
  context.AddMetadata(kAuthorizationKey, "Bearer agent");
  cases::v1::CloseCaseRequest request;
  request.set_outcome(static_cast<cases::v1::CaseOutcome>(99));
  cases::v1::CloseCaseResponse response;
  const absl::Status status = FromGrpc(stub_->CloseCase(&context, request, &response));
  EXPECT_EQ(ReasonOf(status), "invalid_value");
  EXPECT_EQ(DetailsOf(status)[0].field, "outcome");
}

TEST_F(DispatcherTest, WhatTheProcessDoesNotTakeIsRefused) {
  Dispatcher full(tokens_, pool_, {.takes = [](const Method& method) {
                    return absl::UnavailableError(method.path);
                  }});
  Handlers handlers(full);
  auto server = *Server::Start({}, {&handlers});
  stub_ = CaseService::NewStub(server->InProcess());
  cases::v1::GetCaseResponse response;
  EXPECT_EQ(Get("agent", 1, &response),
            absl::UnavailableError("/wissel.cases.v1.CaseService/GetCase"));
  EXPECT_EQ(ReasonOf(Get("", 1, &response)), "not_signed_in") << "who may not call learns nothing";
  stub_.reset();
}

// (B2) A client can cause as many refusals as it likes: few of them are written, all are counted.
TEST_F(DispatcherTest, RefusalsAreCountedAndFewOfThemWritten) {
  cases::v1::GetCaseResponse response;
  ::testing::internal::CaptureStderr();
  for (int i = 0; i < 500; ++i) Get("stranger", 1, &response).IgnoreError();
  const std::string log = ::testing::internal::GetCapturedStderr();
  EXPECT_LE(std::count(log.begin(), log.end(), '\n'), 60);
  EXPECT_NE(log.find(R"("reason":"invalid_token")"), std::string::npos) << log;
  const std::string metrics = telemetry::MetricsText();
  const std::string name =
      "wissel_refusals_total{code=\"UNAUTHENTICATED\",reason=\"invalid_token\"} ";
  ASSERT_NE(metrics.find(name), std::string::npos);
  EXPECT_GE(std::atoi(metrics.c_str() + metrics.find(name) + name.size()), 500);
}

// Where a call comes from stands in the log: the address of the peer, and of a peer in this process
// the one that it names. A peer elsewhere cannot name another one.
TEST_F(DispatcherTest, TellsTheAddressOfARefusedCall) {
  auto server = *Server::Start({.address = "127.0.0.1:0"}, {&handlers_});
  const auto far = CaseService::NewStub(grpc::CreateChannel(
      absl::StrCat("127.0.0.1:", server->port()), grpc::InsecureChannelCredentials()));
  ::testing::internal::CaptureStderr();
  for (CaseService::Stub* stub : {stub_.get(), far.get()}) {
    grpc::ClientContext context;
    context.AddMetadata(kAuthorizationKey, "Bearer manager");
    context.AddMetadata(kAddressKey, "192.0.2.7");
    cases::v1::GetCaseResponse response;
    stub->GetCase(&context, {}, &response);
  }
  const std::string log = ::testing::internal::GetCapturedStderr();
  EXPECT_NE(log.find(R"("account":"manager","address":"192.0.2.7")"), std::string::npos) << log;
  EXPECT_NE(log.find(R"("account":"manager","address":"127.0.0.1")"), std::string::npos) << log;
}

TEST_F(DispatcherTest, StreamsArriveInOrderAndEnd) {
  grpc::ClientContext context;
  context.AddMetadata(kAuthorizationKey, "Bearer agent");
  cases::v1::WatchQueueRequest request;
  request.set_team_id("short");
  request.set_page_size(100);
  auto reader = stub_->WatchQueue(&context, request);
  cases::v1::WatchQueueResponse message;
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(reader->Read(&message));
    EXPECT_EQ(message.removed(0), i);
  }
  EXPECT_FALSE(reader->Read(&message));
  EXPECT_TRUE(reader->Finish().ok());
  handlers_.over_.WaitForNotification();
}

TEST_F(DispatcherTest, AStreamIsOverWhenTheClientGoesAway) {
  grpc::ClientContext context;
  context.AddMetadata(kAuthorizationKey, "Bearer agent");
  cases::v1::WatchQueueRequest request;
  request.set_page_size(1);
  auto reader = stub_->WatchQueue(&context, request);
  cases::v1::WatchQueueResponse message;
  ASSERT_TRUE(reader->Read(&message));
  context.TryCancel();
  handlers_.over_.WaitForNotification();
}

TEST_F(DispatcherTest, AReceiverThatIsTooFarBehindIsCutOff) {
  grpc::ClientContext context;
  context.AddMetadata(kAuthorizationKey, "Bearer agent");
  cases::v1::WatchQueueRequest request;
  request.set_page_size(1'000'000);
  auto reader = stub_->WatchQueue(&context, request);
  handlers_.over_.WaitForNotificationWithTimeout(absl::Milliseconds(200));
  cases::v1::WatchQueueResponse message;
  while (reader->Read(&message)) {
  }
  EXPECT_EQ(ReasonOf(FromGrpc(reader->Finish())), "too_slow");
}

// (B1) One account has its share of streams; who has none left is told, and others are served.
TEST_F(DispatcherTest, AnAccountHasItsShareOfStreams) {
  Dispatcher few(tokens_, pool_, {.streams_per_account = 2});
  Handlers handlers(few);
  auto server = *Server::Start({}, {&handlers});
  auto stub = CaseService::NewStub(server->InProcess());
  cases::v1::WatchQueueRequest request;
  request.set_team_id("many");
  request.set_page_size(1);
  cases::v1::WatchQueueResponse message;
  const auto open = [&](grpc::ClientContext& context, const char* token) {
    context.AddMetadata(kAuthorizationKey, absl::StrCat("Bearer ", token));
    auto reader = stub->WatchQueue(&context, request);
    return std::pair(reader->Read(&message), std::move(reader));
  };
  grpc::ClientContext first, second, third, other, again;
  auto one = open(first, "agent");
  auto two = open(second, "agent");
  EXPECT_TRUE(one.first && two.first);
  auto refused = open(third, "agent");
  EXPECT_FALSE(refused.first);
  const absl::Status status = FromGrpc(refused.second->Finish());
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(status), "too_many_streams");
  EXPECT_EQ(DetailsOf(status)[0].facts.at("limit"), "2");
  EXPECT_TRUE(open(other, "another agent").first);

  first.TryCancel();
  bool taken = false;
  for (const absl::Time until = absl::Now() + absl::Seconds(20); !taken && absl::Now() < until;) {
    grpc::ClientContext context;
    taken = open(context, "agent").first;
    context.TryCancel();
  }
  EXPECT_TRUE(taken) << "a stream that has ended gives its place back";
  second.TryCancel();
  other.TryCancel();
}

}  // namespace
}  // namespace wissel::rpc
