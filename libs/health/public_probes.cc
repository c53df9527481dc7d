#include "libs/health/public_probes.h"

#include <utility>

#include "absl/time/clock.h"
#include "libs/http/secure_response.h"

namespace wissel::health {
namespace {

constexpr char kText[] = "text/plain; charset=utf-8";
constexpr char kHealth[] = "/healthz";
constexpr char kReadiness[] = "/readyz";
// Counted on the other port. Without this the workspace would answer, as for any address.
constexpr char kMetrics[] = "/metrics";
constexpr absl::Duration kKnownFor = absl::Seconds(1);

http::Response YesOrNo(bool is_ready) {
  return is_ready ? http::UncachedResponse(200, kText, "ready\n")
                  : http::UncachedResponse(503, kText, "not ready\n");
}

}  // namespace

bool PublicProbes::Has(absl::string_view path) {
  return path == kHealth || path == kReadiness || path == kMetrics;
}

void PublicProbes::Handle(const http::Request& request, http::Responder responder) {
  if (request.path == kHealth) return responder.Respond(http::UncachedResponse(200, kText, "up\n"));
  if (request.path == kMetrics) {
    return responder.Respond(http::UncachedResponse(404, kText, "not found\n"));
  }
  {
    absl::MutexLock lock(&mutex_);
    if (absl::Now() < known_until_) return responder.Respond(YesOrNo(is_ready_));
  }
  background_.Answer([this] { return Readiness(); }, std::move(responder));
}

http::Response PublicProbes::Readiness() {
  {
    absl::MutexLock lock(&mutex_);
    if (absl::Now() < known_until_) return YesOrNo(is_ready_);
  }
  const bool is_ready = !ready_ || ready_().ok();
  absl::MutexLock lock(&mutex_);
  is_ready_ = is_ready;
  known_until_ = absl::Now() + kKnownFor;
  return YesOrNo(is_ready);
}

}  // namespace wissel::health
