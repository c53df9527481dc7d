// Responses with the security headers that every response of Wissel carries. All are made here, so
// that none lacks them.

#ifndef WISSEL_LIBS_HTTP_SECURE_RESPONSE_H_
#define WISSEL_LIBS_HTTP_SECURE_RESPONSE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "libs/http/message.h"

namespace wissel::http {

// A response with a body. Without a Cache-Control: what may be kept is for the caller to say.
Response SecureResponse(int status, absl::string_view content_type, std::string body);

// The same, never kept in a cache: answers of the API, errors, probes.
Response UncachedResponse(int status, absl::string_view content_type, std::string body);

}  // namespace wissel::http

#endif  // WISSEL_LIBS_HTTP_SECURE_RESPONSE_H_
