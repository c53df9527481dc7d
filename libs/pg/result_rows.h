// The answer behind a Result; it outlives its connection.

#ifndef WISSEL_LIBS_PG_RESULT_ROWS_H_
#define WISSEL_LIBS_PG_RESULT_ROWS_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "libs/pg/link.h"
#include "libs/pg/result.h"

namespace wissel::pg {

// Internal to libs/pg.
struct Result::Rows {
  explicit Rows(AnswerPtr from);

  AnswerPtr answer;
  // Names; they live in the answer.
  std::vector<absl::string_view> columns;
};

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_RESULT_ROWS_H_
