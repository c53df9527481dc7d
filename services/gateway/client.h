// Who is at the other end of a request, through any proxies that are trusted.

#ifndef WISSEL_SERVICES_GATEWAY_CLIENT_H_
#define WISSEL_SERVICES_GATEWAY_CLIENT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/http/address.h"
#include "libs/http/message.h"

namespace wissel::gateway {

// The proxies whose word counts. Immutable; thread-safe.
class Proxies {
 public:
  // INVALID_ARGUMENT `invalid_address` for a text that is no address.
  static absl::StatusOr<Proxies> Make(const std::vector<std::string>& addresses);

  bool Trusts(const http::Address& address) const;

  // Address of the client of `request`. From a peer that is no trusted proxy: the peer. From a
  // proxy: the last address in X-Forwarded-For that is no trusted proxy itself, which is the one
  // that the first of our proxies saw; what stands before it the client may have written. What is
  // no address ends the search: then it is the last proxy that was named. Other headers (Forwarded,
  // X-Real-IP, Via) say nothing here, because a proxy that sets one of them need not remove the
  // ones that a client sent.
  http::Address ClientOf(const http::Request& request) const;

 private:
  std::vector<http::Address> trusted_;
};

}  // namespace wissel::gateway

#endif  // WISSEL_SERVICES_GATEWAY_CLIENT_H_
