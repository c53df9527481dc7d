// The cells behind a Result, copied out of the driver so that rows may outlive their connection.

#ifndef WISSEL_LIBS_PG_RESULT_ROWS_H_
#define WISSEL_LIBS_PG_RESULT_ROWS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "libs/pg/result.h"

namespace wissel::pg {

// Internal to libs/pg.
struct Result::Rows {
  // A piece of `text`; size -1 is SQL null.
  struct CellSpan {
    uint32_t begin;
    int32_t size;
  };

  std::vector<std::string> columns;
  int row_count = 0;
  int64_t affected = 0;
  // Row after row.
  std::vector<CellSpan> cells;
  std::string text;
};

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_RESULT_ROWS_H_
