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

}  // namespace

Claim ClaimOf(const grpc::CallbackServerContext& context) {
  Claim claim;
  std::string authorization = Value(context, kAuthorizationKey);
  if (absl::StartsWithIgnoreCase(authorization, "bearer ")) {
    claim.token = std::string(absl::StripAsciiWhitespace(authorization.substr(7)));
  }
  claim.tenant_id = Value(context, kTenantKey);
  claim.follows = Value(context, kFollowsKey);
  return claim;
}

}  // namespace wissel::rpc
