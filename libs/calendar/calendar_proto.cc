#include "libs/calendar/calendar_proto.h"

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "libs/base/status.h"

namespace wissel::calendar {
namespace {

constexpr int kMonday = 1;
constexpr int kSunday = 7;
constexpr size_t kLegalWeekdays = 5;
constexpr size_t kDateSize = 10;
constexpr OpenInterval kWholeDay{0, 24 * 60};

template <typename Intervals>
DayHours HoursFrom(const Intervals& intervals) {
  DayHours hours;
  for (const auto& interval : intervals) {
    hours.push_back({interval.from_minute(), interval.to_minute()});
  }
  return hours;
}

absl::Status ReadWeekdays(const directory::v1::Calendar& calendar, Definition& definition) {
  std::array<bool, kSunday> seen{};
  for (const auto& weekday : calendar.weekdays()) {
    if (weekday.weekday() < kMonday || weekday.weekday() > kSunday) {
      return InvalidField("calendar.weekdays", "invalid_weekday",
                          "weekday must be 1 (Monday) to 7 (Sunday)");
    }
    const size_t index = static_cast<size_t>(weekday.weekday() - kMonday);
    if (std::exchange(seen[index], true)) {
      return InvalidField("calendar.weekdays", "duplicate_weekday",
                          "a weekday may be named only once");
    }
    definition.weekdays[index] = HoursFrom(weekday.intervals());
  }
  return absl::OkStatus();
}

absl::Status ReadSpecialDays(const directory::v1::Calendar& calendar, Definition& definition) {
  for (const auto& special : calendar.special_days()) {
    const std::optional<absl::CivilDay> day = ReadDate(special.date());
    if (!day) {
      return InvalidField("calendar.special_days", "invalid_date",
                          "date must be a day of the calendar, as in 2026-12-24");
    }
    if (!definition.special_days.emplace(*day, HoursFrom(special.intervals())).second) {
      return InvalidField("calendar.special_days", "duplicate_date",
                          "a date may be named only once");
    }
  }
  return absl::OkStatus();
}

void TakeDaysOfTheLaw(Definition& definition) {
  for (size_t i = 0; i < definition.weekdays.size(); ++i) {
    if (i >= kLegalWeekdays) {
      definition.weekdays[i].clear();
    } else if (definition.weekdays[i].empty()) {
      definition.weekdays[i] = {kWholeDay};
    }
  }
  definition.special_days.clear();
  definition.observes_holidays = true;
}

}  // namespace

std::optional<absl::CivilDay> ReadDate(const std::string& text) {
  absl::CivilDay day;
  // Abseil's parser also takes `2026-1-5`, blanks and years before Christ.
  if (text.size() != kDateSize || !absl::ascii_isdigit(text.front())) return std::nullopt;
  if (!absl::ParseCivilTime(text, &day) || absl::FormatCivilTime(day) != text) return std::nullopt;
  return day;
}

absl::StatusOr<Definition> FromProto(const directory::v1::Calendar& calendar, Kind kind,
                                     absl::TimeZone zone) {
  Definition definition;
  definition.kind = kind;
  definition.zone = zone;
  definition.observes_holidays = calendar.observes_holidays();
  WISSEL_RETURN_IF_ERROR(ReadWeekdays(calendar, definition));
  WISSEL_RETURN_IF_ERROR(ReadSpecialDays(calendar, definition));
  if (kind == Kind::kStatutory) TakeDaysOfTheLaw(definition);
  return definition;
}

}  // namespace wissel::calendar
