// Time zones by name. The zone of the process (the variable TZ) plays no part anywhere in Wissel:
// a municipality has its zone, and every local date is made with that one.

#ifndef WISSEL_LIBS_CALENDAR_TIME_ZONE_H_
#define WISSEL_LIBS_CALENDAR_TIME_ZONE_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace wissel::calendar {

// Europe/Amsterdam. Ends the process if the machine has no time zone data (Debian: tzdata), since
// without it every due date would silently be one or two hours off. Thread-safe, loaded once.
absl::TimeZone Amsterdam();

// The zone with IANA name `name`, such as `America/New_York`; empty means Europe/Amsterdam.
// INVALID_ARGUMENT `invalid_time_zone`, field `time_zone`, for a name that is not there, and for
// what Abseil takes besides IANA names: paths of files, fixed offsets and the zone of the process.
// Thread-safe; loaded once a name.
absl::StatusOr<absl::TimeZone> ZoneNamed(absl::string_view name);

}  // namespace wissel::calendar

#endif  // WISSEL_LIBS_CALENDAR_TIME_ZONE_H_
