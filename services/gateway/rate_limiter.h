// How often one client may call what is open to everybody.

#ifndef WISSEL_SERVICES_GATEWAY_RATE_LIMITER_H_
#define WISSEL_SERVICES_GATEWAY_RATE_LIMITER_H_

#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "libs/base/clock.h"

namespace wissel::gateway {

// A token bucket for each client. Thread-safe. Memory is bounded: with very many clients at once it
// forgets those that are not at their limit, and in the extreme all.
class RateLimiter {
 public:
  // `burst` calls at once, and `per_second` after that; both more than 0. `clock` outlives it.
  RateLimiter(double per_second, int burst, const Clock& clock);

  // Zero if a call of `client` (http::Address::subscriber) may go on, and then it is counted.
  // Otherwise the time until one may.
  absl::Duration Take(absl::string_view client) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  struct Bucket {
    double tokens;
    absl::Time at;
  };

  double Filled(const Bucket& bucket, absl::Time now) const;
  void MakeRoom(absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const double per_second_;
  const double burst_;
  const Clock& clock_;
  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, Bucket> buckets_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wissel::gateway

#endif  // WISSEL_SERVICES_GATEWAY_RATE_LIMITER_H_
