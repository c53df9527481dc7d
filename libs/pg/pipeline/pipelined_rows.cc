#include "libs/pg/pipeline/pipelined_rows.h"

#include <utility>

#include "absl/strings/numbers.h"

namespace wissel::pg {

PipelinedRows::PipelinedRows(ResultPtr from) : result(std::move(from)) {
  size = PQntuples(result.get());
  const int count = PQnfields(result.get());
  columns.reserve(count);
  for (int i = 0; i < count; ++i) columns.emplace_back(PQfname(result.get(), i));
}

int64_t PipelinedRows::affected() const {
  int64_t count = 0;
  return absl::SimpleAtoi(PQcmdTuples(result.get()), &count) ? count : 0;
}

std::optional<absl::string_view> PipelinedRows::Find(int row, int column) const {
  if (PQgetisnull(result.get(), row, column) != 0) return std::nullopt;
  return absl::string_view(PQgetvalue(result.get(), row, column),
                           PQgetlength(result.get(), row, column));
}

}  // namespace wissel::pg
