// Errors as the Connect protocol writes them.

#ifndef WISSEL_SERVICES_GATEWAY_ERROR_RESPONSE_H_
#define WISSEL_SERVICES_GATEWAY_ERROR_RESPONSE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "libs/http/message.h"

namespace wissel::gateway {

// A failed unary call: ErrorJson with the HTTP status of its code, or with `http_status` if that
// is not 0. The fact `retry_after_ms` also becomes a Retry-After.
http::Response ErrorResponse(const absl::Status& status, int http_status = 0);

// Connect's name of a code: `invalid_argument`, ...
absl::string_view ConnectCode(absl::StatusCode code);

// HTTP status of a code, by the Connect protocol.
int HttpStatus(absl::StatusCode code);

// `{"code":…,"message":…,"details":[{"type":…,"value":…,"debug":…}]}` with one
// wissel.errors.v1.ErrorDetail for each detail of `status`. `status` must not be OK.
std::string ErrorJson(const absl::Status& status);

}  // namespace wissel::gateway

#endif  // WISSEL_SERVICES_GATEWAY_ERROR_RESPONSE_H_
