// A real server in this process: what a call goes through before a handler sees it.

#include "libs/rpc/dispatcher.h"

#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "libs/rpc/server.h"
#include "libs/rpc/status.h"
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
    if (token == "agent") {
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

  grpc::ServerWriteReactor<cases::v1::WatchQueueResponse>* WatchQueue(
      grpc::CallbackServerContext* context, const cases::v1::WatchQueueRequest* request) override {
    return dispatcher_.Stream<cases::v1::WatchQueueResponse>(
        context, request, [this](const Call&, const auto& in, auto stream) {
          stream->OnOver([this] { over_.Notify(); });
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

}  // namespace
}  // namespace wissel::rpc
