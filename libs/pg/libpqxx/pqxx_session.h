// A session over libpqxx. Internal to libs/pg and libs/testing; includes nothing of libpqxx.

#ifndef WISSEL_LIBS_PG_LIBPQXX_PQXX_SESSION_H_
#define WISSEL_LIBS_PG_LIBPQXX_PQXX_SESSION_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "libs/pg/session.h"

namespace wissel::pg {

// See session.h. A transaction begins in a round trip of its own, ahead of its first statement.
class PqxxSession final : public Session {
 public:
  // As Session::Connect; each statement is prepared in a round trip of its own.
  static absl::StatusOr<std::unique_ptr<PqxxSession>> Connect(
      const std::string& conninfo, const std::vector<Statement>& statements);
  ~PqxxSession() override;

  absl::Status Begin(std::optional<absl::string_view> tenant_id, Access access,
                     absl::Duration timeout) override;
  using Transaction::RunAll;
  // In one round trip for each statement.
  absl::StatusOr<std::vector<Result>> RunAll(absl::Span<const Query> queries) override;
  using Transaction::RunLast;
  absl::StatusOr<std::vector<Result>> RunLast(absl::Span<const Query> queries) override;
  absl::Status Commit() override;
  void Rollback() override;
  bool usable() const override;

  // Runs any number of statements separated by semicolons, in the transaction if one was begun and
  // has run a statement. Returns the first column of the first row of the last of them; empty if
  // there is none. INTERNAL `sql` with PostgreSQL's own text when a statement fails: never show
  // that to a caller from outside.
  absl::StatusOr<std::string> Script(const std::string& sql);

 private:
  struct Impl;
  explicit PqxxSession(std::unique_ptr<Impl> impl);
  // For a connection that was found lost before the first statement of a transaction had a result:
  // nothing of it can have been committed, so that it may begin again on a new connection.
  bool Reconnect();
  std::unique_ptr<Impl> impl_;
};

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_LIBPQXX_PQXX_SESSION_H_
