#include "libs/rpc/call.h"

#include <algorithm>

namespace wissel::rpc {

void Continue(const Call& call, grpc::ClientContext* context) {
  if (!call.token.empty()) context->AddMetadata(kAuthorizationKey, "Bearer " + call.token);
  if (call.principal != nullptr) {
    context->AddMetadata(kTenantKey, call.principal->tenant_id);
    if (!call.service_token.empty()) context->AddMetadata(kFollowsKey, call.service_token);
  }
  if (call.deadline != absl::InfiniteFuture()) {
    context->set_deadline(absl::ToChronoTime(call.deadline));
  }
}

Call ServiceCall(std::string token, std::string tenant_id, absl::Time deadline) {
  auto principal = std::make_shared<Principal>();
  principal->tenant_id = std::move(tenant_id);
  principal->account_id = "wissel";
  principal->display_name = "Wissel";
  principal->roles = {options::v1::ROLE_SERVICE};
  return {.principal = std::move(principal),
          .token = token,
          .deadline = deadline,
          .service_token = token};
}

}  // namespace wissel::rpc
