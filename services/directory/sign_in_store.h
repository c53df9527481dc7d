// Wrong tries on a sign-in name, of the municipality of the transaction. Only a hash of the name is
// kept. Ten within 15 minutes are the limit, by the clock of the database.

#ifndef WISSEL_SERVICES_DIRECTORY_SIGN_IN_STORE_H_
#define WISSEL_SERVICES_DIRECTORY_SIGN_IN_STORE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/pg/pool.h"

namespace wissel::directory {

// Statements of this store, to prepare with the pool.
std::vector<pg::Statement> SignInStatements();

// NOT_FOUND `unknown_municipality`.
absl::Status CheckMunicipality(pg::Transaction& transaction);

// Whether the limit is reached.
absl::StatusOr<bool> TriesAreSpent(pg::Transaction& transaction, const std::string& folded_login);

// Counts one more; false if the limit was reached before it, and it does not count then. Sweeps
// names on which nobody has tried lately.
absl::StatusOr<bool> RecordWrongTry(pg::Transaction& transaction, const std::string& folded_login);

// Forgets wrong tries, unless the limit is reached: then false. Those who count at the same time
// come before or after.
absl::StatusOr<bool> ClearTries(pg::Transaction& transaction, const std::string& folded_login);

}  // namespace wissel::directory

#endif  // WISSEL_SERVICES_DIRECTORY_SIGN_IN_STORE_H_
