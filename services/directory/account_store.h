// Accounts with their roles and teams, of the municipality of the transaction.

#ifndef WISSEL_SERVICES_DIRECTORY_ACCOUNT_STORE_H_
#define WISSEL_SERVICES_DIRECTORY_ACCOUNT_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/pg/pool.h"
#include "services/directory/account.h"

namespace wissel::directory {

// Statements of this store, to prepare with the pool.
std::vector<pg::Statement> AccountStatements();

// What a password is compared with.
struct Credentials {
  std::string account_id;
  std::string password_hash;
};

// Nothing if nobody has that name.
absl::StatusOr<std::optional<Credentials>> FindCredentials(pg::Transaction& transaction,
                                                           const std::string& folded_login);

// Makes the account with this sign-in name, or replaces what it says; its id. Without a
// `password_hash` the password stays; with one, all sessions of the account end.
// INVALID_ARGUMENT `required`, field `password`: a new account needs one. Accounts that are put at
// the same time come one after another.
absl::StatusOr<std::string> PutAccount(pg::Transaction& transaction, const Account& account,
                                       const std::optional<std::string>& password_hash);

}  // namespace wissel::directory

#endif  // WISSEL_SERVICES_DIRECTORY_ACCOUNT_STORE_H_
