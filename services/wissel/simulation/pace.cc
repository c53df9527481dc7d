#include "services/wissel/simulation/pace.h"

#include <algorithm>

#include "services/wissel/simulation/dice.h"

namespace wissel::simulation {
namespace {

// Half of July and August, and the weeks around New Year.
bool IsHolidaySeason(absl::CivilDay day) {
  const int date = day.month() * 100 + day.day();
  return (date >= 715 && date <= 825) || date >= 1220 || date <= 104;
}

}  // namespace

Pace::Pace(uint64_t seed, std::optional<double> share, absl::CivilDay first_day,
           const municipality::MunicipalitySnapshot& municipality)
    : share_(share), first_day_(first_day) {
  for (const auto& [team_id, facts] : municipality.teams()) {
    Dice dice({seed, 3, static_cast<uint64_t>(facts.place)});
    Team& team = teams_[team_id];
    team.share = 0.82 + 0.15 * dice.Share();
    team.trend = 0.16 * dice.Share() - 0.06;
    team.holidays = 0.18 * dice.Share();
    if (dice.Chance(0.35)) {
      team.short_from = first_day + dice.Below(350);
      team.short_to = team.short_from + 21 + dice.Below(28);
    }
  }
}

double Pace::ShareInTime(absl::string_view team_id, absl::CivilDay day) const {
  if (share_) return *share_;
  const auto found = teams_.find(team_id);
  if (found == teams_.end()) return 0.9;
  const Team& team = found->second;
  double share = team.share + team.trend * static_cast<double>(day - first_day_) / 365;
  if (IsHolidaySeason(day)) share -= team.holidays;
  if (day >= team.short_from && day < team.short_to) share -= 0.3;
  return std::clamp(share, 0.05, 0.99);
}

}  // namespace wissel::simulation
