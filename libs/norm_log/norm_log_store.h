// Reads the event log of a municipality and judges its cases (libs/norms). Writes nothing. For the
// services whose role may read the view cases.figure_event.

#ifndef WISSEL_LIBS_NORM_LOG_NORM_LOG_STORE_H_
#define WISSEL_LIBS_NORM_LOG_NORM_LOG_STORE_H_

#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/norms/log_fold.h"
#include "libs/pg/pool.h"

namespace wissel::norm_log {

// To prepare on every connection.
std::vector<pg::Statement> Statements();

// Passes the cases that were received in [from, to) to `take`, judged as of `as_of`, in no order of
// use. Reads page by page: memory is that of one page, whatever the length of the log. Once a
// transaction. Errors are those of pg::Transaction.
absl::Status JudgeCases(pg::Transaction& transaction, absl::Time from, absl::Time to,
                        absl::Time as_of, absl::FunctionRef<void(norms::JudgedCase)> take);

// Passes the cases with these ids to `take`, judged by all of their events, in the order of ids;
// those that have none are left out. Errors are those of pg::Transaction.
absl::Status JudgeCasesById(pg::Transaction& transaction, const std::vector<int64_t>& case_ids,
                            absl::FunctionRef<void(norms::JudgedCase)> take);

}  // namespace wissel::norm_log

#endif  // WISSEL_LIBS_NORM_LOG_NORM_LOG_STORE_H_
