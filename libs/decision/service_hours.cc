#include "libs/decision/service_hours.h"

#include <algorithm>
#include <utility>

namespace wissel::decision {

ServiceHours::ServiceHours(calendar::Calendar service_calendar)
    : zone_(service_calendar.zone()), week_(std::in_place), calendar_(std::move(service_calendar)) {
  for (size_t weekday = 0; weekday < week_->size(); ++weekday) {
    for (const calendar::OpenInterval& open : calendar_->weekdays()[weekday]) {
      (*week_)[weekday].push_back({.from = open.from_minute, .to = open.to_minute});
    }
  }
}

absl::CivilDay ServiceHours::SetMoment(absl::Time moment, RoutingRequest* request) const {
  const absl::CivilSecond local = absl::ToCivilSecond(moment, zone_);
  request->weekday = static_cast<int>(absl::GetWeekday(local));
  request->minute = local.hour() * 60 + local.minute();
  const absl::CivilDay day(local);
  request->closed_day = IsClosed(day, request->weekday, request->minute);
  return day;
}

bool ServiceHours::IsClosed(absl::CivilDay day, int weekday, int minute) const {
  if (!calendar_) return false;
  const calendar::DayHours& hours = calendar_->Intervals(day);
  if (hours == calendar_->weekdays()[weekday]) return false;
  return std::none_of(hours.begin(), hours.end(), [minute](const calendar::OpenInterval& open) {
    return open.from_minute <= minute && minute < open.to_minute;
  });
}

}  // namespace wissel::decision
