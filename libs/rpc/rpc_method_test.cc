// A method called through gRPC and as a local method, with a real server in this process.

#include "libs/rpc/rpc_method.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "libs/rpc/interceptors/identity.h"
#include "libs/rpc/server.h"
#include "wissel/cases/v1/cases.grpc.pb.h"

namespace wissel::rpc {
namespace {

using cases::v1::CaseService;
using cases::v1::GetCaseRequest;
using cases::v1::GetCaseResponse;

// Answers with what it was asked with; waits for ever when asked for case 99.
class Echo final : public CaseService::CallbackService {
 public:
  grpc::ServerUnaryReactor* GetCase(grpc::CallbackServerContext* context,
                                    const GetCaseRequest* request,
                                    GetCaseResponse* response) override {
    if (request->reference() == 99) return new UntilCancelled;
    const Claim claim = ClaimOf(*context);
    cases::v1::CaseSummary& summary = *response->mutable_case_()->mutable_summary();
    summary.set_customer_name(claim.token + " of " + claim.tenant_id);
    summary.set_claimed_by_name(claim.follows);
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(ToGrpc(request->reference() == 0
                               ? Error(absl::StatusCode::kNotFound, "no_such_case", "no case")
                               : absl::OkStatus()));
    return reactor;
  }

 private:
  class UntilCancelled final : public grpc::ServerUnaryReactor {
    void OnCancel() override { Finish(grpc::Status::CANCELLED); }
    void OnDone() override { delete this; }
  };
};

Call CallOf(options::v1::Role role) {
  auto principal = std::make_shared<Principal>();
  principal->tenant_id = "GM0001";
  principal->roles = {role};
  return {.principal = std::move(principal),
          .token = "token",
          .deadline = absl::Now() + absl::Seconds(20),
          .service_token = "wissel"};
}

class RpcMethodTest : public ::testing::Test {
 protected:
  void OfferShortcut(bool ready) {
    channels_.local_methods().Offer<GetCaseRequest, GetCaseResponse>(
        [ready](const Call&) { return ready; },
        [](const Call& call, const GetCaseRequest& request, GetCaseResponse* response, Done done) {
          response->mutable_case_()->mutable_summary()->set_customer_name("straight to " +
                                                                          call.tenant_id());
          done(request.reference() == 0 ? absl::InternalError("kept") : absl::OkStatus());
        });
  }

  absl::Status Get(int64_t reference, const Call& call = CallOf(options::v1::ROLE_KCC_AGENT)) {
    GetCaseRequest request;
    request.set_reference(reference);
    response_.Clear();
    absl::Notification ended;
    absl::Status result;
    get_(call, request, &response_, [&](absl::Status status) {
      result = std::move(status);
      ended.Notify();
    });
    ended.WaitForNotification();
    return result;
  }
  const cases::v1::CaseSummary& summary() const { return response_.case_().summary(); }

  Echo echo_;
  std::unique_ptr<Server> server_ = *Server::Start({}, {&echo_});
  ChannelRegistry channels_;
  RpcMethod<GetCaseRequest, GetCaseResponse> get_{channels_};
  GetCaseResponse response_;
};

TEST_F(RpcMethodTest, GoesByGrpcOnBehalfOfTheCaller) {
  channels_.SetInProcess(server_->InProcess());
  ASSERT_TRUE(Get(1).ok());
  EXPECT_EQ(summary().customer_name(), "token of GM0001");
  EXPECT_EQ(summary().claimed_by_name(), "wissel");
  EXPECT_EQ(ReasonOf(Get(0)), "no_such_case");
}

TEST_F(RpcMethodTest, KeepsTheDeadline) {
  channels_.SetInProcess(server_->InProcess());
  Call call = CallOf(options::v1::ROLE_KCC_AGENT);
  call.deadline = absl::Now() + absl::Milliseconds(50);
  EXPECT_EQ(Get(99, call).code(), absl::StatusCode::kDeadlineExceeded);
}

TEST_F(RpcMethodTest, WithoutAPeerItIsUnavailable) {
  channels_.SetInProcess(nullptr);
  EXPECT_TRUE(absl::IsUnavailable(Get(1)));
}

TEST_F(RpcMethodTest, TakesTheShortcut) {
  OfferShortcut(/*ready=*/true);
  channels_.SetInProcess(nullptr);
  ASSERT_TRUE(Get(1).ok());
  EXPECT_EQ(summary().customer_name(), "straight to GM0001");
  EXPECT_EQ(Get(0), absl::InternalError("kept"));
}

TEST_F(RpcMethodTest, TheShortcutAsksForTheSamePermission) {
  OfferShortcut(/*ready=*/true);
  channels_.SetInProcess(nullptr);
  EXPECT_EQ(ReasonOf(Get(1, CallOf(options::v1::ROLE_FUNCTIONAL_ADMIN))), "not_permitted");
  EXPECT_EQ(ReasonOf(Get(1, {.deadline = absl::InfiniteFuture()})), "not_signed_in");
}

TEST_F(RpcMethodTest, LeavesToGrpcWhatTheShortcutCannotTakeNow) {
  OfferShortcut(/*ready=*/false);
  channels_.SetInProcess(server_->InProcess());
  ASSERT_TRUE(Get(1).ok());
  EXPECT_EQ(summary().customer_name(), "token of GM0001");
}

}  // namespace
}  // namespace wissel::rpc
