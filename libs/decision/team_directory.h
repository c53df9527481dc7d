// What deciding needs to know beside the SOP.

#ifndef WISSEL_LIBS_DECISION_TEAM_DIRECTORY_H_
#define WISSEL_LIBS_DECISION_TEAM_DIRECTORY_H_

#include <string>

#include "absl/container/flat_hash_map.h"
#include "libs/sop/sop.h"

namespace wissel::decision {

// What a municipality's other records say, by team id. Any may be empty.
struct TeamDirectory {
  // For reasons; a team without one goes by its id.
  absl::flat_hash_map<std::string, std::string> team_names;
  // Of the service calendar, for teams to which the SOP gives no hours. A team with neither is
  // never open.
  absl::flat_hash_map<std::string, sop::WeekHours> team_hours;
  // For teams to which the SOP gives none.
  absl::flat_hash_map<std::string, std::string> transfer_numbers;
};

}  // namespace wissel::decision

#endif  // WISSEL_LIBS_DECISION_TEAM_DIRECTORY_H_
