// One connection to PostgreSQL and the transaction that is open on it. Internal to libs/pg: the
// pool lends a session to one thread at a time.

#ifndef WISSEL_LIBS_PG_SESSION_H_
#define WISSEL_LIBS_PG_SESSION_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/pg/engine.h"
#include "libs/pg/transaction.h"

namespace wissel::pg {

// Implemented once for each engine. Errors are those of pool.h.
class Session : public Transaction {
 public:
  // Connects, prepares `statements` and refuses a server with known row-security leaks:
  // FAILED_PRECONDITION `postgres_too_old`. A statement that cannot be prepared is INTERNAL with
  // its name.
  static absl::StatusOr<std::unique_ptr<Session>> Connect(Engine engine,
                                                          const std::string& conninfo,
                                                          const std::vector<Statement>& statements);

  // The transaction begins with its first statement. None of its statements may take longer than
  // `timeout`. UNAVAILABLE when the connection is seen to be lost; it is not usable then.
  virtual absl::Status Begin(std::optional<absl::string_view> tenant_id, Access access,
                             absl::Duration timeout) = 0;
  virtual absl::Status Commit() = 0;
  virtual void Rollback() = 0;

  // False once the connection must not be used again.
  virtual bool usable() const = 0;
  // The first error since Begin; OK if there was none.
  const absl::Status& error() const { return error_; }

 protected:
  absl::Status error_;
};

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_SESSION_H_
