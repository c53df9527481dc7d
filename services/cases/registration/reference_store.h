// Where sequence numbers come from.

#ifndef WISSEL_SERVICES_CASES_REGISTRATION_REFERENCE_STORE_H_
#define WISSEL_SERVICES_CASES_REGISTRATION_REFERENCE_STORE_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/pg/pool.h"

namespace wissel::cases {

// For the pool.
std::vector<pg::Statement> ReferenceStatements();

// References that nobody else has or gets, whatever becomes of the transaction: those that are not
// used leave a gap, of which there is room for a thousand million.
struct TakenReferences {
  std::vector<int64_t> references;
  // The clock of the database.
  absl::Time now;
};

absl::StatusOr<TakenReferences> TakeReferences(pg::Transaction& transaction, int count);

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_REGISTRATION_REFERENCE_STORE_H_
