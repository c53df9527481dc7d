// Owning pointers to what libpq hands out. Internal to libs/pg, the only folder that includes
// <libpq-fe.h>.

#ifndef WISSEL_LIBS_PG_PIPELINE_LIBPQ_PTR_H_
#define WISSEL_LIBS_PG_PIPELINE_LIBPQ_PTR_H_

#include <libpq-fe.h>

#include <memory>

namespace wissel::pg {

struct FinishConnection {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
using ConnectionPtr = std::unique_ptr<PGconn, FinishConnection>;

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
// What the server returned for one command.
using ResultPtr = std::unique_ptr<PGresult, ClearResult>;

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_PIPELINE_LIBPQ_PTR_H_
