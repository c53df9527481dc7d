#include "services/gateway/routes.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libs/rpc/channel_registry.h"

namespace wissel::gateway {
namespace {

// Only other parts of Wissel have a use for it, whoever they work for.
bool IsInternal(const rpc::Method& method) {
  if (method.internal) return true;
  const options::v1::Permission& permission = method.permission;
  return !permission.public_() &&
         std::all_of(permission.roles().begin(), permission.roles().end(),
                     [](int role) { return role == options::v1::ROLE_SERVICE; });
}

const google::protobuf::FieldDescriptor* TokenField(const google::protobuf::Descriptor& type) {
  for (int i = 0; i < type.field_count(); ++i) {
    if (type.field(i)->options().GetExtension(options::v1::session_token)) return type.field(i);
  }
  return nullptr;
}

}  // namespace

absl::StatusOr<Routes> Routes::Make(const rpc::MethodTable& table) {
  Routes routes;
  for (const rpc::Method& method : table.methods()) {
    if (IsInternal(method) || method.descriptor->client_streaming()) continue;
    auto route = std::make_shared<Route>();
    route->method = method.descriptor;
    route->path = method.path;
    route->service =
        std::string(rpc::ChannelRegistry::ShortName(method.descriptor->service()->full_name()));
    route->is_public = method.permission.public_();
    route->session_effect = method.descriptor->options().GetExtension(options::v1::session_effect);
    if (route->session_effect == options::v1::SESSION_EFFECT_STARTS) {
      route->token_field = TokenField(*method.descriptor->output_type());
      if (route->token_field == nullptr) {
        return absl::FailedPreconditionError(
            absl::StrCat(method.path, " starts a session without a session_token field"));
      }
    }
    routes.routes_.emplace(method.path, std::move(route));
  }
  return routes;
}

std::shared_ptr<const Route> Routes::Find(absl::string_view path) const {
  const auto found = routes_.find(path);
  return found == routes_.end() ? nullptr : found->second;
}

}  // namespace wissel::gateway
