// The days of a period that differ from their weekday, so that a screen can count working days
// without the rules of the holidays.

#ifndef WISSEL_SERVICES_DIRECTORY_EXCEPTIONAL_DAYS_H_
#define WISSEL_SERVICES_DIRECTORY_EXCEPTIONAL_DAYS_H_

#include "absl/status/status.h"
#include "wissel/directory/v1/directory.pb.h"

namespace wissel::directory {

// Adds the exceptional days of the period that `request` asks for to `response`, which has the
// calendar; none if it asks for no period. INVALID_ARGUMENT `invalid_date` or `out_of_range` with
// the field, as GetCalendar says. Thread-safe.
absl::Status AddExceptionalDays(const v1::GetCalendarRequest& request,
                                v1::GetCalendarResponse* response);

}  // namespace wissel::directory

#endif  // WISSEL_SERVICES_DIRECTORY_EXCEPTIONAL_DAYS_H_
