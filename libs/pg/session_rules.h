// What sessions of both engines do alike. Internal to libs/pg.

#ifndef WISSEL_LIBS_PG_SESSION_RULES_H_
#define WISSEL_LIBS_PG_SESSION_RULES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "libs/pg/transaction.h"

namespace wissel::pg {

// Statements are planned once for each connection: planning takes longer than running most of them,
// and how long a call takes must not depend on the values of the calls before it. Just-in-time
// compilation takes longer than it saves for any of them.
inline constexpr char kSessionSettings[] =
    "set timezone = 'UTC'; set datestyle = 'ISO'; set bytea_output = 'hex';"
    "set client_encoding = 'UTF8'; set client_min_messages = 'warning';"
    "set plan_cache_mode = force_generic_plan; set jit = off";

// `version` is the server's, as libpq numbers it: 150014 is 15.14. FAILED_PRECONDITION
// `postgres_too_old`.
absl::Status CheckVersion(int version);

// Of each query, pointers into its parameters; a null pointer is SQL null. INVALID_ARGUMENT
// `nul_character`: both engines pass texts that end at the first \0.
absl::StatusOr<std::vector<std::vector<const char*>>> TextsOf(absl::Span<const Query> queries);

// For the setting statement_timeout, in milliseconds; "0" for an infinite one.
std::string TimeoutText(absl::Duration timeout);

// INTERNAL: a statement follows the last one of its transaction.
absl::Status TransactionEnded();

// UNAVAILABLE `commit_unknown`: the transaction may have been committed or not.
absl::Status CommitUnknown();

// INTERNAL `sql` for the error of a statement that could not be prepared, with its name; what is
// UNAVAILABLE is returned unchanged.
absl::Status PrepareError(const absl::Status& status);

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_SESSION_RULES_H_
