// Who works at a simulated municipality: its accounts, and made-up colleagues who have none.

#ifndef WISSEL_SERVICES_WISSEL_SIMULATION_STAFF_H_
#define WISSEL_SERVICES_WISSEL_SIMULATION_STAFF_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "libs/municipality/municipality_snapshot.h"
#include "libs/rpc/principal.h"
#include "services/wissel/simulation/dice.h"

namespace wissel::simulation {

// Immutable, so thread-safe. What it returns lives as long.
class Staff {
 public:
  // `accounts` with their roles and teams. Larger municipalities have larger teams.
  Staff(uint64_t seed, int64_t inhabitants, const municipality::MunicipalitySnapshot& municipality,
        const std::vector<rpc::Principal>& accounts);

  // Somebody who works the team, or works at the KCC for a team that is not there.
  const rpc::Principal& OneOf(absl::string_view team_id, Dice& dice) const;

  // The same, among those who have an account; null if the team has none. A case that is in hand
  // today is with one of these, or it would be released at once.
  const rpc::Principal* OneWithAccount(absl::string_view team_id, Dice& dice) const;

 private:
  struct Team {
    // Those with an account come first.
    std::vector<rpc::Principal> colleagues;
    size_t with_account = 0;
  };
  const Team& Find(absl::string_view team_id) const;

  absl::flat_hash_map<std::string, Team> teams_;
  std::string kcc_team_id_;
};

}  // namespace wissel::simulation

#endif  // WISSEL_SERVICES_WISSEL_SIMULATION_STAFF_H_
