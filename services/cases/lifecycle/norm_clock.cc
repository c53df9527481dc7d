#include "services/cases/lifecycle/norm_clock.h"

#include <algorithm>

namespace wissel::cases {

NormClock StartClock(const Directory& directory, absl::string_view team_id,
                     common::v1::Channel channel, absl::Time received_at) {
  return Recount(directory, directory.NormAt(team_id, channel, received_at), received_at);
}

NormClock Recount(const Directory& directory, std::optional<Norm> norm, absl::Time received_at) {
  NormClock clock = {.norm = norm};
  if (!norm) return clock;
  const calendar::Calendar* calendar = directory.CalendarFor(norm->statutory);
  if (calendar == nullptr) return clock;
  clock.due_at = calendar->Due(received_at, norm->working_days);
  clock.calendar_version = directory.calendar_version;
  return clock;
}

ReceiptWindow WindowAround(const Directory& directory, absl::Time moment) {
  const absl::CivilDay day = absl::ToCivilDay(moment, directory.zone);
  ReceiptWindow window = {absl::FromCivil(day, directory.zone),
                          absl::FromCivil(day + 1, directory.zone)};
  for (const bool statutory : {false, true}) {
    const calendar::Calendar* const calendar = directory.CalendarFor(statutory);
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
