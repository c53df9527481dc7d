// One method of another service, called without waiting.
//
//   rpc::RpcMethod<routing::v1::DecideRequest, routing::v1::DecideResponse> decide(channels);
//   decide(call, request, &response, [](absl::Status status) { ... });

#ifndef WISSEL_LIBS_RPC_RPC_METHOD_H_
#define WISSEL_LIBS_RPC_RPC_METHOD_H_

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/impl/codegen/proto_utils.h>

#include <memory>
#include <utility>

#include "absl/base/call_once.h"
#include "libs/rpc/call.h"
#include "libs/rpc/channel_registry.h"
#include "libs/rpc/local_methods.h"
#include "libs/rpc/method_table.h"
#include "libs/rpc/status.h"

namespace wissel::rpc {

// Thread-safe. The registry outlives it. Wiring may make it before any server has started.
template <typename Request, typename Response>
class RpcMethod {
 public:
  explicit RpcMethod(ChannelRegistry& channels) : channels_(channels) {}

  // Calls on behalf of the principal of `call`, within its deadline: by the local method if there
  // is one that takes it, else by gRPC. `request` and `response` live until `done` has run: once,
  // on a thread of the peer or of gRPC, or before this returns.
  void operator()(const Call& call, const Request& request, Response* response, Done done) {
    LocalMethods& local_methods = channels_.local_methods();
    if (local_methods.Takes(call, request)) {
      return local_methods.Run(call, request, response, std::move(done));
    }
    absl::call_once(once_, [this] {
      stub_ = std::make_unique<Stub>(
          channels_.For(ChannelRegistry::ShortName(method_.descriptor->service()->full_name())));
    });
    auto under_way = std::make_shared<UnderWay>();
    under_way->done = std::move(done);
    Continue(call, &under_way->context);
    grpc::ClientContext* context = &under_way->context;
    stub_->UnaryCall(context, method_.path, {}, &request, response,
                     [under_way = std::move(under_way)](const grpc::Status& status) {
                       under_way->done(FromGrpc(status));
                     });
  }

 private:
  using Stub = grpc::TemplatedGenericStub<Request, Response>;

  // Alive until its callback has run.
  struct UnderWay {
    Done done;
    grpc::ClientContext context;
  };

  ChannelRegistry& channels_;
  const Method& method_ = MethodTable::Get().ByRequest(Request::descriptor());
  absl::once_flag once_;
  std::unique_ptr<Stub> stub_;
};

}  // namespace wissel::rpc

#endif  // WISSEL_LIBS_RPC_RPC_METHOD_H_
