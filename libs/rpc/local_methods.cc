#include "libs/rpc/local_methods.h"

#include "absl/time/clock.h"
#include "libs/rpc/interceptors/record.h"

namespace wissel::rpc {

bool LocalMethods::Takes(const Call& call, const Message& request) const {
  const auto found = methods_.find(request.GetDescriptor());
  return found != methods_.end() && found->second.ready(call);
}

void LocalMethods::Run(const Call& call, const Message& request, Message* response, Done done) {
  const LocalMethod& local = methods_.at(request.GetDescriptor());
  const Method& method = *local.method;
  Done recorded = [&method, began = absl::Now(), who = call.principal,
                   done = std::move(done)](absl::Status status) mutable {
    RecordCall({method, who.get(), /*address=*/"", status, absl::Now() - began, /*follows=*/true});
    done(std::move(status));
  };
  if (absl::Status status = CheckPermission(method.permission, call.principal.get());
      !status.ok()) {
    return recorded(std::move(status));
  }
  local.handler(call, request, response, std::move(recorded));
}

}  // namespace wissel::rpc
