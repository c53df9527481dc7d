// Connections to PostgreSQL, and the only way to run a statement.
//
//   absl::Status status = pool.InTenant("GM0603", deadline, pg::Access::kWrite,
//       [&](pg::Transaction& transaction) -> absl::Status {
//         WISSEL_ASSIGN_OR_RETURN(pg::Result rows, transaction.Run(kFindCase, {reference}));
//         ...
//         return absl::OkStatus();
//       });
//
// A transaction belongs to one municipality: its code is set as the first statement, and row-level
// security hides all else.
//
// Errors: what `body` returns, after a rollback. UNAVAILABLE `database_away` when no connection
// could be had or it broke before the commit: nothing was written. UNAVAILABLE `commit_unknown`
// when it broke during the commit: the caller tries again with its idempotency key.
// ABORTED `serialization` after a deadlock or serialization failure: nothing was written.
// RESOURCE_EXHAUSTED `no_connection` when all connections stay taken until `deadline`,
// `database_full` when PostgreSQL has no room. DEADLINE_EXCEEDED `deadline` or `statement_timeout`;
// a commit is never cancelled. A violated constraint is FAILED_PRECONDITION `constraint` with fact
// `constraint` = its name, or `column` for a null that may not be. PERMISSION_DENIED
// `refused_by_database`: a row of another municipality, or a table that the role may not touch.
// INVALID_ARGUMENT `nul_character`, `invalid_utf8`,
// or `invalid_code` for a municipality.
//
// Thread-safe. A broken connection is replaced on the next use.

#ifndef WISSEL_LIBS_PG_POOL_H_
#define WISSEL_LIBS_PG_POOL_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/pg/engine.h"
#include "libs/pg/statement.h"
#include "libs/pg/transaction.h"

namespace wissel::pg {

// What a pool needs to know.
struct PoolOptions {
  // libpq connection string, with the role of the service.
  std::string conninfo;
  // Connections at most.
  int size = 8;
  Engine engine = Engine::kLibpqxx;
  // Prepared on every connection.
  std::vector<Statement> statements;
};

// See the top of the file.
class Pool {
 public:
  // Connects once and prepares every statement; a statement that cannot be prepared is INTERNAL
  // with its name. Later connections are made when they are needed.
  static absl::StatusOr<std::unique_ptr<Pool>> Open(PoolOptions options);
  ~Pool();

  using Body = absl::FunctionRef<absl::Status(Transaction&)>;

  // Runs `body` in one transaction of the municipality and commits it.
  absl::Status InTenant(absl::string_view tenant_id, absl::Time deadline, Access access, Body body);

  // Without a municipality: sees only what has none. For the list of municipalities.
  absl::Status WithoutTenant(absl::Time deadline, Access access, Body body);

  // Whether the database answers within `deadline`.
  absl::Status Ping(absl::Time deadline);

 private:
  class Impl;
  explicit Pool(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_POOL_H_
