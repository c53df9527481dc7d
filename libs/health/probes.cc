#include "libs/health/probes.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/http/secure_response.h"

namespace wissel::health {
namespace {

constexpr char kText[] = "text/plain; charset=utf-8";

http::Response Readiness(const std::function<absl::StatusOr<std::string>()>& ready) {
  const absl::StatusOr<std::string> lines = ready ? ready() : "";
  if (lines.ok()) return http::UncachedResponse(200, kText, absl::StrCat("ready\n", *lines));
  return http::UncachedResponse(503, kText,
                                absl::StrCat("not ready: ", lines.status().message(), "\n"));
}

}  // namespace

void Probes::Handle(const http::Request& request, http::Responder responder) {
  const bool is_read = request.method == "GET" || request.method == "HEAD";
  if (is_read && request.path == "/healthz") {
    responder.Respond(http::UncachedResponse(200, kText, "up\n"));
  } else if (is_read && request.path == "/readyz") {
    background_.Answer([this] { return Readiness(options_.ready); }, std::move(responder));
  } else if (is_read && request.path == "/metrics" && options_.metrics) {
    background_.Answer(
        [this] {
          return http::UncachedResponse(200, "text/plain; version=0.0.4; charset=utf-8",
                                        options_.metrics());
        },
        std::move(responder));
  } else {
    responder.Respond(http::UncachedResponse(404, kText, "not found\n"));
  }
}

}  // namespace wissel::health
