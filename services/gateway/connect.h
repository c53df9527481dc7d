// The Connect protocol over HTTP/1.1: POST /<package>.<Service>/<Method>, unary and server
// streaming, JSON and binary. https://connectrpc.com/docs/protocol

#ifndef WISSEL_SERVICES_GATEWAY_CONNECT_H_
#define WISSEL_SERVICES_GATEWAY_CONNECT_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/http/address.h"
#include "libs/http/message.h"
#include "libs/http/responder.h"
#include "libs/rpc/channel_registry.h"
#include "services/gateway/call.h"
#include "services/gateway/rate_limiter.h"
#include "services/gateway/routes.h"
#include "services/gateway/site.h"

namespace wissel::gateway {

// Unary calls without `Connect-Timeout-Ms` get the first; none may ask for more than the second.
// Streams last until an end goes away, unless the client sets a limit.
inline constexpr absl::Duration kDefaultTimeout = absl::Seconds(10);
inline constexpr absl::Duration kMaxUnaryTimeout = absl::Seconds(60);

// Turns requests into calls. Thread-safe; never blocks once the server of the process has started.
class Connect {
 public:
  // `channels` and `limiter` outlive it.
  Connect(std::shared_ptr<const Site> site, Routes routes, RateLimiter& limiter,
          rpc::ChannelRegistry& channels);

  // Whether a path is meant for a method, existing or not.
  static bool IsMethodPath(absl::string_view path);

  // Answers `request` of `client`, now or later. Public methods count by that address.
  //
  // Refused before a call is made: 403 `wrong_origin`, 405 for anything but POST, 404
  // `unimplemented` for a method that does not exist or is kept inside, 415 for another content
  // type. Refused as Connect errors: `invalid_timeout`, `unknown_encoding`,
  // `unknown_protocol_version`, `invalid_token`, `too_many_requests` (with Retry-After), and those
  // of DecodeRequest and OnlyMessage.
  void Handle(const http::Request& request, const http::Address& client, http::Responder responder);

 private:
  // All that can go wrong before the call is made.
  absl::StatusOr<CallPlan> Plan(std::shared_ptr<const Route> route, Encoding encoding,
                                const http::Request& request, const http::Address& client);

  const std::shared_ptr<const Site> site_;
  const Routes routes_;
  RateLimiter& limiter_;
  rpc::ChannelRegistry& channels_;
};

}  // namespace wissel::gateway

#endif  // WISSEL_SERVICES_GATEWAY_CONNECT_H_
