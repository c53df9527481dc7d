// Forward-only migrations: the files migrations/NNNN_name.sql, in order, each in a transaction of
// its own. A file that was applied and has changed since stops with FAILED_PRECONDITION
// `migration_changed`. Running again applies nothing. Two at once: the second waits (advisory
// lock).

#ifndef WISSEL_LIBS_PG_MIGRATE_H_
#define WISSEL_LIBS_PG_MIGRATE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace wissel::pg {

// Applies what is missing and returns the names of the files that were applied.
// `admin_conninfo` needs the right to create roles and schemas; it is used for nothing else.
absl::StatusOr<std::vector<std::string>> Migrate(const std::string& admin_conninfo,
                                                 absl::string_view directory);

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_MIGRATE_H_
