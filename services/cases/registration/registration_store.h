// Writes registrations: three rows each (case, first contact, event RECEIVED).

#ifndef WISSEL_SERVICES_CASES_REGISTRATION_REGISTRATION_STORE_H_
#define WISSEL_SERVICES_CASES_REGISTRATION_REGISTRATION_STORE_H_

#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "libs/pg/pool.h"
#include "services/cases/registration/registration.h"

namespace wissel::cases {

// For the pool.
std::vector<pg::Statement> RegistrationStatements();

// What the rows of a batch were made with: the directory, and the local day of receipt, which the
// norms and due moments go by.
struct BatchPrecondition {
  int64_t directory_version = 0;
  absl::Time received_from;
  absl::Time received_before;
};

// What became of a batch.
struct Inserted {
  // False: the directory or the day has changed, and nothing was stored.
  bool precondition_held = false;
  // Moment of receipt: the start of the transaction, by the clock of the database.
  absl::Time received_at;
  // Of those whose keys were new, which are stored.
  absl::flat_hash_set<int64_t> references;
};

// Stores the rows whose keys are new, with all that belongs to them, if the precondition holds: in
// one statement. A key that another transaction is writing is waited for. No two rows have the same
// key or message. Everybody inserts contacts in the order of their messages and keys, so two
// batches never wait for each other in a circle. FAILED_PRECONDITION `no_such_municipality`.
absl::StatusOr<Inserted> InsertBatch(pg::Transaction& transaction, absl::Span<const NewCase> rows,
                                     const BatchPrecondition& precondition);

// Rows up to which InsertFew takes less time than InsertBatch.
inline constexpr size_t kFewRows = 2;

// Stores all rows by plain inserts in one round trip, or ABORTED: the precondition does not hold, a
// key is not new or a row is refused; InsertBatch in another transaction tells which.
absl::StatusOr<Inserted> InsertFew(pg::Transaction& transaction, absl::Span<const NewCase> rows,
                                   const BatchPrecondition& precondition);

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_REGISTRATION_REGISTRATION_STORE_H_
