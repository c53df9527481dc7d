// How quick a team is: which share of its cases it answers in time, and how that changes over the
// year, by holidays, by who leaves and by who learns.

#ifndef WISSEL_SERVICES_WISSEL_SIMULATION_PACE_H_
#define WISSEL_SERVICES_WISSEL_SIMULATION_PACE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "libs/municipality/municipality_snapshot.h"

namespace wissel::simulation {

// Immutable, so thread-safe.
class Pace {
 public:
  // `share` is what all teams come near to, 0 to 1; absent: each team has its own. 1 is always.
  Pace(uint64_t seed, std::optional<double> share, absl::CivilDay first_day,
       const municipality::MunicipalitySnapshot& municipality);

  // Share of the cases that `team_id` receives on `day` and answers in time.
  double ShareInTime(absl::string_view team_id, absl::CivilDay day) const;

 private:
  struct Team {
    double share = 0;
    // More a year.
    double trend = 0;
    // How much of it is lost in the weeks in which many are away.
    double holidays = 0;
    // Some weeks in which somebody had left.
    absl::CivilDay short_from, short_to;
  };

  const std::optional<double> share_;
  const absl::CivilDay first_day_;
  absl::flat_hash_map<std::string, Team> teams_;
};

}  // namespace wissel::simulation

#endif  // WISSEL_SERVICES_WISSEL_SIMULATION_PACE_H_
