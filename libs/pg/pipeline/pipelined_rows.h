// Rows as libpq holds them. Internal to libs/pg.

#ifndef WISSEL_LIBS_PG_PIPELINE_PIPELINED_ROWS_H_
#define WISSEL_LIBS_PG_PIPELINE_PIPELINED_ROWS_H_

#include "libs/pg/pipeline/libpq_ptr.h"
#include "libs/pg/result_rows.h"

namespace wissel::pg {

// Keeps the result of libpq itself: nothing is copied.
struct PipelinedRows final : Result::Rows {
  explicit PipelinedRows(ResultPtr from);

  int64_t affected() const override;
  std::optional<absl::string_view> Find(int row, int column) const override;

  ResultPtr result;
};

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_PIPELINE_PIPELINED_ROWS_H_
