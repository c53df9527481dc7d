#include "libs/rpc/interceptors/identity.h"

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "libs/rpc/call.h"

namespace wissel::rpc {
namespace {

std::string Value(const grpc::CallbackServerContext& context, const char* key) {
  const auto& metadata = context.client_metadata();
  const auto found = metadata.find(key);
  if (found == metadata.end()) return "";
  return std::string(found->second.data(), found->second.size());
}

// gRPC writes `ipv4:192.0.2.1:5000` and `ipv6:%5B2001:db8::1%5D:5000`; anything else is a peer
// without a network address.
std::string AddressOf(const grpc::CallbackServerContext& context) {
  const std::string peer = context.peer();
  absl::string_view address = peer;
  if (!absl::ConsumePrefix(&address, "ipv4:") && !absl::ConsumePrefix(&address, "ipv6:")) {
    return Value(context, kAddressKey);
  }
  address = address.substr(0, address.rfind(':'));
  if (absl::ConsumePrefix(&address, "%5B")) absl::ConsumeSuffix(&address, "%5D");
  return std::string(address);
}

}  // namespace

Claim ClaimOf(const grpc::CallbackServerContext& context) {
  Claim claim;
  std::string authorization = Value(context, kAuthorizationKey);
  if (absl::StartsWithIgnoreCase(authorization, "bearer ")) {
    claim.token = std::string(absl::StripAsciiWhitespace(authorization.substr(7)));
  }
  claim.tenant_id = Value(context, kTenantKey);
  claim.address = AddressOf(context);
  claim.follows = Value(context, kFollowsKey);
  return claim;
}

}  // namespace wissel::rpc
