// SQL over a connection of its own, outside any pool: for migrations, installation and tests.

#ifndef WISSEL_LIBS_PG_SCRIPT_H_
#define WISSEL_LIBS_PG_SCRIPT_H_

#include <string>

#include "absl/status/statusor.h"

namespace wissel::pg {

// Connects, runs any number of statements separated by semicolons, and closes. Returns the first
// column of the first row of the last statement; empty if there is none. INTERNAL `sql` with
// PostgreSQL's own text when a statement fails: never show that to a caller from outside.
absl::StatusOr<std::string> RunScript(const std::string& conninfo, const std::string& sql);

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_SCRIPT_H_
