#include "libs/pg/connection.h"

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
#include "libs/pg/pipeline.h"
#include "libs/pg/result_rows.h"
#include "libs/pg/sql_error.h"

namespace wissel::pg {
namespace {

// 15.14 fixes leaks of rows through statistics and views under row-level security.
constexpr int kFirstSafeVersion = 150014;

// Statements are planned once for each connection: planning takes longer than running most of them,
// and how long a call takes must not depend on the values of the calls before it. Just-in-time
// compilation takes longer than it saves for any of them.
constexpr char kSession[] =
    "set timezone = 'UTC'; set datestyle = 'ISO'; set bytea_output = 'hex';"
    "set client_encoding = 'UTF8'; set client_min_messages = 'warning';"
    "set plan_cache_mode = force_generic_plan; set jit = off";

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

// Pointers into `params`; a null pointer is SQL null.
absl::StatusOr<std::vector<const char*>> ValuesOf(absl::Span<const Param> params) {
  std::vector<const char*> values;
  values.reserve(params.size());
  for (const Param& param : params) {
    if (param.text() && param.text()->find('\0') != std::string::npos) {
      return InvalidField("", "nul_character", "text holds the character U+0000");
    }
    values.push_back(param.text() ? param.text()->c_str() : nullptr);
  }
  return values;
}

absl::StatusOr<ConnectionPtr> Open(const std::string& conninfo) {
  ConnectionPtr connection(PQconnectdb(WithDefaults(conninfo).c_str()));
  if (PQstatus(connection.get()) != CONNECTION_OK) {
    return DatabaseAway(absl::StrCat("connect: ", CauseOf(connection.get())));
  }
  return connection;
}

}  // namespace

struct Connection::Impl {
  // Connects and prepares.
  static absl::StatusOr<std::unique_ptr<Impl>> Make(const std::string& conninfo,
                                                    const std::vector<Statement>& statements);

  explicit Impl(ConnectionPtr connection) : pipeline(std::move(connection)) {}

  // Sends statements with their values, in one round trip. A begin that is due goes ahead of them.
  Pipeline::BatchResult Run(absl::Span<const Query> queries,
                            absl::Span<const std::vector<const char*>> values, bool then_commit);

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

Pipeline::BatchResult Connection::Impl::Run(absl::Span<const Query> queries,
                                            absl::Span<const std::vector<const char*>> values,
                                            bool then_commit) {
  if (std::exchange(begin_is_due, false)) {
    pipeline.Execute(access == Access::kRead ? kBeginRead.name : kBeginWrite.name, {});
    pipeline.Execute(kSettings.name, {tenant_id.c_str(), timeout.c_str()});
  }
  for (size_t i = 0; i < queries.size(); ++i) {
    pipeline.Execute(queries[i].statement.name, values[i]);
  }
  if (then_commit) pipeline.Execute(kCommit.name, {});
  return pipeline.Flush();
}

absl::StatusOr<std::unique_ptr<Connection::Impl>> Connection::Impl::Make(
    const std::string& conninfo, const std::vector<Statement>& statements) {
  WISSEL_ASSIGN_OR_RETURN(ConnectionPtr connection, Open(conninfo));
  WISSEL_RETURN_IF_ERROR(CheckVersion(PQserverVersion(connection.get())));
  // The verbose form tells where in a script the error is.
  PQsetErrorVerbosity(connection.get(), PQERRORS_VERBOSE);
  auto impl = std::make_unique<Impl>(std::move(connection));
  impl->conninfo = conninfo;
  impl->statements = statements;
  if (PQresultStatus(impl->pipeline.Script(kSession).get()) != PGRES_COMMAND_OK) {
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
  const absl::Status status = StatusOf(prepared.failure.get(), all[prepared.failed].name);
  if (absl::IsUnavailable(status)) return status;
  return Error(absl::StatusCode::kInternal, "sql", status.message());
}

Connection::Connection(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Connection::~Connection() = default;

bool Connection::usable() const { return !impl_->broken && impl_->pipeline.usable(); }

absl::Status Connection::CheckVersion(int version) {
  if (version >= kFirstSafeVersion) return absl::OkStatus();
  return Error(absl::StatusCode::kFailedPrecondition, "postgres_too_old",
               absl::StrCat("PostgreSQL ", version / 10000, ".", version % 10000,
                            " leaks rows past row-level security; 15.14 or newer is needed"));
}

absl::StatusOr<std::unique_ptr<Connection>> Connection::Connect(
    const std::string& conninfo, const std::vector<Statement>& statements) {
  WISSEL_ASSIGN_OR_RETURN(std::unique_ptr<Impl> impl, Impl::Make(conninfo, statements));
  return std::unique_ptr<Connection>(new Connection(std::move(impl)));
}

absl::Status Connection::Begin(std::optional<absl::string_view> tenant_id, Access access,
                               absl::Duration timeout) {
  error_ = absl::OkStatus();
  if (!impl_->pipeline.CheckIdle()) {
    impl_->broken = true;
    return error_ = DatabaseAway("begin");
  }
  const int64_t millis = std::clamp<int64_t>(absl::ToInt64Milliseconds(timeout), 1, 1 << 30);
  impl_->timeout = timeout == absl::InfiniteDuration() ? "0" : absl::StrCat(millis);
  impl_->tenant_id = std::string(tenant_id.value_or(""));
  impl_->access = access;
  impl_->begin_is_due = true;
  impl_->ended = false;
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Result>> Connection::RunAll(absl::Span<const Query> queries) {
  return RunBatch(queries, false);
}

absl::StatusOr<std::vector<Result>> Connection::RunLast(absl::Span<const Query> queries) {
  return RunBatch(queries, impl_->access == Access::kRead);
}

absl::StatusOr<std::vector<Result>> Connection::RunBatch(absl::Span<const Query> queries,
                                                         bool then_commit) {
  if (!error_.ok()) return error_;
  if (impl_->ended) {
    return error_ = Error(absl::StatusCode::kInternal, "ended",
                          "a statement follows the last one of its transaction");
  }
  std::vector<std::vector<const char*>> values;
  for (const Query& query : queries) {
    absl::StatusOr<std::vector<const char*>> of_one = ValuesOf(query.params);
    if (!of_one.ok()) return error_ = of_one.status();
    values.push_back(*std::move(of_one));
  }
  const absl::Time begin = absl::Now();
  const bool is_first = impl_->begin_is_due;
  Pipeline::BatchResult batch = impl_->Run(queries, values, then_commit);
  if (!usable() && is_first && Reconnect()) batch = impl_->Run(queries, values, then_commit);
  // Begin and its settings.
  const size_t first = is_first ? 2 : 0;
  if (!batch.ok()) {
    // The commands ahead of the statements and after them do not fail.
    const size_t failed =
        batch.failed < first ? 0 : std::min(batch.failed - first, queries.size() - 1);
    const char* const name = queries[failed].statement.name;
    error_ = usable() ? StatusOf(batch.failure.get(), name) : DatabaseAway(name);
    if (absl::IsUnavailable(error_)) impl_->broken = true;
    return error_;
  }
  impl_->ended = then_commit;
  const double took = absl::ToDoubleSeconds(absl::Now() - begin);
  std::vector<Result> results;
  for (size_t i = 0; i < queries.size(); ++i) {
    impl_->seconds[queries[i].statement.name]->Observe(took);
    results.emplace_back(std::make_shared<Result::Rows>(std::move(batch.results[first + i])));
  }
  return results;
}

bool Connection::Reconnect() {
  absl::StatusOr<std::unique_ptr<Impl>> fresh = Impl::Make(impl_->conninfo, impl_->statements);
  if (!fresh.ok()) return false;
  (*fresh)->access = impl_->access;
  (*fresh)->tenant_id = std::move(impl_->tenant_id);
  (*fresh)->timeout = std::move(impl_->timeout);
  (*fresh)->begin_is_due = true;
  impl_ = *std::move(fresh);
  return true;
}

absl::Status Connection::Commit() {
  if (std::exchange(impl_->begin_is_due, false) || impl_->ended) return absl::OkStatus();
  if (impl_->access == Access::kRead) {
    // The result of a read's commit does not matter: the rows have arrived already.
    impl_->pipeline.Execute(kCommit.name, {});
    impl_->pipeline.SendWithoutWaiting();
    return absl::OkStatus();
  }
  const int warnings = impl_->pipeline.warnings();
  // A commit that is cancelled may be half-way to its standby: nothing may time it out.
  if (impl_->timeout != "0") impl_->pipeline.Execute(kNoTimeout.name, {});
  impl_->pipeline.Execute(kCommit.name, {});
  const Pipeline::BatchResult batch = impl_->pipeline.Flush();
  if (batch.ok() && impl_->pipeline.warnings() == warnings) return absl::OkStatus();
  if (batch.failure != nullptr && usable()) {
    const absl::Status status = StatusOf(batch.failure.get(), "commit");
    if (!absl::IsUnavailable(status)) return status;
  }
  impl_->broken = true;
  return Error(absl::StatusCode::kUnavailable, "commit_unknown",
               "the connection was lost during the commit; try again with the same key");
}

void Connection::Rollback() {
  if (std::exchange(impl_->begin_is_due, false) || impl_->ended || !usable()) return;
  impl_->pipeline.Execute(kRollback.name, {});
  impl_->pipeline.SendWithoutWaiting();
}

absl::StatusOr<std::string> Connection::Script(const std::string& sql) {
  const ResultPtr result = impl_->pipeline.Script(sql);
  if (result == nullptr || !usable()) return DatabaseAway("script");
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) {
    return Error(absl::StatusCode::kInternal, "sql", PQresultErrorMessage(result.get()));
  }
  if (PQntuples(result.get()) == 0 || PQnfields(result.get()) == 0) return "";
  return std::string(PQgetvalue(result.get(), 0, 0));
}

}  // namespace wissel::pg
