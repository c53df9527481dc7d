#include "libs/pg/libpqxx/pqxx_session.h"

#include <pqxx/nontransaction>
#include <pqxx/prepared_statement>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "libs/pg/libpqxx/pqxx_connection.h"
#include "libs/pg/libpqxx/pqxx_rows.h"
#include "libs/pg/libpqxx/tenant_transaction.h"
#include "libs/pg/meters.h"
#include "libs/pg/session_rules.h"
#include "libs/pg/sql_error.h"

namespace wissel::pg {
namespace {

// The first line of what libpqxx says of a failure: the others only name the hosts again.
std::string CauseOf(const std::exception& failure) {
  const absl::string_view text = failure.what();
  return std::string(text.substr(0, text.find('\n')));
}

absl::StatusOr<std::unique_ptr<PqxxConnection>> Open(const std::string& conninfo) {
  try {
    return std::make_unique<PqxxConnection>(conninfo);
  } catch (const std::exception& failure) {
    return DatabaseAway(absl::StrCat("connect: ", CauseOf(failure)));
  }
}

}  // namespace

struct PqxxSession::Impl {
  // Connects and prepares.
  static absl::StatusOr<std::unique_ptr<Impl>> Make(const std::string& conninfo,
                                                    const std::vector<Statement>& statements);

  // Begins if that is due, and runs one statement.
  absl::StatusOr<Result> Run(const Statement& statement, const std::vector<const char*>& values);
  absl::StatusOr<std::vector<Result>> RunEach(absl::Span<const Query> queries,
                                              absl::Span<const std::vector<const char*>> values);

  std::string conninfo;
  std::vector<Statement> statements;
  std::unique_ptr<PqxxConnection> connection;
  absl::flat_hash_map<std::string, prometheus::Histogram*> seconds;
  TransactionSettings settings;
  // Null before the first statement.
  std::unique_ptr<TenantTransaction> transaction;
  bool broken = false;
  // The transaction has ended with its last statements.
  bool ended = false;
};

absl::StatusOr<std::unique_ptr<PqxxSession::Impl>> PqxxSession::Impl::Make(
    const std::string& conninfo, const std::vector<Statement>& statements) {
  auto impl = std::make_unique<Impl>();
  WISSEL_ASSIGN_OR_RETURN(impl->connection, Open(conninfo));
  PqxxConnection& connection = *impl->connection;
  WISSEL_RETURN_IF_ERROR(CheckVersion(connection.server_version()));
  impl->conninfo = conninfo;
  impl->statements = statements;
  WISSEL_RETURN_IF_ERROR(
      connection.Call("session", [&] { pqxx::nontransaction(connection).exec(kSessionSettings); }));
  for (const Statement& statement : statements) {
    const absl::Status prepared = connection.Call(statement.name, [&] {
      connection.prepare(statement.name, statement.sql);
      connection.prepare_now(statement.name);
    });
    if (!prepared.ok()) return PrepareError(prepared);
    impl->seconds[statement.name] = &StatementSeconds(statement.name);
  }
  return impl;
}

absl::StatusOr<Result> PqxxSession::Impl::Run(const Statement& statement,
                                              const std::vector<const char*>& values) {
  const absl::Time begin = absl::Now();
  std::shared_ptr<const Result::Rows> rows;
  WISSEL_RETURN_IF_ERROR(connection->Call(statement.name, [&] {
    if (transaction == nullptr) {
      transaction = std::make_unique<TenantTransaction>(*connection, settings);
    }
    rows = std::make_shared<PqxxRows>(transaction->exec_prepared(
        statement.name, pqxx::prepare::make_dynamic_params(values.begin(), values.end())));
  }));
  seconds[statement.name]->Observe(absl::ToDoubleSeconds(absl::Now() - begin));
  return Result(std::move(rows));
}

absl::StatusOr<std::vector<Result>> PqxxSession::Impl::RunEach(
    absl::Span<const Query> queries, absl::Span<const std::vector<const char*>> values) {
  std::vector<Result> results;
  results.reserve(queries.size());
  for (size_t i = 0; i < queries.size(); ++i) {
    WISSEL_ASSIGN_OR_RETURN(Result result, Run(queries[i].statement, values[i]));
    results.push_back(std::move(result));
  }
  return results;
}

PqxxSession::PqxxSession(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PqxxSession::~PqxxSession() = default;

bool PqxxSession::usable() const { return !impl_->broken && impl_->connection->is_usable(); }

absl::StatusOr<std::unique_ptr<PqxxSession>> PqxxSession::Connect(
    const std::string& conninfo, const std::vector<Statement>& statements) {
  WISSEL_ASSIGN_OR_RETURN(std::unique_ptr<Impl> impl, Impl::Make(conninfo, statements));
  return std::unique_ptr<PqxxSession>(new PqxxSession(std::move(impl)));
}

absl::Status PqxxSession::Begin(std::optional<absl::string_view> tenant_id, Access access,
                                absl::Duration timeout) {
  error_ = absl::OkStatus();
  if (!impl_->connection->CheckIdle()) {
    impl_->broken = true;
    return error_ = DatabaseAway("begin");
  }
  impl_->settings = {.access = access,
                     .tenant_id = std::string(tenant_id.value_or("")),
                     .timeout = TimeoutText(timeout)};
  impl_->ended = false;
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Result>> PqxxSession::RunAll(absl::Span<const Query> queries) {
  if (!error_.ok()) return error_;
  if (impl_->ended) return error_ = TransactionEnded();
  const absl::StatusOr<std::vector<std::vector<const char*>>> values = TextsOf(queries);
  if (!values.ok()) return error_ = values.status();
  const bool is_first = impl_->transaction == nullptr;
  absl::StatusOr<std::vector<Result>> results = impl_->RunEach(queries, *values);
  // With the connection the transaction is gone, even if the rows had come.
  if (is_first && !usable()) {
    results = DatabaseAway("first statements");
    if (Reconnect()) results = impl_->RunEach(queries, *values);
  }
  error_ = results.status();
  // Of a begin that failed nobody knows whether it is half done.
  const bool has_begun = impl_->transaction != nullptr;
  if (absl::IsUnavailable(error_) || (!error_.ok() && !has_begun)) impl_->broken = true;
  return results;
}

absl::StatusOr<std::vector<Result>> PqxxSession::RunLast(absl::Span<const Query> queries) {
  WISSEL_ASSIGN_OR_RETURN(std::vector<Result> results, RunAll(queries));
  error_ = Commit();
  WISSEL_RETURN_IF_ERROR(error_);
  impl_->ended = true;
  return results;
}

bool PqxxSession::Reconnect() {
  impl_->transaction.reset();
  absl::StatusOr<std::unique_ptr<Impl>> fresh = Impl::Make(impl_->conninfo, impl_->statements);
  if (!fresh.ok()) return false;
  (*fresh)->settings = std::move(impl_->settings);
  impl_ = *std::move(fresh);
  return true;
}

absl::Status PqxxSession::Commit() {
  if (impl_->transaction == nullptr) return absl::OkStatus();
  const int warnings = impl_->connection->warnings();
  const absl::Status status =
      impl_->connection->Call("commit", [&] { impl_->transaction->commit(); });
  impl_->transaction.reset();
  if (status.ok() && impl_->connection->warnings() == warnings) return absl::OkStatus();
  if (!status.ok() && !absl::IsUnavailable(status)) return status;
  impl_->broken = true;
  return CommitUnknown();
}

void PqxxSession::Rollback() { impl_->transaction.reset(); }

absl::StatusOr<std::string> PqxxSession::Script(const std::string& sql) {
  std::string value;
  std::string text;
  const absl::Status status = impl_->connection->Call("script", [&] {
    try {
      const pqxx::result result = impl_->transaction == nullptr
                                      ? pqxx::nontransaction(*impl_->connection).exec(sql)
                                      : impl_->transaction->exec(sql);
      if (!result.empty() && result.columns() > 0) value = result[0][0].c_str();
    } catch (const pqxx::failure& failure) {
      text = failure.what();
      throw;
    }
  });
  if (status.ok()) return value;
  if (!usable()) return DatabaseAway("script");
  return Error(absl::StatusCode::kInternal, "sql", text);
}

}  // namespace wissel::pg
