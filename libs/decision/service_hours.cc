#include "libs/decision/service_hours.h"

#include <algorithm>
#include <utility>

#include "libs/base/status.h"
#include "libs/calendar/calendar_proto.h"

namespace wissel::decision {

absl::StatusOr<ServiceHours> ServiceHours::Make(const directory::v1::Calendar& calendar,
                                                absl::TimeZone zone) {
  WISSEL_ASSIGN_OR_RETURN(calendar::Definition definition,
                          calendar::FromProto(calendar, calendar::Kind::kService, zone));
  ServiceHours hours(zone);
  hours.week_.emplace();
  for (size_t weekday = 0; weekday < definition.weekdays.size(); ++weekday) {
    for (const calendar::OpenInterval& open : definition.weekdays[weekday]) {
      (*hours.week_)[weekday].push_back({.from = open.from_minute, .to = open.to_minute});
    }
  }
  WISSEL_ASSIGN_OR_RETURN(calendar::Calendar made, calendar::Calendar::Make(std::move(definition)));
  hours.calendar_ = std::move(made);
  return hours;
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
  const std::vector<sop::OpenInterval>& usual = (*week_)[weekday];
  const bool is_usual = std::equal(hours.begin(), hours.end(), usual.begin(), usual.end(),
                                   [](const calendar::OpenInterval& a, const sop::OpenInterval& b) {
                                     return a.from_minute == b.from && a.to_minute == b.to;
                                   });
  if (is_usual) return false;
  return std::none_of(hours.begin(), hours.end(), [minute](const calendar::OpenInterval& open) {
    return open.from_minute <= minute && minute < open.to_minute;
  });
}

}  // namespace wissel::decision
