// The rows that a Result shares; they outlive the connection that they came from.

#ifndef WISSEL_LIBS_PG_RESULT_ROWS_H_
#define WISSEL_LIBS_PG_RESULT_ROWS_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "libs/pg/result.h"

namespace wissel::pg {

// Internal to libs/pg. Implemented once for each engine; immutable, so that threads may share it.
struct Result::Rows {
  virtual ~Rows() = default;

  // Rows inserted, updated or deleted.
  virtual int64_t affected() const = 0;
  // Absent: SQL null. REQUIRES: both are in range.
  virtual std::optional<absl::string_view> Find(int row, int column) const = 0;

  int size = 0;
  // Names, in memory that lives as long as this.
  std::vector<absl::string_view> columns;
};

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_RESULT_ROWS_H_
