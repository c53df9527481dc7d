#include "libs/rpc/callback_threads.h"

#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>

namespace wissel::rpc {
namespace {

// A call on a channel to nowhere. It is cancelled before it starts, so nothing is ever sent; what
// counts is that the channel is never released.
struct KeptCall {
  KeptCall() : stub(grpc::CreateChannel("unix:/dev/null", grpc::InsecureChannelCredentials())) {
    context.TryCancel();
    stub.UnaryCall(&context, "/wissel.Nothing/Nothing", {}, &request, &response,
                   [](const grpc::Status&) {});
  }

  grpc::GenericStub stub;
  grpc::ClientContext context;
  const grpc::Slice nothing;
  grpc::ByteBuffer request{&nothing, 1};
  grpc::ByteBuffer response;
};

}  // namespace

void KeepCallbackThreads() { [[maybe_unused]] static const auto* const kept = new KeptCall; }

}  // namespace wissel::rpc
