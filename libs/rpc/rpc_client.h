// A stub for another service, made at the first call, for callers that wait for the answer; others
// use RpcMethod.
//
//   rpc::RpcClient<routing::v1::RouterService> router(channels, "routing");
//   const grpc::Status status = router->Decide(&context, request, &response);

#ifndef WISSEL_LIBS_RPC_RPC_CLIENT_H_
#define WISSEL_LIBS_RPC_RPC_CLIENT_H_

#include <memory>
#include <string>

#include "absl/base/call_once.h"
#include "libs/rpc/channel_registry.h"

namespace wissel::rpc {

// Thread-safe. The registry outlives it. Wiring may make it before any server has started, since
// the channel is looked up only when it is needed.
template <typename Service>
class RpcClient {
 public:
  // `name` as in ChannelRegistry::For.
  RpcClient(ChannelRegistry& channels, std::string name)
      : channels_(channels), name_(std::move(name)) {}

  typename Service::Stub* operator->() {
    absl::call_once(once_, [this] { stub_ = Service::NewStub(channels_.For(name_)); });
    return stub_.get();
  }

 private:
  ChannelRegistry& channels_;
  const std::string name_;
  absl::once_flag once_;
  std::unique_ptr<typename Service::Stub> stub_;
};

}  // namespace wissel::rpc

#endif  // WISSEL_LIBS_RPC_RPC_CLIENT_H_
