#include "libs/rpc/callback_threads.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>

#include <memory>

#include "absl/synchronization/notification.h"
#include "gtest/gtest.h"

namespace wissel::rpc {
namespace {

// A call that holds the last way to its channel.
struct LastCall {
  grpc::GenericStub stub{
      grpc::CreateChannel("unix:/nobody/is/here", grpc::InsecureChannelCredentials())};
  grpc::ClientContext context;
  const grpc::Slice nothing;
  grpc::ByteBuffer request{&nothing, 1};
  grpc::ByteBuffer response;
};

TEST(CallbackThreads, SurviveTheLastChannelGoingOnOneOfThem) {
  KeepCallbackThreads();
  for (int i = 0; i < 50; ++i) {
    absl::Notification gone;
    auto* call = new LastCall;
    call->stub.UnaryCall(&call->context, "/a.B/C", {}, &call->request, &call->response,
                         [call, &gone](const grpc::Status&) {
                           delete call;
                           gone.Notify();
                         });
    gone.WaitForNotification();
  }
}

}  // namespace
}  // namespace wissel::rpc
