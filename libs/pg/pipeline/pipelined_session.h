// A session in libpq's pipeline mode. Internal to libs/pg.

#ifndef WISSEL_LIBS_PG_PIPELINE_PIPELINED_SESSION_H_
#define WISSEL_LIBS_PG_PIPELINE_PIPELINED_SESSION_H_

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

// See session.h. Begin goes ahead of the first statement in one round trip; a read does not wait
// for its commit, nor any transaction for its rollback.
class PipelinedSession final : public Session {
 public:
  // As Session::Connect; prepares all statements in one round trip.
  static absl::StatusOr<std::unique_ptr<Session>> Connect(const std::string& conninfo,
                                                          const std::vector<Statement>& statements);
  ~PipelinedSession() override;

  absl::Status Begin(std::optional<absl::string_view> tenant_id, Access access,
                     absl::Duration timeout) override;
  using Transaction::RunAll;
  absl::StatusOr<std::vector<Result>> RunAll(absl::Span<const Query> queries) override;
  using Transaction::RunLast;
  absl::StatusOr<std::vector<Result>> RunLast(absl::Span<const Query> queries) override;
  absl::Status Commit() override;
  void Rollback() override;
  bool usable() const override;

 private:
  struct Impl;
  explicit PipelinedSession(std::unique_ptr<Impl> impl);
  // Runs all in one round trip.
  absl::StatusOr<std::vector<Result>> RunBatch(absl::Span<const Query> queries, bool then_commit);
  // For a connection that was found lost with the first statement of a transaction: nothing of it
  // can have been committed, so that it may begin again on a new connection.
  bool Reconnect();
  std::unique_ptr<Impl> impl_;
};

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_PIPELINE_PIPELINED_SESSION_H_
