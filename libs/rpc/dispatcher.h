// What every call goes through before a handler sees it, in one place: deadline, identity,
// permission, metrics, log. A handler is then a function on plain messages:
//
//   grpc::ServerUnaryReactor* GetCase(grpc::CallbackServerContext* context,
//                                     const v1::GetCaseRequest* request,
//                                     v1::GetCaseResponse* response) override {
//     return dispatcher_.Blocking(context, request, response,
//                                 [this](const rpc::Call& call, const auto& in, auto* out) {
//                                   return Get(call, in, out);
//                                 });
//   }

#ifndef WISSEL_LIBS_RPC_DISPATCHER_H_
#define WISSEL_LIBS_RPC_DISPATCHER_H_

#include <google/protobuf/message.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <memory>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "libs/rpc/call.h"
#include "libs/rpc/method_table.h"
#include "libs/rpc/principal.h"
#include "libs/rpc/server_stream.h"
#include "libs/rpc/worker_pool.h"

namespace wissel::rpc {

// One a process. Thread-safe. `authenticator` and `pool` outlive it, and it outlives every server
// that uses it.
class Dispatcher {
 public:
  using Done = rpc::Done;

  Dispatcher(Authenticator& authenticator, WorkerPool& pool)
      : authenticator_(authenticator), pool_(pool) {}

  // `handler(const Call&, const Request&, Response*) -> absl::Status` on the worker pool; may wait.
  // Without room there: RESOURCE_EXHAUSTED `overloaded`.
  template <typename Request, typename Response, typename Handler>
  grpc::ServerUnaryReactor* Blocking(grpc::CallbackServerContext* context, const Request* request,
                                     Response* response, Handler handler) {
    return Unary(
        context, *request, true,
        [handler = std::move(handler), request, response](const Call& call, Done done) mutable {
          done(handler(call, *request, response));
        });
  }

  // `handler(Call, const Request&, Response*, Done)` on gRPC's thread; must not wait.
  template <typename Request, typename Response, typename Handler>
  grpc::ServerUnaryReactor* Async(grpc::CallbackServerContext* context, const Request* request,
                                  Response* response, Handler handler) {
    return Unary(
        context, *request, false,
        [handler = std::move(handler), request, response](const Call& call, Done done) mutable {
          handler(call, *request, response, std::move(done));
        });
  }

  // `handler(const Call&, const Request&, std::shared_ptr<ServerStream<Response>>)` on the worker
  // pool; it returns at once or later, the stream lives on until somebody ends it. It has a request
  // of its own: a client that goes away ends the call, and what belongs to it, at any moment.
  template <typename Response, typename Request, typename Handler>
  grpc::ServerWriteReactor<Response>* Stream(grpc::CallbackServerContext* context,
                                             const Request* request, Handler handler) {
    auto stream = ServerStream<Response>::Make();
    Begin(
        context, *request, true,
        [handler = std::move(handler), own = *request, stream](const Call& call, Done) mutable {
          handler(call, std::as_const(own), stream);
        },
        [stream](absl::Status status) { stream->End(status); });
    return stream.get();
  }

 private:
  using Run = absl::AnyInvocable<void(const Call&, Done)>;

  grpc::ServerUnaryReactor* Unary(grpc::CallbackServerContext* context,
                                  const google::protobuf::Message& request, bool on_pool, Run run);

  // Checks the call and runs it; a call that is refused ends through `refuse`, any other through
  // the Done that `run` gets, which is `refuse` with metrics and log.
  void Begin(grpc::CallbackServerContext* context, const google::protobuf::Message& request,
             bool on_pool, Run run, Done refuse);

  Authenticator& authenticator_;
  WorkerPool& pool_;
};

}  // namespace wissel::rpc

#endif  // WISSEL_LIBS_RPC_DISPATCHER_H_
