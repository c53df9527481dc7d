// One connection to PostgreSQL. Internal to libs/pg: the pool lends it to one thread at a time.

#ifndef WISSEL_LIBS_PG_CONNECTION_H_
#define WISSEL_LIBS_PG_CONNECTION_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "libs/pg/transaction.h"

namespace wissel::pg {

class Connection final : public Transaction {
 public:
  // Connects, prepares `statements` and refuses a server with known row-security leaks:
  // FAILED_PRECONDITION `postgres_too_old`.
  static absl::StatusOr<std::unique_ptr<Connection>> Connect(
      const std::string& conninfo, const std::vector<Statement>& statements);
  ~Connection() override;

  // `version` is the server's, as libpq numbers it: 150014 is 15.14.
  static absl::Status CheckVersion(int version);

  // The transaction begins with its first statement, in one round trip. None of its statements may
  // take longer than `timeout`. UNAVAILABLE when the connection is seen to be lost.
  absl::Status Begin(std::optional<absl::string_view> tenant_id, Access access,
                     absl::Duration timeout);
  using Transaction::RunAll;
  absl::StatusOr<std::vector<Result>> RunAll(absl::Span<const Query> queries) override;
  using Transaction::RunLast;
  absl::StatusOr<std::vector<Result>> RunLast(absl::Span<const Query> queries) override;
  absl::Status Commit();
  void Rollback();

  // Runs any number of statements; returns the first column of the first row of the last one.
  absl::StatusOr<std::string> Script(const std::string& sql);

  // The first error since Begin; OK if there was none.
  const absl::Status& error() const { return error_; }
  // False once the connection must not be used again.
  bool usable() const;

 private:
  struct Impl;
  explicit Connection(std::unique_ptr<Impl> impl);
  // Runs all in one round trip.
  absl::StatusOr<std::vector<Result>> RunBatch(absl::Span<const Query> queries, bool then_commit);
  // For a connection that was found lost with the first statement of a transaction: nothing of it
  // can have been committed, so that it may begin again on a new connection.
  bool Reconnect();
  std::unique_ptr<Impl> impl_;
  absl::Status error_;
};

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_CONNECTION_H_
