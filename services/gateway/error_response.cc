#include "services/gateway/error_response.h"

#include <google/protobuf/util/json_util.h>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "libs/base/status.h"
#include "libs/http/secure_response.h"
#include "wissel/errors/v1/errors.pb.h"

namespace wissel::gateway {
namespace {

struct Code {
  absl::string_view name;
  int http_status;
};

Code Lookup(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kCancelled:
      return {"canceled", 499};
    case absl::StatusCode::kInvalidArgument:
      return {"invalid_argument", 400};
    case absl::StatusCode::kDeadlineExceeded:
      return {"deadline_exceeded", 504};
    case absl::StatusCode::kNotFound:
      return {"not_found", 404};
    case absl::StatusCode::kAlreadyExists:
      return {"already_exists", 409};
    case absl::StatusCode::kPermissionDenied:
      return {"permission_denied", 403};
    case absl::StatusCode::kResourceExhausted:
      return {"resource_exhausted", 429};
    case absl::StatusCode::kFailedPrecondition:
      return {"failed_precondition", 400};
    case absl::StatusCode::kAborted:
      return {"aborted", 409};
    case absl::StatusCode::kOutOfRange:
      return {"out_of_range", 400};
    case absl::StatusCode::kUnimplemented:
      return {"unimplemented", 501};
    case absl::StatusCode::kInternal:
      return {"internal", 500};
    case absl::StatusCode::kUnavailable:
      return {"unavailable", 503};
    case absl::StatusCode::kDataLoss:
      return {"data_loss", 500};
    case absl::StatusCode::kUnauthenticated:
      return {"unauthenticated", 401};
    default:
      return {"unknown", 500};
  }
}

std::string JsonText(absl::string_view text) {
  std::string quoted = "\"";
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20) {
      absl::StrAppend(&quoted, "\\u", absl::Hex(byte, absl::kZeroPad4));
    } else {
      if (c == '"' || c == '\\') quoted += '\\';
      quoted += c;
    }
  }
  return quoted + "\"";
}

std::string DetailJson(const ErrorDetail& detail) {
  errors::v1::ErrorDetail message;
  message.set_reason(detail.reason);
  message.set_field(detail.field);
  message.mutable_facts()->insert(detail.facts.begin(), detail.facts.end());
  std::string debug;
  if (!google::protobuf::util::MessageToJsonString(message, &debug).ok()) debug = "{}";
  const std::string padded = absl::Base64Escape(message.SerializeAsString());
  return absl::StrCat("{\"type\":\"", message.GetDescriptor()->full_name(), "\",\"value\":\"",
                      padded.substr(0, padded.find('=')), "\",\"debug\":", debug, "}");
}

}  // namespace

http::Response ErrorResponse(const absl::Status& status, int http_status) {
  http::Response response =
      http::UncachedResponse(http_status == 0 ? HttpStatus(status.code()) : http_status,
                             "application/json", ErrorJson(status));
  for (const ErrorDetail& detail : DetailsOf(status)) {
    const auto hint = detail.facts.find("retry_after_ms");
    int64_t milliseconds = 0;
    if (hint == detail.facts.end() || !absl::SimpleAtoi(hint->second, &milliseconds)) continue;
    response.headers.Add("Retry-After", absl::StrCat((milliseconds + 999) / 1000));
    break;
  }
  return response;
}

absl::string_view ConnectCode(absl::StatusCode code) { return Lookup(code).name; }

int HttpStatus(absl::StatusCode code) { return Lookup(code).http_status; }

std::string ErrorJson(const absl::Status& status) {
  std::string json = absl::StrCat("{\"code\":\"", ConnectCode(status.code()),
                                  "\",\"message\":", JsonText(status.message()));
  const std::vector<ErrorDetail> details = DetailsOf(status);
  for (size_t i = 0; i < details.size(); ++i) {
    absl::StrAppend(&json, i == 0 ? ",\"details\":[" : ",", DetailJson(details[i]));
  }
  return absl::StrCat(json, details.empty() ? "}" : "]}");
}

}  // namespace wissel::gateway
