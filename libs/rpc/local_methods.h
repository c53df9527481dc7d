// Methods that services of one process call without gRPC in between: an in-process gRPC call costs
// more processor time than all that a contact needs of the router.

#ifndef WISSEL_LIBS_RPC_LOCAL_METHODS_H_
#define WISSEL_LIBS_RPC_LOCAL_METHODS_H_

#include <google/protobuf/message.h>

#include <functional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "libs/rpc/call.h"
#include "libs/rpc/method_table.h"

namespace wissel::rpc {

// Filled while a process is wired, before its server starts; thread-safe from then on. Callers use
// RpcMethod, which goes by gRPC where there is no local method.
class LocalMethods {
 public:
  // Offers the method of `Request`. `ready(const Call&) -> bool` says whether a call can be taken
  // now; nothing but the handler guards its deadline, so one that may have to wait for long is
  // better left to gRPC. `handler(const Call&, const Request&, Response*, Done)` must not wait.
  // What they use lives as long as the service.
  template <typename Request, typename Response, typename Ready, typename Handler>
  void Offer(Ready ready, Handler handler) {
    methods_[Request::descriptor()] = {
        .method = &MethodTable::Get().ByRequest(Request::descriptor()),
        .ready = std::move(ready),
        .handler = [handler = std::move(handler)](const Call& call, const Message& request,
                                                  Message* response, Done done) {
          handler(call, static_cast<const Request&>(request), static_cast<Response*>(response),
                  std::move(done));
        }};
  }

  // Whether this process takes this call of the method of `request` without gRPC.
  bool Takes(const Call& call, const google::protobuf::Message& request) const;

  // Makes a call that it takes. Permission, metrics and log as for any call; who calls is known.
  void Run(const Call& call, const google::protobuf::Message& request,
           google::protobuf::Message* response, Done done);

 private:
  using Message = google::protobuf::Message;

  struct LocalMethod {
    const Method* method = nullptr;
    // Called from many threads at once.
    std::function<bool(const Call&)> ready;
    std::function<void(const Call&, const Message&, Message*, Done)> handler;
  };

  absl::flat_hash_map<const google::protobuf::Descriptor*, LocalMethod> methods_;
};

}  // namespace wissel::rpc

#endif  // WISSEL_LIBS_RPC_LOCAL_METHODS_H_
