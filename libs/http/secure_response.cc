#include "libs/http/secure_response.h"

#include <utility>

namespace wissel::http {
namespace {

// No inline script or style, nothing from elsewhere, no frame around it.
constexpr char kContentSecurityPolicy[] =
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'";

}  // namespace

Response SecureResponse(int status, absl::string_view content_type, std::string body) {
  Response response;
  response.status = status;
  if (!content_type.empty()) response.headers.Add("Content-Type", std::string(content_type));
  response.headers.Add("Content-Security-Policy", kContentSecurityPolicy);
  response.headers.Add("X-Content-Type-Options", "nosniff");
  response.headers.Add("Referrer-Policy", "same-origin");
  response.headers.Add("Cross-Origin-Opener-Policy", "same-origin");
  response.headers.Add("Cross-Origin-Resource-Policy", "same-origin");
  response.body = std::move(body);
  return response;
}

Response UncachedResponse(int status, absl::string_view content_type, std::string body) {
  Response response = SecureResponse(status, content_type, std::move(body));
  response.headers.Add("Cache-Control", "no-store");
  return response;
}

}  // namespace wissel::http
