// The time of day, so that tests can set it. Moments that are stored come from the database
// instead; this clock decides about timeouts, caches and what a screen calls "today".

#ifndef WISSEL_LIBS_BASE_CLOCK_H_
#define WISSEL_LIBS_BASE_CLOCK_H_

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace wissel {

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;

  // The clock of the machine; lives as long as the process.
  static const Clock& System();
};

}  // namespace wissel

#endif  // WISSEL_LIBS_BASE_CLOCK_H_
