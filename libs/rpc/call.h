// One call as a handler sees it, and how it goes on to the next service.

#ifndef WISSEL_LIBS_RPC_CALL_H_
#define WISSEL_LIBS_RPC_CALL_H_

#include <grpcpp/client_context.h>

#include <memory>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/rpc/principal.h"

namespace wissel::rpc {

// Ends a call; exactly once, from any thread.
using Done = absl::AnyInvocable<void(absl::Status)>;

// Metadata keys of every call.
inline constexpr char kAuthorizationKey[] = "authorization";
inline constexpr char kTenantKey[] = "x-wissel-tenant";
// Network address of the client, from the gateway, which alone sees it.
inline constexpr char kAddressKey[] = "x-wissel-address";
// On a nested call, which a service of Wissel makes because of another call that is logged already:
// the service token as proof. Nothing else in it counts.
inline constexpr char kFollowsKey[] = "x-wissel-follows";

// Copied freely; copies share the principal.
struct Call {
  // Null only for methods that are public.
  std::shared_ptr<const Principal> principal;
  // As it came in; empty for a public method without one.
  std::string token;
  // Set for every call; unary calls without one get kDefaultTimeout.
  absl::Time deadline = absl::InfiniteFuture();
  // By which the next service knows that a part of Wissel goes on with this call; empty: it does
  // not.
  std::string service_token = {};

  const std::string& tenant_id() const { return principal->tenant_id; }
};

// Deadline of a unary call that brought none.
inline constexpr absl::Duration kDefaultTimeout = absl::Seconds(10);

// Makes `context` a call on behalf of the same principal, within the same deadline.
void Continue(const Call& call, grpc::ClientContext* context);

// A call that a part of Wissel makes of its own accord, for one municipality.
// `token` is the installation's service token (libs/identity).
Call ServiceCall(std::string token, std::string tenant_id, absl::Time deadline);

}  // namespace wissel::rpc

#endif  // WISSEL_LIBS_RPC_CALL_H_
