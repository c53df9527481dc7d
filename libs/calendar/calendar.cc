#include "libs/calendar/calendar.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "libs/base/status.h"

namespace wissel::calendar {
namespace {

constexpr int kMinutesPerDay = 24 * 60;
constexpr int kClosedDaysMax = 400;
constexpr int kLegalWeeksMax = 12;
constexpr absl::CivilDay kFirstSpecialDay(1990, 1, 1);
constexpr absl::CivilDay kLastSpecialDay(2199, 12, 31);

constexpr absl::string_view kWeekdaysField = "calendar.weekdays";
constexpr absl::string_view kSpecialDaysField = "calendar.special_days";

const DayHours kClosed;

// Where in the definition something is wrong.
struct Place {
  absl::string_view field;
  absl::string_view fact;
  std::string value;
};

absl::Status Refuse(const Place& place, absl::string_view reason, absl::string_view message) {
  return Error(absl::StatusCode::kInvalidArgument, reason,
               absl::StrCat(message, " (", place.fact, " ", place.value, ")"), place.field,
               {{std::string(place.fact), place.value}});
}

absl::Status CheckHours(const DayHours& hours, const Place& place) {
  int closed_until = 0;
  for (const OpenInterval& interval : hours) {
    if (interval.from_minute < 0 || interval.to_minute > kMinutesPerDay ||
        interval.from_minute >= interval.to_minute) {
      return Refuse(place, "invalid_interval",
                    "an interval must begin before it ends, between minute 0 and 1440");
    }
    if (interval.from_minute < closed_until) {
      return Refuse(place, "overlapping_intervals",
                    "intervals of a day must be in order and may not overlap");
    }
    closed_until = interval.to_minute;
  }
  return absl::OkStatus();
}

absl::Status CheckWeekdays(const Definition& definition) {
  bool any_open = false;
  for (size_t i = 0; i < definition.weekdays.size(); ++i) {
    WISSEL_RETURN_IF_ERROR(
        CheckHours(definition.weekdays[i], {kWeekdaysField, "weekday", absl::StrCat(i + 1)}));
    any_open = any_open || !definition.weekdays[i].empty();
  }
  if (!any_open) {
    return InvalidField(kWeekdaysField, "no_open_hours", "at least one weekday must have hours");
  }
  return absl::OkStatus();
}

Place PlaceOf(absl::CivilDay day) {
  return {kSpecialDaysField, "date", absl::FormatCivilTime(day)};
}

absl::Status CheckSpecialDays(const Definition& definition) {
  for (const auto& [day, hours] : definition.special_days) {
    if (day < kFirstSpecialDay || day > kLastSpecialDay) {
      return Refuse(PlaceOf(day), "invalid_date", "a special day must be in 1990 to 2199");
    }
    WISSEL_RETURN_IF_ERROR(CheckHours(hours, PlaceOf(day)));
  }
  return absl::OkStatus();
}

absl::Status CheckClosedRuns(const Definition& definition, const Calendar& calendar) {
  absl::CivilDay checked_until = kFirstSpecialDay;
  for (const auto& [start, hours] : definition.special_days) {
    // A later day of a run that was seen to end needs no second look.
    if (start < checked_until) continue;
    absl::CivilDay day = start;
    while (!calendar.IsWorkingDay(day)) {
      if (++day - start > kClosedDaysMax) {
        return Refuse(PlaceOf(start), "no_open_hours",
                      "special days may not close more than 400 days on end");
      }
    }
    checked_until = day;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Calendar> Calendar::Make(Definition definition) {
  WISSEL_RETURN_IF_ERROR(CheckWeekdays(definition));
  WISSEL_RETURN_IF_ERROR(CheckSpecialDays(definition));
  Calendar calendar(std::move(definition));
  WISSEL_RETURN_IF_ERROR(CheckClosedRuns(calendar.definition_, calendar));
  return calendar;
}

const DayHours& Calendar::Intervals(absl::CivilDay day) const {
  if (const auto special = definition_.special_days.find(day);
      special != definition_.special_days.end()) {
    return special->second;
  }
  const DayHours& hours = WeekdayHours(day);
  if (hours.empty()) return kClosed;
  if (definition_.observes_holidays && IsHoliday(day, definition_.kind)) return kClosed;
  return hours;
}

const DayHours& Calendar::WeekdayHours(absl::CivilDay day) const {
  // Abseil's weekdays begin at monday = 0.
  return definition_.weekdays[static_cast<size_t>(absl::GetWeekday(day))];
}

std::map<absl::CivilDay, DayHours> Calendar::ExceptionalDays(absl::CivilDay first,
                                                             absl::CivilDay last) const {
  std::map<absl::CivilDay, DayHours> days;
  for (absl::CivilDay day = first; day <= last; ++day) {
    const DayHours& hours = Intervals(day);
    if (hours != WeekdayHours(day)) days.emplace_hint(days.end(), day, hours);
  }
  return days;
}

std::optional<absl::Time> Calendar::EndOfHours(absl::CivilDay day) const {
  const DayHours& hours = Intervals(day);
  if (hours.empty()) return std::nullopt;
  return Closing(day, hours.back());
}

absl::CivilDay Calendar::DayOf(absl::Time moment) const {
  return absl::ToCivilDay(moment, definition_.zone);
}

absl::CivilDay Calendar::DueDay(absl::Time received, int working_days) const {
  absl::CivilDay day = DayOf(received);
  if (working_days <= 0) {
    const std::optional<absl::Time> closing = EndOfHours(day);
    return closing && received < *closing ? day : FirstWorkingDayFrom(day + 1);
  }
  for (; working_days > 0; --working_days) day = FirstWorkingDayFrom(day + 1);
  return day;
}

absl::Time Calendar::Due(absl::Time received, int working_days) const {
  const absl::CivilDay day = DueDay(received, working_days);
  return Closing(day, Intervals(day).back());
}

absl::Time Calendar::NextOpen(absl::Time moment) const {
  for (absl::CivilDay day = DayOf(moment);; ++day) {
    for (const OpenInterval& interval : Intervals(day)) {
      const absl::Time from = Opening(day, interval);
      const absl::Time until = Closing(day, interval);
      // An interval that the clock skips altogether lasts no time.
      if (from < until && moment < until) return std::max(from, moment);
    }
  }
}

absl::CivilDay Calendar::TermEnd(absl::CivilDay start, int weeks) const {
  const absl::CivilDay end = start + 7 * weeks;
  return weeks > kLegalWeeksMax ? end : FirstWorkingDayFrom(end);
}

absl::CivilDay Calendar::FirstWorkingDayFrom(absl::CivilDay day) const {
  while (!IsWorkingDay(day)) ++day;
  return day;
}

absl::Time Calendar::Opening(absl::CivilDay day, OpenInterval interval) const {
  const auto at = definition_.zone.At(absl::CivilMinute(day) + interval.from_minute);
  return at.kind == absl::TimeZone::TimeInfo::SKIPPED ? at.trans : at.pre;
}

absl::Time Calendar::Closing(absl::CivilDay day, OpenInterval interval) const {
  const auto at = definition_.zone.At(absl::CivilMinute(day) + interval.to_minute);
  return at.kind == absl::TimeZone::TimeInfo::SKIPPED ? at.trans : at.post;
}

}  // namespace wissel::calendar
