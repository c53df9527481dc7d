#include "services/cases/lifecycle/norm_clock.h"

#include <algorithm>

namespace wissel::cases {

NormClock StartClock(const municipality::MunicipalitySnapshot& municipality,
                     absl::string_view team_id, common::v1::Channel channel,
                     absl::Time received_at) {
  return Recount(municipality, municipality.NormAt(team_id, channel, received_at), received_at);
}

NormClock Recount(const municipality::MunicipalitySnapshot& municipality,
                  std::optional<municipality::Norm> norm, absl::Time received_at) {
  NormClock clock = {.norm = norm};
  if (!norm) return clock;
  const calendar::Calendar* calendar = municipality.CalendarFor(norm->statutory);
  if (calendar == nullptr) return clock;
  clock.due_at = calendar->Due(received_at, norm->working_days);
  clock.calendar_version = municipality.calendar_version;
  return clock;
}

ReceiptWindow WindowAround(const municipality::MunicipalitySnapshot& municipality,
                           absl::Time moment) {
  const absl::CivilDay day = absl::ToCivilDay(moment, municipality.zone);
  ReceiptWindow window = {absl::FromCivil(day, municipality.zone),
                          absl::FromCivil(day + 1, municipality.zone)};
  for (const bool statutory : {false, true}) {
    const calendar::Calendar* const calendar = municipality.CalendarFor(statutory);
    const auto closing = calendar == nullptr ? std::nullopt : calendar->EndOfHours(day);
    if (!closing) continue;
    if (*closing <= moment) {
      window.from = std::max(window.from, *closing);
    } else {
      window.before = std::min(window.before, *closing);
    }
  }
  return window;
}

}  // namespace wissel::cases
