#include "services/cases/norm_clock.h"

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
  clock.due_at = std::max(calendar->Due(received_at, norm->working_days), received_at);
  clock.calendar_version = directory.calendar_version;
  return clock;
}

}  // namespace wissel::cases
