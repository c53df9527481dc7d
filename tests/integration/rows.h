// All rows of a municipality, for tests that nothing of them changes.

#ifndef WISSEL_TESTS_INTEGRATION_ROWS_H_
#define WISSEL_TESTS_INTEGRATION_ROWS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "libs/testing/postgres.h"

namespace wissel::testing {

// A digest of every row that the municipality has, table by table: "case_file <md5>, contact ...".
// Left out are the tries to sign in, which anybody may make, and what services/insight counts from
// the other rows.
std::string RowsOf(const TestDatabase& database, absl::string_view tenant_id);

}  // namespace wissel::testing

#endif  // WISSEL_TESTS_INTEGRATION_ROWS_H_
