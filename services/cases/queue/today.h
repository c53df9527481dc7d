// What day it is where the municipality is.

#ifndef WISSEL_SERVICES_CASES_QUEUE_TODAY_H_
#define WISSEL_SERVICES_CASES_QUEUE_TODAY_H_

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace wissel::cases {

// Decides what is overdue and due today.
struct Today {
  absl::Time now;
  // Midnight at its end, where the municipality is.
  absl::Time end;
};

// The day of `now` in the zone of a municipality.
inline Today TodayAt(absl::Time now, absl::TimeZone zone) {
  return {now, absl::FromCivil(absl::ToCivilDay(now, zone) + 1, zone)};
}

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_QUEUE_TODAY_H_
