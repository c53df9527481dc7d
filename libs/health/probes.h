// What those who run a process ask it: is it up, can it work, what does it count.

#ifndef WISSEL_LIBS_HEALTH_PROBES_H_
#define WISSEL_LIBS_HEALTH_PROBES_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "libs/health/background_responder.h"
#include "libs/http/message.h"
#include "libs/http/responder.h"

namespace wissel::health {

// Where the answers come from. Both may wait a few seconds and are called from the one thread of
// their Probes.
struct ProbeOptions {
  // Whether the process can do its work, and lines about it for people. Without it it always can.
  std::function<absl::StatusOr<std::string>()> ready;
  // Text for /metrics; without it there is none.
  std::function<std::string()> metrics;
};

// On a port of their own, which strangers do not reach. Thread-safe.
class Probes {
 public:
  explicit Probes(ProbeOptions options) : options_(std::move(options)) {}

  // Answers GET and HEAD of /healthz, of /readyz (with what it knows; 503 and why when the process
  // cannot work) and of /metrics; 404 otherwise.
  void Handle(const http::Request& request, http::Responder responder);

 private:
  const ProbeOptions options_;
  BackgroundResponder background_;
};

}  // namespace wissel::health

#endif  // WISSEL_LIBS_HEALTH_PROBES_H_
