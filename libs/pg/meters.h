// What libs/pg tells /metrics. Internal to libs/pg.

#ifndef WISSEL_LIBS_PG_METERS_H_
#define WISSEL_LIBS_PG_METERS_H_

#include <prometheus/histogram.h>

#include "absl/strings/string_view.h"

namespace wissel::pg {

// Seconds from sending a statement to having all its rows: `wissel_pg_statement_seconds`, by the
// name of the statement. Lives as long as the process; look it up once a connection.
prometheus::Histogram& StatementSeconds(absl::string_view statement);

// Seconds that a transaction waited for a connection: `wissel_pg_wait_seconds`.
prometheus::Histogram& WaitSeconds();

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_METERS_H_
