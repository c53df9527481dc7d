// Owners of what libpq hands out. Internal to libs/pg, the only place that includes <libpq-fe.h>.

#ifndef WISSEL_LIBS_PG_LINK_H_
#define WISSEL_LIBS_PG_LINK_H_

#include <libpq-fe.h>

#include <memory>

namespace wissel::pg {

struct EndLink {
  void operator()(PGconn* link) const { PQfinish(link); }
};
using LinkPtr = std::unique_ptr<PGconn, EndLink>;

struct FreeAnswer {
  void operator()(PGresult* answer) const { PQclear(answer); }
};
// One answer of the server.
using AnswerPtr = std::unique_ptr<PGresult, FreeAnswer>;

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_LINK_H_
