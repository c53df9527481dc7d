// Calls on their way through: a request from the edge, answered by a service over gRPC. No thread
// waits for them, and when the client leaves they are cancelled.

#ifndef WISSEL_SERVICES_GATEWAY_CALL_H_
#define WISSEL_SERVICES_GATEWAY_CALL_H_

#include <grpcpp/channel.h>

#include <memory>
#include <string>

#include "absl/time/time.h"
#include "libs/http/responder.h"
#include "services/gateway/codec.h"
#include "services/gateway/routes.h"
#include "services/gateway/site.h"

namespace wissel::gateway {

// Everything a call needs; a plain value that keeps alive what it points to, because a call that
// is being cancelled may outlive the gateway by a moment.
struct CallPlan {
  std::shared_ptr<const Route> route;
  std::shared_ptr<const Site> site;
  std::shared_ptr<grpc::Channel> channel;
  Encoding encoding = Encoding::kJson;
  // The session token goes into a cookie and not into the body.
  bool is_browser = false;
  // Forwarded as `authorization: Bearer`; empty: none.
  std::string token;
  // Network address of the client, for the log of the service.
  std::string address;
  absl::Time deadline = absl::InfiniteFuture();
  // In gRPC's form.
  std::string request;
};

// Both return at once. The answer follows Connect: the response or error of the service, with the
// HTTP status of its code; for a stream always 200, with a last frame that tells how it ended.
void StartUnary(CallPlan plan, http::Responder responder);
void StartStream(CallPlan plan, http::Responder responder);

// Content types of answers.
absl::string_view UnaryType(Encoding encoding);
absl::string_view StreamType(Encoding encoding);

}  // namespace wissel::gateway

#endif  // WISSEL_SERVICES_GATEWAY_CALL_H_
