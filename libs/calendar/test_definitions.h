// What the tests and the benchmark of this folder start from.

#ifndef WISSEL_LIBS_CALENDAR_TEST_DEFINITIONS_H_
#define WISSEL_LIBS_CALENDAR_TEST_DEFINITIONS_H_

#include <cstdlib>
#include <string>
#include <utility>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "libs/calendar/calendar.h"

namespace wissel::calendar {

constexpr OpenInterval kOffice{9 * 60, 17 * 60};

// Monday to Friday, 9:00 to 17:00, in Amsterdam.
inline Definition OfficeHours(Kind kind = Kind::kService) {
  Definition definition;
  definition.kind = kind;
  for (size_t weekday = 0; weekday < 5; ++weekday) definition.weekdays[weekday] = {kOffice};
  return definition;
}

// The calendar of a definition that is known to be good.
inline Calendar MakeCalendar(Definition definition) {
  return Calendar::Make(std::move(definition)).value();
}

// A moment as a clock in `zone` shows it, such as `2026-04-01 10:00`.
inline absl::Time At(const std::string& text, absl::TimeZone zone = Amsterdam()) {
  absl::Time moment;
  std::string error;
  if (!absl::ParseTime("%Y-%m-%d %H:%M", text, zone, &moment, &error)) std::abort();
  return moment;
}

inline absl::Time Utc(const std::string& text) { return At(text, absl::UTCTimeZone()); }

// A date, such as `2026-04-01`.
inline absl::CivilDay Day(const std::string& text) {
  absl::CivilDay day;
  if (!absl::ParseCivilTime(text, &day)) std::abort();
  return day;
}

}  // namespace wissel::calendar

#endif  // WISSEL_LIBS_CALENDAR_TEST_DEFINITIONS_H_
