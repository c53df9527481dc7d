// Dutch public holidays. Pure functions of a civil day: a holiday is a local date, never a stretch
// of UTC. docs/calendars.md says where the rules come from.

#ifndef WISSEL_LIBS_CALENDAR_HOLIDAYS_H_
#define WISSEL_LIBS_CALENDAR_HOLIDAYS_H_

#include "absl/time/civil_time.h"

namespace wissel::calendar {

// Whose holidays count.
enum class Kind {
  // What municipalities agreed: New Year, Easter Monday, King's Day, 5 May, Ascension, Whit Monday,
  // 25 and 26 December.
  kService,
  // What the Algemene termijnenwet counts: the same, Good Friday and the days made equal to a
  // holiday by decree.
  kStatutory,
};

// Easter Sunday in the Gregorian calendar, from 1583 on.
absl::CivilDay EasterSunday(absl::civil_year_t year);

// The day on which the King's (until 2013 the Queen's) birthday is celebrated: 27 April, and
// until 2013 30 April; the day before if that is a Sunday. Right from 1980 on.
absl::CivilDay KingsDay(absl::civil_year_t year);

// True if `day` is a holiday of that kind, also when it falls in a weekend.
bool IsHoliday(absl::CivilDay day, Kind kind);

// How many days after `from`, up to and including `to`, are neither in a weekend nor a holiday of
// that kind: 0 within a day, and if `to` comes before `from`.
int WorkingDaysBetween(absl::CivilDay from, absl::CivilDay to, Kind kind);

// Last decree day that this release knows. Decrees follow no rule and come every three years: after
// this day statutory terms miss the days of the next decree.
absl::CivilDay StatutoryTableEnd();

// True once `today` is within a year of StatutoryTableEnd(), or past it: the next decree must be
// added to the table in holidays.cc. A service that uses statutory terms logs it and shows it.
bool StatutoryTableEndsWithinYear(absl::CivilDay today);

}  // namespace wissel::calendar

#endif  // WISSEL_LIBS_CALENDAR_HOLIDAYS_H_
