// HTTP answers of the gateway. All go through here, so that none lacks the security headers.

#ifndef WISSEL_SERVICES_GATEWAY_ANSWER_H_
#define WISSEL_SERVICES_GATEWAY_ANSWER_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "libs/http/message.h"

namespace wissel::gateway {

// An answer with a body. Without a Cache-Control: what may be kept is for the caller to say.
http::Response Answer(int status, absl::string_view content_type, std::string body);

// An answer of the API: JSON, binary or an error; never kept in a cache.
http::Response ApiAnswer(int status, absl::string_view content_type, std::string body);

// A failed unary call: ErrorJson with the HTTP status of its code, or with `http_status` if that
// is not 0. The fact `retry_after_ms` also becomes a Retry-After.
http::Response ErrorAnswer(const absl::Status& status, int http_status = 0);

// Connect's name of a code: `invalid_argument`, ...
absl::string_view ConnectCode(absl::StatusCode code);

// HTTP status of a code, by the Connect protocol.
int HttpStatus(absl::StatusCode code);

// `{"code":…,"message":…,"details":[{"type":…,"value":…,"debug":…}]}` with one
// wissel.errors.v1.ErrorDetail for each detail of `status`. `status` must not be OK.
std::string ErrorJson(const absl::Status& status);

}  // namespace wissel::gateway

#endif  // WISSEL_SERVICES_GATEWAY_ANSWER_H_
