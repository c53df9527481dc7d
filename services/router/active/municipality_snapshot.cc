#include "services/router/active/municipality_snapshot.h"

namespace wissel::router {

HouseFacts FactsFor(const House& house) {
  HouseFacts facts;
  for (const auto& [team_id, team] : house.teams) {
    facts.team_names[team_id] = team.name;
    if (team.hours) facts.team_hours[team_id] = *team.hours;
    if (!team.transfer_number.empty()) facts.transfer_numbers[team_id] = team.transfer_number;
  }
  return facts;
}

Surroundings SurroundingsOf(const House& house, absl::Time now) {
  return {.teams = house.teams, .today = house.hours.DayOf(now)};
}

}  // namespace wissel::router
