#include "services/router/active/municipality_snapshot.h"

namespace wissel::router {

decision::TeamDirectory TeamDirectoryOf(const MunicipalitySnapshot& snapshot) {
  decision::TeamDirectory facts;
  for (const auto& [team_id, team] : snapshot.teams) {
    facts.team_names[team_id] = team.name;
    if (team.hours) facts.team_hours[team_id] = *team.hours;
    if (!team.transfer_number.empty()) facts.transfer_numbers[team_id] = team.transfer_number;
  }
  return facts;
}

verify::VerificationContext VerificationContextOf(const MunicipalitySnapshot& snapshot,
                                                  absl::Time now) {
  return {.teams = snapshot.teams, .today = snapshot.hours.DayOf(now)};
}

}  // namespace wissel::router
