// From the contract of the directory to values, once for every service that counts working days.

#ifndef WISSEL_LIBS_CALENDAR_CALENDAR_PROTO_H_
#define WISSEL_LIBS_CALENDAR_CALENDAR_PROTO_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "libs/calendar/definition.h"
#include "wissel/directory/v1/directory.pb.h"

namespace wissel::calendar {

// A date of the contract, as `2026-12-24`; nothing for any other text.
std::optional<absl::CivilDay> ReadDate(const std::string& text);

// What `calendar` says for norms of `kind`, in the zone of the municipality (time_zone.h).
//
// kService: as written. kStatutory: the days are those of the law, whatever the municipality does:
// Monday to Friday less the statutory holidays; special days and `observes_holidays` play no part.
// Each day has the municipality's hours of that weekday, or runs to 24:00 if it has none.
//
// INVALID_ARGUMENT, whichever the kind, for what Definition cannot hold: `invalid_weekday` or
// `duplicate_weekday` (field `calendar.weekdays`), `invalid_date` or `duplicate_date`
// (`calendar.special_days`). Calendar::Make judges the rest, so a calendar is saved only when
// Make took its kService definition. Thread-safe.
absl::StatusOr<Definition> FromProto(const directory::v1::Calendar& calendar, Kind kind,
                                     absl::TimeZone zone);

}  // namespace wissel::calendar

#endif  // WISSEL_LIBS_CALENDAR_CALENDAR_PROTO_H_
