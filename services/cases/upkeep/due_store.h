// The statements by which due moments follow the calendar.

#ifndef WISSEL_SERVICES_CASES_UPKEEP_DUE_STORE_H_
#define WISSEL_SERVICES_CASES_UPKEEP_DUE_STORE_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "libs/municipality/municipality_snapshot.h"
#include "libs/pg/pool.h"

namespace wissel::cases {

// An open case with a norm.
struct DueCase {
  int64_t reference = 0;
  absl::Time received_at;
  // As read, and then as it is to be.
  absl::Time due_at;
  municipality::Norm norm;
  // `due_at` is another one than was read.
  bool moved = false;
};

// For the pool.
std::vector<pg::Statement> DueStatements();

// The first `limit` open cases that were counted in a calendar before `calendar_version`, locked
// until the transaction ends.
absl::StatusOr<std::vector<DueCase>> LockOutdated(pg::Transaction& transaction,
                                                  int64_t calendar_version, int limit);

// Stores that `cases`, which this transaction has locked, are counted in `calendar_version` now,
// with an event for each that moved, and notifies the screens if any did.
absl::Status MoveDue(pg::Transaction& transaction, absl::Span<const DueCase> cases,
                     int64_t calendar_version);

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_UPKEEP_DUE_STORE_H_
