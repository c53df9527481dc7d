#include "libs/rpc/method_table.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/telemetry/log.h"
#include "wissel/cases/v1/cases.pb.h"
#include "wissel/directory/v1/directory.pb.h"
#include "wissel/insight/v1/insight.pb.h"
#include "wissel/intake/v1/intake.pb.h"
#include "wissel/routing/v1/routing.pb.h"
#include "wissel/routing/v1/sop.pb.h"

namespace wissel::rpc {
namespace {

absl::Status CheckOptions(const Method& method) {
  const bool has_roles = method.permission.roles_size() > 0;
  if (method.permission.public_() == has_roles) {
    return absl::FailedPreconditionError(
        absl::StrCat(method.path, " needs a permission: either public or roles"));
  }
  if (method.effect == options::v1::EFFECT_UNSPECIFIED) {
    return absl::FailedPreconditionError(absl::StrCat(method.path, " needs an effect"));
  }
  return absl::OkStatus();
}

}  // namespace

const MethodTable& MethodTable::Get() {
  static const MethodTable* table = [] {
    absl::StatusOr<MethodTable> made = Make({
        intake::v1::RegisterCallbackRequest::descriptor()->file(),
        routing::v1::DecideRequest::descriptor()->file(),
        routing::v1::CheckSopRequest::descriptor()->file(),
        cases::v1::GetCaseRequest::descriptor()->file(),
        insight::v1::GetFiguresRequest::descriptor()->file(),
        directory::v1::SignInRequest::descriptor()->file(),
    });
    if (!made.ok()) {
      telemetry::LogError("method_table_broken", {{"why", made.status().message()}});
      std::abort();
    }
    return new MethodTable(*std::move(made));
  }();
  return *table;
}

absl::StatusOr<MethodTable> MethodTable::Make(
    const std::vector<const google::protobuf::FileDescriptor*>& files) {
  MethodTable table;
  for (const auto* file : files) {
    for (int s = 0; s < file->service_count(); ++s) {
      const auto* service = file->service(s);
      for (int m = 0; m < service->method_count(); ++m) {
        const auto* descriptor = service->method(m);
        Method method = {
            .descriptor = descriptor,
            .path = absl::StrCat("/", service->full_name(), "/", descriptor->name()),
            .permission = descriptor->options().GetExtension(options::v1::permission),
            .effect = descriptor->options().GetExtension(options::v1::effect),
            .internal = descriptor->options().GetExtension(options::v1::internal),
        };
        WISSEL_RETURN_IF_ERROR(CheckOptions(method));
        if (!table.by_request_.emplace(descriptor->input_type(), table.methods_.size()).second) {
          return absl::FailedPreconditionError(
              absl::StrCat(method.path, " shares its request type with another method"));
        }
        table.methods_.push_back(std::move(method));
      }
    }
  }
  return table;
}

const Method& MethodTable::ByRequest(const google::protobuf::Descriptor* request) const {
  return methods_[by_request_.at(request)];
}

absl::Status CheckPermission(const options::v1::Permission& permission,
                             const Principal* principal) {
  if (permission.public_()) return absl::OkStatus();
  if (principal == nullptr) {
    return Error(absl::StatusCode::kUnauthenticated, "not_signed_in", "sign in first");
  }
  const auto& roles = permission.roles();
  if (std::any_of(roles.begin(), roles.end(),
                  [&](int role) { return principal->Has(static_cast<options::v1::Role>(role)); })) {
    return absl::OkStatus();
  }
  return Error(absl::StatusCode::kPermissionDenied, "not_permitted",
               "your roles do not allow this");
}

}  // namespace wissel::rpc
