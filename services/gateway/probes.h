// What watches over a process asks it: is it up, can it work, what does it count.

#ifndef WISSEL_SERVICES_GATEWAY_PROBES_H_
#define WISSEL_SERVICES_GATEWAY_PROBES_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libs/http/message.h"
#include "libs/http/responder.h"
#include "services/gateway/background.h"

namespace wissel::gateway {

// Where the answers come from. Both may wait a few seconds and are called from one thread at a
// time.
struct ProbeOptions {
  // Whether the process can do its work, and lines about it for people. Without it it always can.
  std::function<absl::StatusOr<std::string>()> ready;
  // Text for /metrics; without it there is none.
  std::function<std::string()> metrics;
};

// Thread-safe.
class Probes {
 public:
  explicit Probes(ProbeOptions options) : options_(std::move(options)) {}

  // Whether `path` is one of theirs.
  static bool Has(absl::string_view path);

  // Answers GET and HEAD of /healthz, of /readyz (503 and why when it cannot work) and, for this
  // machine only and not through a proxy, of /metrics; 404 otherwise.
  void Handle(const http::Request& request, http::Responder responder);

 private:
  const ProbeOptions options_;
  Background background_;
};

}  // namespace wissel::gateway

#endif  // WISSEL_SERVICES_GATEWAY_PROBES_H_
