// The rows that a Result shares; they outlive the connection that they came from.

#ifndef WISSEL_LIBS_PG_RESULT_ROWS_H_
#define WISSEL_LIBS_PG_RESULT_ROWS_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "libs/pg/libpq_ptr.h"
#include "libs/pg/result.h"

namespace wissel::pg {

// Internal to libs/pg.
struct Result::Rows {
  explicit Rows(ResultPtr from);

  ResultPtr result;
  // Names, in the memory of `result`.
  std::vector<absl::string_view> columns;
};

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_RESULT_ROWS_H_
