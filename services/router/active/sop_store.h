// SQL of the versions of the SOP.

#ifndef WISSEL_SERVICES_ROUTER_ACTIVE_SOP_STORE_H_
#define WISSEL_SERVICES_ROUTER_ACTIVE_SOP_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/pg/pool.h"

namespace wissel::router {

// Of all versions the highest whose moment has come is in force. So versions that wait are void as
// soon as a higher one is in force.

// One version.
struct StoredSop {
  int64_t version = 0;
  std::string document;
  absl::Time in_force_from;
};

// What holds in a municipality, by the clock of the database.
struct SopState {
  // Changes with every change of the directory that matters; see MunicipalitySnapshot.
  int64_t directory_version = 0;
  // The last version whose agreements the directory has taken over.
  int64_t applied_version = 0;
  // In force; 0: none.
  int64_t version = 0;
  // The next that comes into force; 0: none waits.
  int64_t next_version = 0;
  // Until then; InfiniteDuration if none waits.
  absl::Duration until_next = absl::InfiniteDuration();
};

// A version to store.
struct NewSop {
  int64_t version = 0;
  std::string document;
  // Account, or the part of Wissel.
  std::string loaded_by;
  // Display name; may be empty.
  std::string loaded_by_name;
  // Of its draft.
  std::string title;
  // Absent: now.
  std::optional<absl::Time> in_force_from;
};

// To prepare on every connection.
std::vector<pg::Statement> SopStatements();

// All other work in the municipality of `transaction`; errors are those of pg::Transaction.

// FAILED_PRECONDITION `no_such_municipality`.
absl::StatusOr<SopState> ReadSopState(pg::Transaction& transaction);

// One version; 0: the one in force. Absent if there is none.
absl::StatusOr<std::optional<StoredSop>> ReadSop(pg::Transaction& transaction, int64_t version);

// The highest version, without its document, whether or not its moment has come; version 0 and
// InfinitePast if there is none.
absl::StatusOr<StoredSop> ReadLastSop(pg::Transaction& transaction);

// Makes other writers of this municipality wait until the transaction ends, so that versions and
// drafts follow each other. Before anything is read on which a write depends.
absl::Status LockSop(pg::Transaction& transaction);

// Stores the next version and notifies every node when the transaction commits. The moment from
// which it is in force.
absl::StatusOr<absl::Time> InsertSop(pg::Transaction& transaction, const NewSop& sop);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_ACTIVE_SOP_STORE_H_
