// Rows as libpqxx holds them. Internal to libs/pg.

#ifndef WISSEL_LIBS_PG_LIBPQXX_PQXX_ROWS_H_
#define WISSEL_LIBS_PG_LIBPQXX_PQXX_ROWS_H_

#include <pqxx/result>
#include <vector>

#include "libs/pg/result_rows.h"

namespace wissel::pg {

// Shares the result of libpqxx. Every look at a cell through pqxx::row and pqxx::field copies four
// shared pointers in libpqxx 6.4, so the cells are looked up once, row by row.
struct PqxxRows final : Result::Rows {
  explicit PqxxRows(pqxx::result from);

  int64_t affected() const override;
  std::optional<absl::string_view> Find(int row, int column) const override;

  pqxx::result result;
  // Row by row, in the memory of `result`; null for SQL null.
  std::vector<const char*> cells;
};

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_LIBPQXX_PQXX_ROWS_H_
