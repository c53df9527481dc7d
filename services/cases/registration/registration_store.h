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

// What was stored of a batch.
struct Stored {
  // Moment of receipt: the start of the transaction, by the clock of the database.
  absl::Time received_at;
  // Of those whose keys and messages were new.
  absl::flat_hash_set<int64_t> references;
};

// What became of a batch.
struct Inserted {
  // False: the directory or the day has changed, and nothing was stored.
  bool precondition_held = false;
  Stored stored;
};

// Stores the rows that are new, with all that belongs to them, if the precondition holds; else
// nothing. No two of them have the same key or message. One that another transaction is writing is
// waited for: everybody inserts contacts in the order of their messages and keys, so two batches
// never wait for each other in a circle. FAILED_PRECONDITION `no_such_municipality`.
//
// StoreNew commits them in the same round trip (Transaction::RunLast).
absl::StatusOr<Stored> StoreNew(pg::Transaction& transaction, absl::Span<const NewCase> rows,
                                const BatchPrecondition& precondition);

// InsertNew lets the transaction go on.
absl::StatusOr<Inserted> InsertNew(pg::Transaction& transaction, absl::Span<const NewCase> rows,
                                   const BatchPrecondition& precondition);

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_REGISTRATION_REGISTRATION_STORE_H_
