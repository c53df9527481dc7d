// SQL over a connection of its own, outside any pool.

#ifndef WISSEL_LIBS_TESTING_SQL_SCRIPT_H_
#define WISSEL_LIBS_TESTING_SQL_SCRIPT_H_

#include <string>

#include "absl/status/statusor.h"

namespace wissel::testing {

// Connects, runs any number of statements separated by semicolons, and closes. Returns the first
// column of the first row of the last statement; empty if there is none. INTERNAL `sql` with
// PostgreSQL's own text when a statement fails.
absl::StatusOr<std::string> RunScript(const std::string& conninfo, const std::string& sql);

}  // namespace wissel::testing

#endif  // WISSEL_LIBS_TESTING_SQL_SCRIPT_H_
