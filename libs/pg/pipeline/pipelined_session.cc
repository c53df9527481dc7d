#include "libs/pg/pipeline/pipelined_session.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "libs/pg/conninfo.h"
#include "libs/pg/meters.h"
#include "libs/pg/pipeline/pipeline.h"
#include "libs/pg/pipeline/pipelined_rows.h"
#include "libs/pg/session_rules.h"
#include "libs/pg/sql_error.h"

namespace wissel::pg {
namespace {

constexpr Statement kBeginWrite = {"pg_begin", "begin"};
constexpr Statement kBeginRead = {"pg_begin_read",
                                  "begin isolation level repeatable read, read only"};
// An empty municipality means none: the policies of all tables say so.
constexpr Statement kSettings = {
    "pg_settings",
    "select set_config('wissel.tenant', $1, true), set_config('statement_timeout', $2, true)"};
constexpr Statement kNoTimeout = {"pg_no_timeout", "set local statement_timeout = 0"};
constexpr Statement kCommit = {"pg_commit", "commit"};
constexpr Statement kRollback = {"pg_rollback", "rollback"};

// The first line of the error, for DatabaseAway: the others only name the hosts again.
std::string CauseOf(PGconn* connection) {
  const absl::string_view message = PQerrorMessage(connection);
  return std::string(message.substr(0, message.find('\n')));
}

absl::StatusOr<ConnectionPtr> Open(const std::string& conninfo) {
  ConnectionPtr connection(PQconnectdb(WithDefaults(conninfo).c_str()));
  if (PQstatus(connection.get()) != CONNECTION_OK) {
    return DatabaseAway(absl::StrCat("connect: ", CauseOf(connection.get())));
  }
  return connection;
}

}  // namespace

struct PipelinedSession::Impl {
  // Connects and prepares.
  static absl::StatusOr<std::unique_ptr<Impl>> Make(const std::string& conninfo,
                                                    const std::vector<Statement>& statements);

  explicit Impl(ConnectionPtr connection) : pipeline(std::move(connection)) {}

  // Sends statements with their values, in one round trip. A begin that is due goes ahead of them.
  Pipeline::BatchResult Run(absl::Span<const Query> queries,
                            absl::Span<const std::vector<const char*>> values, bool then_commit);
  // A commit that is cancelled may be half-way to its standby: nothing may time it out.
  void ExecuteCommit();

  std::string conninfo;
  std::vector<Statement> statements;
  Pipeline pipeline;
  absl::flat_hash_map<std::string, prometheus::Histogram*> seconds;
  bool broken = false;
  bool begin_is_due = false;
  // The transaction has ended with its last statements.
  bool ended = false;
  Access access = Access::kRead;
  std::string tenant_id;
  // In milliseconds; "0": none.
  std::string timeout;
};

Pipeline::BatchResult PipelinedSession::Impl::Run(absl::Span<const Query> queries,
                                                  absl::Span<const std::vector<const char*>> values,
                                                  bool then_commit) {
  if (std::exchange(begin_is_due, false)) {
    pipeline.Execute(access == Access::kRead ? kBeginRead.name : kBeginWrite.name, {});
    pipeline.Execute(kSettings.name, {tenant_id.c_str(), timeout.c_str()});
  }
  for (size_t i = 0; i < queries.size(); ++i) {
    pipeline.Execute(queries[i].statement.name, values[i]);
  }
  if (then_commit) ExecuteCommit();
  return pipeline.Flush();
}

void PipelinedSession::Impl::ExecuteCommit() {
  if (access == Access::kWrite && timeout != "0") pipeline.Execute(kNoTimeout.name, {});
  pipeline.Execute(kCommit.name, {});
}

absl::StatusOr<std::unique_ptr<PipelinedSession::Impl>> PipelinedSession::Impl::Make(
    const std::string& conninfo, const std::vector<Statement>& statements) {
  WISSEL_ASSIGN_OR_RETURN(ConnectionPtr connection, Open(conninfo));
  WISSEL_RETURN_IF_ERROR(CheckVersion(PQserverVersion(connection.get())));
  // The verbose form tells where in a script the error is.
  PQsetErrorVerbosity(connection.get(), PQERRORS_VERBOSE);
  auto impl = std::make_unique<Impl>(std::move(connection));
  impl->conninfo = conninfo;
  impl->statements = statements;
  if (PQresultStatus(impl->pipeline.Script(kSessionSettings).get()) != PGRES_COMMAND_OK) {
    return DatabaseAway("session");
  }
  std::vector<Statement> all = {kBeginWrite, kBeginRead, kSettings, kNoTimeout, kCommit, kRollback};
  all.insert(all.end(), statements.begin(), statements.end());
  for (const Statement& statement : all) {
    impl->pipeline.Prepare(statement);
    impl->seconds[statement.name] = &StatementSeconds(statement.name);
  }
  const Pipeline::BatchResult prepared = impl->pipeline.Flush();
  if (prepared.ok()) return impl;
  if (prepared.failure == nullptr) return DatabaseAway("prepare");
  return PrepareError(StatusOf(FailureOf(prepared.failure.get()), all[prepared.failed].name));
}

PipelinedSession::PipelinedSession(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PipelinedSession::~PipelinedSession() = default;

bool PipelinedSession::usable() const { return !impl_->broken && impl_->pipeline.usable(); }

absl::StatusOr<std::unique_ptr<Session>> PipelinedSession::Connect(
    const std::string& conninfo, const std::vector<Statement>& statements) {
  WISSEL_ASSIGN_OR_RETURN(std::unique_ptr<Impl> impl, Impl::Make(conninfo, statements));
  return std::unique_ptr<Session>(new PipelinedSession(std::move(impl)));
}

absl::Status PipelinedSession::Begin(std::optional<absl::string_view> tenant_id, Access access,
                                     absl::Duration timeout) {
  error_ = absl::OkStatus();
  if (!impl_->pipeline.CheckIdle()) {
    impl_->broken = true;
    return error_ = DatabaseAway("begin");
  }
  impl_->timeout = TimeoutText(timeout);
  impl_->tenant_id = std::string(tenant_id.value_or(""));
  impl_->access = access;
  impl_->begin_is_due = true;
  impl_->ended = false;
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Result>> PipelinedSession::RunAll(absl::Span<const Query> queries) {
  return RunBatch(queries, false);
}

absl::StatusOr<std::vector<Result>> PipelinedSession::RunLast(absl::Span<const Query> queries) {
  return RunBatch(queries, true);
}

absl::StatusOr<std::vector<Result>> PipelinedSession::RunBatch(absl::Span<const Query> queries,
                                                               bool then_commit) {
  if (!error_.ok()) return error_;
  if (impl_->ended) return error_ = TransactionEnded();
  const absl::StatusOr<std::vector<std::vector<const char*>>> values = TextsOf(queries);
  if (!values.ok()) return error_ = values.status();
  const absl::Time begin = absl::Now();
  const bool is_first = impl_->begin_is_due;
  // Nobody can tell whether what was sent with its commit was done, so it is not sent again.
  const bool commits_writes = then_commit && impl_->access == Access::kWrite;
  const int warnings = impl_->pipeline.warnings();
  Pipeline::BatchResult batch = impl_->Run(queries, *values, then_commit);
  if (!usable() && is_first && !commits_writes && Reconnect()) {
    batch = impl_->Run(queries, *values, then_commit);
  }
  // Begin and its settings.
  const size_t first = is_first ? 2 : 0;
  if (!batch.ok()) {
    // The commands ahead of the statements do not fail.
    const size_t failed = batch.failed - std::min(batch.failed, first);
    const bool in_commit = failed >= queries.size();
    impl_->ended = in_commit;
    const char* const name = in_commit ? kCommit.name : queries[failed].statement.name;
    error_ = usable() ? StatusOf(FailureOf(batch.failure.get()), name) : DatabaseAway(name);
    if (absl::IsUnavailable(error_)) impl_->broken = true;
    if (commits_writes && impl_->broken) error_ = CommitUnknown();
    return error_;
  }
  if (commits_writes && impl_->pipeline.warnings() != warnings) {
    impl_->broken = true;
    return error_ = CommitUnknown();
  }
  impl_->ended = then_commit;
  const double took = absl::ToDoubleSeconds(absl::Now() - begin);
  std::vector<Result> results;
  for (size_t i = 0; i < queries.size(); ++i) {
    impl_->seconds[queries[i].statement.name]->Observe(took);
    results.emplace_back(std::make_shared<PipelinedRows>(std::move(batch.results[first + i])));
  }
  return results;
}

bool PipelinedSession::Reconnect() {
  absl::StatusOr<std::unique_ptr<Impl>> fresh = Impl::Make(impl_->conninfo, impl_->statements);
  if (!fresh.ok()) return false;
  (*fresh)->access = impl_->access;
  (*fresh)->tenant_id = std::move(impl_->tenant_id);
  (*fresh)->timeout = std::move(impl_->timeout);
  (*fresh)->begin_is_due = true;
  impl_ = *std::move(fresh);
  return true;
}

absl::Status PipelinedSession::Commit() {
  if (std::exchange(impl_->begin_is_due, false) || impl_->ended) return absl::OkStatus();
  if (impl_->access == Access::kRead) {
    // The result of a read's commit does not matter: the rows have arrived already.
    impl_->pipeline.Execute(kCommit.name, {});
    impl_->pipeline.SendWithoutWaiting();
    return absl::OkStatus();
  }
  const int warnings = impl_->pipeline.warnings();
  impl_->ExecuteCommit();
  const Pipeline::BatchResult batch = impl_->pipeline.Flush();
  if (batch.ok() && impl_->pipeline.warnings() == warnings) return absl::OkStatus();
  if (batch.failure != nullptr && usable()) {
    const absl::Status status = StatusOf(FailureOf(batch.failure.get()), "commit");
    if (!absl::IsUnavailable(status)) return status;
  }
  impl_->broken = true;
  return CommitUnknown();
}

void PipelinedSession::Rollback() {
  if (std::exchange(impl_->begin_is_due, false) || impl_->ended || !usable()) return;
  impl_->pipeline.Execute(kRollback.name, {});
  impl_->pipeline.SendWithoutWaiting();
}

}  // namespace wissel::pg
