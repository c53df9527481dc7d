#include "libs/pg/failure.h"

namespace wissel::pg {

Failure FailureOf(const PGresult* result) {
  const auto field = [result](int code) {
    const char* const value = PQresultErrorField(result, code);
    return std::string(value == nullptr ? "" : value);
  };
  return {.sqlstate = field(PG_DIAG_SQLSTATE),
          .message = field(PG_DIAG_MESSAGE_PRIMARY),
          .constraint = field(PG_DIAG_CONSTRAINT_NAME),
          .column = field(PG_DIAG_COLUMN_NAME),
          .table = field(PG_DIAG_TABLE_NAME)};
}

}  // namespace wissel::pg
