// What everybody who reaches the public port may ask, such as a load balancer: is it up, can it
// work. It is told yes or no, neither why nor what waits.

#ifndef WISSEL_LIBS_HEALTH_PUBLIC_PROBES_H_
#define WISSEL_LIBS_HEALTH_PUBLIC_PROBES_H_

#include <functional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "libs/health/background_responder.h"
#include "libs/http/message.h"
#include "libs/http/responder.h"

namespace wissel::health {

// /healthz and /readyz; /metrics is not there. Thread-safe. However often it is asked, it asks
// `ready` once a second.
class PublicProbes {
 public:
  // `ready` as in ProbeOptions.
  explicit PublicProbes(std::function<absl::StatusOr<std::string>()> ready)
      : ready_(std::move(ready)) {}

  // Whether `path` is one of theirs.
  static bool Has(absl::string_view path);

  // Answers a GET or HEAD of such a path.
  void Handle(const http::Request& request, http::Responder responder) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  // Asks unless the answer is known.
  http::Response Readiness() ABSL_LOCKS_EXCLUDED(mutex_);

  const std::function<absl::StatusOr<std::string>()> ready_;
  absl::Mutex mutex_;
  bool is_ready_ ABSL_GUARDED_BY(mutex_) = false;
  // `is_ready_` holds until then.
  absl::Time known_until_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  BackgroundResponder background_;
};

}  // namespace wissel::health

#endif  // WISSEL_LIBS_HEALTH_PUBLIC_PROBES_H_
