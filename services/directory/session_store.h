// Sessions of people and tokens of machines, of the municipality of the transaction. Tokens come
// and go as hashes (libs/identity/token.h).

#ifndef WISSEL_SERVICES_DIRECTORY_SESSION_STORE_H_
#define WISSEL_SERVICES_DIRECTORY_SESSION_STORE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/pg/pool.h"
#include "wissel/directory/v1/directory.pb.h"

namespace wissel::directory {

// Statements of this store, to prepare with the pool.
std::vector<pg::Statement> SessionStatements();

// UNAUTHENTICATED `invalid_token`, field `token`: by the field callers know what it is about.
absl::Status InvalidToken();

// Who has this token, as a person or as a machine. InvalidToken() when nobody has it or the session
// has ended.
absl::StatusOr<v1::Session> FindSession(pg::Transaction& transaction,
                                        const std::string& token_hash);

// Starts a session of that length, unless the account has another password by now: then false.
// Sweeps sessions that have ended.
absl::StatusOr<bool> InsertSession(pg::Transaction& transaction, const std::string& token_hash,
                                   const std::string& account_id, const std::string& password_hash,
                                   absl::Duration length);

// Ends a session; nothing happens if it is none, or a machine's.
absl::Status DeleteSession(pg::Transaction& transaction, const std::string& token_hash);

// Adds a machine's token. `created_by` is an account id.
absl::Status InsertAccessToken(pg::Transaction& transaction, const std::string& token_hash,
                               const std::string& label, const std::string& created_by);

}  // namespace wissel::directory

#endif  // WISSEL_SERVICES_DIRECTORY_SESSION_STORE_H_
