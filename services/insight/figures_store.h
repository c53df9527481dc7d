// Reads what figures are shown with: names of teams and targets. Writes nothing.

#ifndef WISSEL_SERVICES_INSIGHT_FIGURES_STORE_H_
#define WISSEL_SERVICES_INSIGHT_FIGURES_STORE_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/pg/pool.h"
#include "services/insight/norm_table.h"

namespace wissel::insight {

// Statements of this store, to prepare with the pool.
std::vector<pg::Statement> FigureStatements();

// Names of the municipality's teams, by id.
absl::StatusOr<std::map<std::string, TeamName>> ReadTeamNames(pg::Transaction& transaction);

// The share that had to be exceeded at `moment`, by team and channel; the first norm that was ever
// set where the period begins before it.
absl::StatusOr<std::map<GroupKey, double>> ReadTargets(pg::Transaction& transaction,
                                                       absl::Time moment);

}  // namespace wissel::insight

#endif  // WISSEL_SERVICES_INSIGHT_FIGURES_STORE_H_
