#include "tests/support/connect_error.h"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "libs/base/status.h"
#include "wissel/errors/v1/errors.pb.h"

namespace wissel::testing {
namespace {

absl::StatusCode CodeNamed(const std::string& name) {
  for (int code = 1; code <= 16; ++code) {
    std::string candidate = absl::StatusCodeToString(static_cast<absl::StatusCode>(code));
    absl::AsciiStrToLower(&candidate);
    // Connect writes "canceled" with one l.
    if (candidate == name || (name == "canceled" && code == 1)) {
      return static_cast<absl::StatusCode>(code);
    }
  }
  return absl::StatusCode::kUnknown;
}

}  // namespace

std::optional<absl::Status> StatusOfConnect(const std::string& json) {
  google::protobuf::Struct error;
  if (!google::protobuf::util::JsonStringToMessage(json, &error).ok() ||
      error.fields().count("code") == 0) {
    return std::nullopt;
  }
  absl::Status status(
      CodeNamed(error.fields().at("code").string_value()),
      error.fields().count("message") > 0 ? error.fields().at("message").string_value() : "");
  if (error.fields().count("details") == 0) return status;
  for (const auto& detail : error.fields().at("details").list_value().values()) {
    std::string bytes;
    absl::Base64Unescape(detail.struct_value().fields().at("value").string_value(), &bytes);
    errors::v1::ErrorDetail parsed;
    if (parsed.ParseFromString(bytes)) {
      AddDetail(status,
                {parsed.reason(), parsed.field(), {parsed.facts().begin(), parsed.facts().end()}});
    }
  }
  return status;
}

}  // namespace wissel::testing
