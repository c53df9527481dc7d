// Maps errors of PostgreSQL to absl::Status. Internal to libs/pg.

#ifndef WISSEL_LIBS_PG_SQL_ERROR_H_
#define WISSEL_LIBS_PG_SQL_ERROR_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "libs/pg/failure.h"

namespace wissel::pg {

// UNAVAILABLE `database_away`: nothing was written.
absl::Status DatabaseAway(absl::string_view what);

// Status for the error that PostgreSQL returned for `what` (the name of a statement).
// PostgreSQL's own text may quote the values of a row, so only constraint names and, for faults of
// the program, names of the schema are taken from it.
absl::Status StatusOf(const Failure& failure, absl::string_view what);

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_SQL_ERROR_H_
