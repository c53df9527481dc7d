// Stores histories of cases. For a simulation: a municipality's own past comes in by
// history_store.h.

#ifndef WISSEL_SERVICES_CASES_HISTORY_CASE_HISTORY_STORE_H_
#define WISSEL_SERVICES_CASES_HISTORY_CASE_HISTORY_STORE_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "libs/pg/pool.h"
#include "services/cases/history/case_history.h"

namespace wissel::cases {

// To prepare on every connection.
std::vector<pg::Statement> CaseHistoryStatements();

// Stores those whose key is not there, with their contacts and events, and returns how many that
// were. Idempotent: a history whose key is known changes nothing.
absl::StatusOr<int64_t> InsertHistories(pg::Transaction& transaction,
                                        absl::Span<const CaseHistory> histories);

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_HISTORY_CASE_HISTORY_STORE_H_
