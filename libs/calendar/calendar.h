// Working days, opening hours and due moments of one municipality.
//
//   WISSEL_ASSIGN_OR_RETURN(Definition definition, FromProto(stored, Kind::kService, zone));
//   WISSEL_ASSIGN_OR_RETURN(Calendar calendar, Calendar::Make(std::move(definition)));
//   const absl::Time due = calendar.Due(received, /*working_days=*/2);
//
// A working day is a local date with opening hours; how many hours makes no difference. Nothing
// here counts in elapsed hours, so neither short days nor daylight saving can shift a due date.

#ifndef WISSEL_LIBS_CALENDAR_CALENDAR_H_
#define WISSEL_LIBS_CALENDAR_CALENDAR_H_

#include <array>
#include <map>
#include <optional>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "libs/calendar/definition.h"

namespace wissel::calendar {

// Immutable, so thread-safe. Copies are deep; keep one a municipality and version, and share it.
//
// Clock changes. An opening time that the clock shows twice is the first of the two, a closing time
// the second; one that the clock skips is the moment of the skip. So the hours that people read
// hold whichever way they read them, and nobody is late at a time at which the notice says "open".
//
// REQUIRES, everywhere: moments and days between the years 1 and 9999, as protobuf and PostgreSQL
// have them; not absl::InfiniteFuture().
class Calendar {
 public:
  // Takes `definition` if every day of receipt leads to a due moment. INVALID_ARGUMENT with field
  // `calendar.weekdays` or `calendar.special_days`, and the weekday (1 is Monday) or date as fact:
  //   `invalid_interval`       minutes out of range, or an end that is not after its start
  //   `overlapping_intervals`  intervals of a day overlap or are not in order
  //   `invalid_date`           a special day outside 1990 to 2199
  //   `no_open_hours`          no weekday has hours, or special days close 400 days on end
  static absl::StatusOr<Calendar> Make(Definition definition);

  // Hours of Monday to Sunday, as far as no day differs.
  const std::array<DayHours, 7>& weekdays() const { return definition_.weekdays; }

  // The zone that its days and hours are in.
  absl::TimeZone zone() const { return definition_.zone; }

  // Hours of `day`; empty if closed. The reference lives as long as the calendar.
  const DayHours& Intervals(absl::CivilDay day) const;

  // The days from `first` to `last` whose hours are not those of their weekday: special days and,
  // if they are observed, holidays, with the hours that they have.
  std::map<absl::CivilDay, DayHours> ExceptionalDays(absl::CivilDay first,
                                                     absl::CivilDay last) const;

  bool IsWorkingDay(absl::CivilDay day) const { return !Intervals(day).empty(); }

  // The moment at which the last hours of `day` end; nothing if it is closed.
  std::optional<absl::Time> EndOfHours(absl::CivilDay day) const;

  // Local date of `moment` in the zone of the calendar.
  absl::CivilDay DayOf(absl::Time moment) const;

  // The `working_days`-th working day after the local date of receipt. The day of receipt does not
  // count, whatever the hour and whether or not it is a working day. 0 (or less) is the day of
  // receipt itself while its hours last, or else the first working day after it.
  absl::CivilDay DueDay(absl::Time received, int working_days) const;

  // The end of the hours of DueDay(), which is always later than the receipt: nothing is late
  // before anybody could answer. An answer at exactly this moment is in time. Hours until 24:00 end
  // at 0:00 of the next date; to show a date to people, use DueDay().
  // Monotone in both arguments. Costs about 50 ns a working day, so nothing is cached.
  absl::Time Due(absl::Time received, int working_days) const;

  // True from the first moment of an interval up to, not including, its last.
  bool IsOpen(absl::Time moment) const { return NextOpen(moment) == moment; }

  // `moment` if it is within opening hours, else the next moment at which they begin.
  absl::Time NextOpen(absl::Time moment) const;

  // The last day of a legal term of `weeks` weeks that starts on `start`, for a statutory calendar:
  // the same weekday, moved on to the first working day if it is none (Algemene termijnenwet,
  // article 1). The law leaves terms of more than twelve weeks where they end (article 4).
  absl::CivilDay TermEnd(absl::CivilDay start, int weeks) const;

 private:
  // Hours of the weekday of `day`.
  const DayHours& WeekdayHours(absl::CivilDay day) const;

  explicit Calendar(Definition definition) : definition_(std::move(definition)) {}

  // Ends: Make() saw that a weekday is open and that special days cannot close it for ever.
  absl::CivilDay FirstWorkingDayFrom(absl::CivilDay day) const;

  absl::Time Opening(absl::CivilDay day, OpenInterval interval) const;
  absl::Time Closing(absl::CivilDay day, OpenInterval interval) const;

  Definition definition_;
};

}  // namespace wissel::calendar

#endif  // WISSEL_LIBS_CALENDAR_CALENDAR_H_
