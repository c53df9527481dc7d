#include "services/directory/exceptional_days.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/calendar/calendar.h"
#include "libs/calendar/calendar_proto.h"
#include "libs/calendar/time_zone.h"

namespace wissel::directory {
namespace {

constexpr int kDaysMax = 4000;

absl::StatusOr<absl::CivilDay> DateIn(absl::string_view field, const std::string& text) {
  if (const std::optional<absl::CivilDay> day = calendar::ReadDate(text)) return *day;
  return InvalidField(field, "invalid_date", "a date must be a day, as in 2026-12-24");
}

}  // namespace

absl::Status AddExceptionalDays(const v1::GetCalendarRequest& request,
                                v1::GetCalendarResponse* response) {
  if (request.from_date().empty() && request.to_date().empty()) return absl::OkStatus();
  WISSEL_ASSIGN_OR_RETURN(const absl::CivilDay first, DateIn("from_date", request.from_date()));
  WISSEL_ASSIGN_OR_RETURN(const absl::CivilDay last, DateIn("to_date", request.to_date()));
  if (last < first || last - first >= kDaysMax) {
    return InvalidField("to_date", "out_of_range",
                        absl::StrCat("a period has 1 to ", kDaysMax, " days"));
  }
  // Days are dates, so the zone plays no part.
  WISSEL_ASSIGN_OR_RETURN(
      calendar::Definition definition,
      calendar::FromProto(response->calendar(), calendar::Kind::kService, calendar::Amsterdam()));
  WISSEL_ASSIGN_OR_RETURN(const calendar::Calendar calendar,
                          calendar::Calendar::Make(std::move(definition)));
  for (const auto& [day, hours] : calendar.ExceptionalDays(first, last)) {
    v1::SpecialDay* exceptional = response->add_exceptional_days();
    exceptional->set_date(absl::FormatCivilTime(day));
    for (const calendar::OpenInterval& interval : hours) {
      v1::OpenInterval* added = exceptional->add_intervals();
      added->set_from_minute(interval.from_minute);
      added->set_to_minute(interval.to_minute);
    }
  }
  return absl::OkStatus();
}

}  // namespace wissel::directory
