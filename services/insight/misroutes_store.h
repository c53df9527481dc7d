// Reads where contacts went and where they belonged. Writes nothing.

#ifndef WISSEL_SERVICES_INSIGHT_MISROUTES_STORE_H_
#define WISSEL_SERVICES_INSIGHT_MISROUTES_STORE_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/pg/pool.h"
#include "services/insight/misroutes.h"

namespace wissel::insight {

// Statements of this store, to prepare with the pool.
std::vector<pg::Statement> MisrouteStatements();

// Of the cases received in [from, to), as FillMisroutes wants them: of each cell of misrouted ones
// the latest kMostExamples, of each other cell one. Cases that were closed at first contact or
// imported went nowhere. A return without a suggestion belongs where the KCC sent it next.
absl::StatusOr<std::vector<RoutedCase>> ReadRoutedCases(pg::Transaction& transaction,
                                                        absl::Time from, absl::Time to);

}  // namespace wissel::insight

#endif  // WISSEL_SERVICES_INSIGHT_MISROUTES_STORE_H_
