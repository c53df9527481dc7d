#include "services/wissel/commands/print_json.h"

#include <google/protobuf/util/json_util.h>

#include <cstdio>
#include <string>

#include "absl/flags/declare.h"
#include "absl/flags/flag.h"
#include "libs/base/status.h"

ABSL_DECLARE_FLAG(std::string, format);

namespace wissel {

absl::StatusOr<bool> WantsJson() {
  const std::string format = absl::GetFlag(FLAGS_format);
  if (format == "json") return true;
  if (format == "text") return false;
  return InvalidField("format", "invalid_format", "--format is text or json");
}

absl::Status PrintJson(const google::protobuf::Message& message) {
  std::string json;
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  if (!google::protobuf::util::MessageToJsonString(message, &json, options).ok()) {
    return absl::InternalError("the answer cannot be written as JSON");
  }
  std::fputs(json.c_str(), stdout);
  return absl::OkStatus();
}

}  // namespace wissel
