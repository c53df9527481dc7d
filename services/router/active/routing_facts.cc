#include "services/router/active/routing_facts.h"

namespace wissel::router {

decision::ServiceHours HoursOf(const municipality::MunicipalitySnapshot& municipality) {
  if (!municipality.service_calendar) return decision::ServiceHours(municipality.zone);
  return decision::ServiceHours(*municipality.service_calendar);
}

decision::TeamDirectory TeamDirectoryOf(const municipality::MunicipalitySnapshot& municipality) {
  const decision::ServiceHours hours = HoursOf(municipality);
  decision::TeamDirectory facts;
  for (const auto& [team_id, team] : municipality.teams()) {
    facts.team_names[team_id] = team.name;
    if (hours.week()) facts.team_hours[team_id] = *hours.week();
    if (!team.transfer_number.empty()) facts.transfer_numbers[team_id] = team.transfer_number;
  }
  return facts;
}

}  // namespace wissel::router
