// A stub for another service, made at the first call, for callers that wait for the answer; others
// use RpcMethod.
//
//   rpc::RpcClient<routing::v1::RouterService> router(book, "routing");
//   const grpc::Status status = router->Decide(&context, request, &response);

#ifndef WISSEL_LIBS_RPC_RPC_CLIENT_H_
#define WISSEL_LIBS_RPC_RPC_CLIENT_H_

#include <memory>
#include <string>

#include "absl/base/call_once.h"
#include "libs/rpc/channel_book.h"

namespace wissel::rpc {

// Thread-safe. The book outlives it. Wiring may make it before any server has started, since the
// channel is looked up only when it is needed.
template <typename Service>
class RpcClient {
 public:
  // `name` as in ChannelBook::For.
  RpcClient(ChannelBook& book, std::string name) : book_(book), name_(std::move(name)) {}

  typename Service::Stub* operator->() {
    absl::call_once(once_, [this] { stub_ = Service::NewStub(book_.For(name_)); });
    return stub_.get();
  }

 private:
  ChannelBook& book_;
  const std::string name_;
  absl::once_flag once_;
  std::unique_ptr<typename Service::Stub> stub_;
};

}  // namespace wissel::rpc

#endif  // WISSEL_LIBS_RPC_RPC_CLIENT_H_
