#include "libs/base/status.h"

#include <cassert>

#include "absl/strings/cord.h"
#include "wissel/errors/v1/errors.pb.h"

namespace wissel {
namespace {

constexpr absl::string_view kPayload = "type.googleapis.com/wissel.errors.v1.StatusDetails";

errors::v1::StatusDetails Read(const absl::Status& status) {
  errors::v1::StatusDetails details;
  if (auto payload = status.GetPayload(kPayload)) {
    details.ParseFromString(std::string(*payload));
  }
  return details;
}

}  // namespace

absl::Status Error(absl::StatusCode code, absl::string_view reason, absl::string_view message,
                   absl::string_view field, std::map<std::string, std::string> facts) {
  assert(code != absl::StatusCode::kOk);
  absl::Status status(code, message);
  AddDetail(status, {std::string(reason), std::string(field), std::move(facts)});
  return status;
}

absl::Status InvalidField(absl::string_view field, absl::string_view reason,
                          absl::string_view message) {
  return Error(absl::StatusCode::kInvalidArgument, reason, message, field);
}

void AddDetail(absl::Status& status, const ErrorDetail& detail) {
  errors::v1::StatusDetails details = Read(status);
  errors::v1::ErrorDetail packed;
  packed.set_reason(detail.reason);
  packed.set_field(detail.field);
  packed.mutable_facts()->insert(detail.facts.begin(), detail.facts.end());
  details.add_details()->PackFrom(packed);
  status.SetPayload(kPayload, absl::Cord(details.SerializeAsString()));
}

std::vector<ErrorDetail> DetailsOf(const absl::Status& status) {
  std::vector<ErrorDetail> result;
  const errors::v1::StatusDetails details = Read(status);
  for (const auto& any : details.details()) {
    errors::v1::ErrorDetail packed;
    if (!any.UnpackTo(&packed)) continue;
    result.push_back(
        {packed.reason(), packed.field(), {packed.facts().begin(), packed.facts().end()}});
  }
  return result;
}

std::string ReasonOf(const absl::Status& status) {
  std::vector<ErrorDetail> details = DetailsOf(status);
  return details.empty() ? "" : details.front().reason;
}

}  // namespace wissel
