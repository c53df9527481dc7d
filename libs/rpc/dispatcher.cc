#include "libs/rpc/dispatcher.h"

#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "libs/rpc/interceptors/identity.h"
#include "libs/rpc/interceptors/record.h"
#include "libs/rpc/interceptors/values.h"
#include "libs/rpc/status.h"

namespace wissel::rpc {
namespace {

absl::Time DeadlineOf(const grpc::CallbackServerContext& context, const Method& method) {
  const absl::Time asked = absl::FromChrono(context.deadline());
  if (method.descriptor->server_streaming()) return asked;
  return std::min(asked, absl::Now() + kDefaultTimeout);
}

// Whether a method that only parts of Wissel may call is called by one: of its own accord, or
// because of another call, which it has proven.
absl::Status CheckInternal(const Method& method, const Principal* principal, bool follows) {
  if (!method.internal || follows) return absl::OkStatus();
  if (principal != nullptr && principal->Has(options::v1::ROLE_SERVICE)) return absl::OkStatus();
  return Error(absl::StatusCode::kPermissionDenied, "not_permitted",
               "only other parts of Wissel call this");
}

absl::Status Overloaded() {
  return Error(absl::StatusCode::kResourceExhausted, "overloaded",
               "too much work is waiting; try again in a moment", "", {{"retry_after_ms", "500"}});
}

}  // namespace

grpc::ServerUnaryReactor* Dispatcher::Unary(grpc::CallbackServerContext* context,
                                            const google::protobuf::Message& request, bool on_pool,
                                            Run run) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  Begin(context, request, on_pool, std::move(run),
        [reactor](absl::Status status) { reactor->Finish(ToGrpc(status)); });
  return reactor;
}

absl::Status Dispatcher::Check(const Method& method, const Principal* principal, bool follows,
                               const absl::Status& values) const {
  WISSEL_RETURN_IF_ERROR(CheckPermission(method.permission, principal));
  WISSEL_RETURN_IF_ERROR(CheckInternal(method, principal, follows));
  WISSEL_RETURN_IF_ERROR(values);
  return options_.takes ? options_.takes(method) : absl::OkStatus();
}

void Dispatcher::Begin(grpc::CallbackServerContext* context,
                       const google::protobuf::Message& request, bool on_pool, Run run,
                       Done refuse) {
  const Method& method = MethodTable::Get().ByRequest(request.GetDescriptor());
  Claim claim = ClaimOf(*context);
  const absl::Time deadline = DeadlineOf(*context, method);

  // The request of a stream may be gone by the time that it is known who calls.
  auto start = [this, &method, deadline, on_pool, token = claim.token,
                follows = authenticator_.IsServiceToken(claim.follows),
                address = std::move(claim.address), values = CheckValues(request),
                run = std::move(run), refuse = std::move(refuse), began = absl::Now()](
                   absl::StatusOr<std::shared_ptr<const Principal>> principal) mutable {
    Call call = {.token = std::move(token),
                 .deadline = deadline,
                 .service_token = authenticator_.ServiceToken()};
    if (principal.ok()) call.principal = *std::move(principal);
    Done done = [&method, began, follows, who = call.principal, address = std::move(address),
                 refuse = std::move(refuse)](absl::Status status) mutable {
      RecordCall({method, who.get(), address, status, absl::Now() - began, follows});
      refuse(std::move(status));
    };
    if (!principal.ok() && !method.permission.public_()) return done(principal.status());
    if (absl::Status status = Check(method, call.principal.get(), follows, values); !status.ok()) {
      return done(std::move(status));
    }
    if (!on_pool) return run(call, std::move(done));

    // The pool takes the work or leaves it; `done` must survive the second case.
    auto shared = std::make_shared<std::pair<Run, Done>>(std::move(run), std::move(done));
    const bool taken = pool_.Submit(method.effect, [shared, call = std::move(call)] {
      if (call.deadline < absl::Now()) {
        return shared->second(
            absl::DeadlineExceededError("no time left when the call's turn came"));
      }
      shared->first(call, std::move(shared->second));
    });
    if (!taken) shared->second(Overloaded());
  };

  if (claim.token.empty()) {
    start(std::shared_ptr<const Principal>());
  } else {
    authenticator_.Authenticate(claim.token, claim.tenant_id, std::move(start));
  }
}

}  // namespace wissel::rpc
