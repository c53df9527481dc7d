#include "libs/rpc/status.h"

#include <string>

#include "libs/base/status.h"
#include "wissel/errors/v1/errors.pb.h"

namespace wissel::rpc {

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const bool hidden =
      status.code() == absl::StatusCode::kInternal || status.code() == absl::StatusCode::kUnknown;
  const std::string message = hidden ? "something went wrong inside Wissel; the log tells what"
                                     : std::string(status.message());
  errors::v1::StatusDetails wire;
  wire.set_code(static_cast<int>(status.code()));
  wire.set_message(message);
  for (const ErrorDetail& detail : DetailsOf(status)) {
    errors::v1::ErrorDetail packed;
    packed.set_reason(detail.reason);
    packed.set_field(detail.field);
    packed.mutable_facts()->insert(detail.facts.begin(), detail.facts.end());
    wire.add_details()->PackFrom(packed);
  }
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()), message,
                      wire.SerializeAsString());
}

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status result(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  errors::v1::StatusDetails wire;
  if (wire.ParseFromString(status.error_details())) {
    for (const auto& any : wire.details()) {
      errors::v1::ErrorDetail detail;
      if (!any.UnpackTo(&detail)) continue;
      AddDetail(result,
                {detail.reason(), detail.field(), {detail.facts().begin(), detail.facts().end()}});
    }
  }
  return result;
}

}  // namespace wissel::rpc
