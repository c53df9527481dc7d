// What every call goes through before a handler sees it, in one place: deadline, identity,
// permission, values, metrics, log. A handler is then a function on plain messages:
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

#include <functional>
#include <memory>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "libs/rpc/call.h"
#include "libs/rpc/method_table.h"
#include "libs/rpc/principal.h"
#include "libs/rpc/server_stream.h"
#include "libs/rpc/stream_places.h"
#include "libs/rpc/worker_pool.h"

namespace wissel::rpc {

// What the process decides about all calls.
struct DispatcherOptions {
  // Streams that one account may have open in this process.
  int streams_per_account = 64;
  // Asked for every call that is permitted: an error refuses it. From many threads at once; must
  // not wait. Takes every call if empty.
  std::function<absl::Status(const Method&)> takes;
};

// One a process. Thread-safe. `authenticator` and `pool` outlive it, and it outlives every server
// that uses it.
class Dispatcher {
 public:
  using Done = rpc::Done;

  Dispatcher(Authenticator& authenticator, WorkerPool& pool, DispatcherOptions options = {})
      : authenticator_(authenticator),
        pool_(pool),
        options_(std::move(options)),
        places_(options_.streams_per_account) {}

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
  // RESOURCE_EXHAUSTED `too_many_streams` when the account has as many as it may.
  template <typename Response, typename Request, typename Handler>
  grpc::ServerWriteReactor<Response>* Stream(grpc::CallbackServerContext* context,
                                             const Request* request, Handler handler) {
    auto stream = ServerStream<Response>::Make();
    Begin(
        context, *request, true,
        [this, handler = std::move(handler), own = *request, stream](const Call& call,
                                                                     Done done) mutable {
          if (call.principal != nullptr) {
            absl::StatusOr<StreamPlaces::Place> place = places_.Take(*call.principal);
            if (!place.ok()) return done(place.status());
            stream->Keep(*std::move(place));
          }
          handler(call, std::as_const(own), stream);
        },
        [stream](absl::Status status) { stream->End(status); });
    return stream.get();
  }

 private:
  using Run = absl::AnyInvocable<void(const Call&, Done)>;

  grpc::ServerUnaryReactor* Unary(grpc::CallbackServerContext* context,
                                  const google::protobuf::Message& request, bool on_pool, Run run);

  // Permission, for an internal method whether a part of Wissel calls it, then the `values` of the
  // request, then whether the process takes it now.
  absl::Status Check(const Method& method, const Principal* principal, bool follows,
                     const absl::Status& values) const;

  // Checks the call and runs it; a call that is refused ends through `refuse`, any other through
  // the Done that `run` gets, which is `refuse` with metrics and log.
  void Begin(grpc::CallbackServerContext* context, const google::protobuf::Message& request,
             bool on_pool, Run run, Done refuse);

  Authenticator& authenticator_;
  WorkerPool& pool_;
  const DispatcherOptions options_;
  StreamPlaces places_;
};

}  // namespace wissel::rpc

#endif  // WISSEL_LIBS_RPC_DISPATCHER_H_
