// What a municipality says about when it works. Plain values: they may be wrong until
// Calendar::Make (calendar.h) has taken them.

#ifndef WISSEL_LIBS_CALENDAR_DEFINITION_H_
#define WISSEL_LIBS_CALENDAR_DEFINITION_H_

#include <array>
#include <map>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "libs/calendar/holidays.h"
#include "libs/calendar/time_zone.h"

namespace wissel::calendar {

// Open from one clock time up to, not including, another; minutes after local midnight.
// 0 <= from_minute < to_minute <= 1440. 1440 is 24:00, so that a day until midnight loses nothing.
struct OpenInterval {
  int from_minute = 0;
  int to_minute = 0;

  friend bool operator==(const OpenInterval&, const OpenInterval&) = default;
};

// Hours of one day, in order and not overlapping; they may touch. Empty: closed.
using DayHours = std::vector<OpenInterval>;

// A value; copying is cheap enough for once a calendar, not for once a case.
struct Definition {
  // Hours of Monday to Sunday.
  std::array<DayHours, 7> weekdays;
  // Days that differ: own closing days, short days, extra openings. They win over weekdays and
  // holidays alike, so an office can be open on Liberation Day. 1990 to 2199.
  std::map<absl::CivilDay, DayHours> special_days;
  // False for whoever works on through Dutch holidays, such as a foreign municipality.
  bool observes_holidays = true;
  Kind kind = Kind::kService;
  // Makes a local date of a moment, and a moment of a closing time.
  absl::TimeZone zone = Amsterdam();
};

}  // namespace wissel::calendar

#endif  // WISSEL_LIBS_CALENDAR_DEFINITION_H_
