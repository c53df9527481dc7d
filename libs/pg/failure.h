// The fields of an error that PostgreSQL returned. Internal to libs/pg.

#ifndef WISSEL_LIBS_PG_FAILURE_H_
#define WISSEL_LIBS_PG_FAILURE_H_

#include <libpq-fe.h>

#include <string>

namespace wissel::pg {

// Owns its texts. Each is empty if the server did not send that field.
struct Failure {
  // Empty also when the connection was lost before the server could answer.
  std::string sqlstate;
  // May quote values of a row: never to be shown except for class 42.
  std::string message;
  std::string constraint;
  std::string column;
  std::string table;
};

// Of a result that reports an error; `result` may be null.
Failure FailureOf(const PGresult* result);

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_FAILURE_H_
