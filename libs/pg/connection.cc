#include "libs/pg/connection.h"

#include <algorithm>
#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/result>
#include <pqxx/result_iterator.hxx>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "libs/pg/conninfo.h"
#include "libs/pg/meters.h"
#include "libs/pg/result_rows.h"
#include "libs/pg/sql_error.h"

// libpqxx 6.4 leaks the answer that tells it of a lost connection: 2 kB for each.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
extern "C" const char* __lsan_default_suppressions() { return "leak:libpqxx-6.4.so\n"; }
#endif
#endif

namespace wissel::pg {
namespace {

// 15.14 fixes leaks of rows through statistics and views under row-level security.
constexpr int kFirstSafeVersion = 150014;

// Counts what the server warns about; the text may hold personal data and is not kept.
class WarningCounter final : public pqxx::errorhandler {
 public:
  using errorhandler::errorhandler;
  bool operator()(const char message[]) noexcept override {
    if (absl::StartsWith(message, "WARNING")) ++count_;
    return false;
  }
  int count() const { return count_; }

 private:
  int count_ = 0;
};

Result CopyOf(const pqxx::result& from) {
  auto rows = std::make_shared<Result::Rows>();
  rows->row_count = static_cast<int>(from.size());
  rows->affected = static_cast<int64_t>(from.affected_rows());
  for (pqxx::row_size_type i = 0; i < from.columns(); ++i) {
    rows->columns.emplace_back(from.column_name(i));
  }
  rows->cells.reserve(rows->row_count * rows->columns.size());
  for (const pqxx::row& row : from) {
    for (const pqxx::field& field : row) {
      const auto begin = static_cast<uint32_t>(rows->text.size());
      if (field.is_null()) {
        rows->cells.push_back({begin, -1});
        continue;
      }
      rows->cells.push_back({begin, static_cast<int32_t>(field.size())});
      rows->text.append(field.c_str(), field.size());
    }
  }
  return Result(std::move(rows));
}

}  // namespace

struct Connection::Impl {
  explicit Impl(const std::string& conninfo) : link(conninfo), warnings(link) {
    // A silent reconnect in the middle of a transaction would lose its first half.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"
    link.inhibit_reactivation(true);
#pragma clang diagnostic pop
    // The long form names the constraint in a line of its own.
    link.set_verbosity(pqxx::connection_base::verbose);
  }

  pqxx::result Execute(const std::string& sql) { return pqxx::nontransaction(link).exec(sql); }

  pqxx::connection link;
  WarningCounter warnings;
  absl::flat_hash_map<std::string, prometheus::Histogram*> seconds;
  bool broken = false;
  bool has_timeout = false;
};

Connection::Connection(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Connection::~Connection() = default;

bool Connection::usable() const { return !impl_->broken && impl_->link.is_open(); }

absl::Status Connection::CheckVersion(int version) {
  if (version >= kFirstSafeVersion) return absl::OkStatus();
  return Error(absl::StatusCode::kFailedPrecondition, "postgres_too_old",
               absl::StrCat("PostgreSQL ", version / 10000, ".", version % 10000,
                            " leaks rows past row-level security; 15.14 or newer is needed"));
}

absl::StatusOr<std::unique_ptr<Connection>> Connection::Connect(
    const std::string& conninfo, const std::vector<Statement>& statements) {
  const char* step = "connect";
  try {
    auto impl = std::make_unique<Impl>(WithDefaults(conninfo));
    WISSEL_RETURN_IF_ERROR(CheckVersion(impl->link.server_version()));
    step = "session";
    impl->Execute(
        "set timezone = 'UTC'; set datestyle = 'ISO'; set bytea_output = 'hex';"
        "set client_encoding = 'UTF8'; set client_min_messages = 'warning'");
    for (const Statement& statement : statements) {
      step = statement.name;
      impl->link.prepare(statement.name, statement.sql);
      impl->link.prepare_now(statement.name);
      impl->seconds[statement.name] = &StatementSeconds(statement.name);
    }
    return std::unique_ptr<Connection>(new Connection(std::move(impl)));
  } catch (const std::exception& error) {
    const absl::Status status = StatusOf(error, step);
    if (absl::IsUnavailable(status)) {
      const absl::string_view cause = error.what();
      return DatabaseAway(absl::StrCat(step, ": ", cause.substr(0, cause.find('\n'))));
    }
    return Error(absl::StatusCode::kInternal, "sql", status.message());
  }
}

absl::Status Connection::Begin(std::optional<absl::string_view> tenant_id, Access access,
                               absl::Duration patience) {
  error_ = absl::OkStatus();
  try {
    const int64_t millis = std::clamp<int64_t>(absl::ToInt64Milliseconds(patience), 1, 1 << 30);
    impl_->has_timeout = patience != absl::InfiniteDuration();
    std::string sql = access == Access::kRead ? "begin read only" : "begin";
    const char* separator = "; select ";
    if (tenant_id) {
      const std::string quoted = impl_->link.quote(std::string(*tenant_id));
      absl::StrAppend(&sql, separator, "set_config('wissel.tenant', ", quoted, ", true)");
      separator = ", ";
    }
    if (impl_->has_timeout) {
      absl::StrAppend(&sql, separator, "set_config('statement_timeout', '", millis, "', true)");
    }
    impl_->Execute(sql);
  } catch (const std::exception& error) {
    impl_->broken = true;
    error_ = DatabaseAway("begin");
  }
  return error_;
}

absl::StatusOr<Result> Connection::Run(const Statement& statement, absl::Span<const Param> params) {
  if (!error_.ok()) return error_;
  std::vector<const char*> values;
  values.reserve(params.size());
  for (const Param& param : params) {
    if (!param.text()) {
      values.push_back(nullptr);
      continue;
    }
    if (param.text()->find('\0') != std::string::npos) {
      return error_ = InvalidField("", "nul_character", "text holds the character U+0000");
    }
    values.push_back(param.text()->c_str());
  }
  try {
    const absl::Time begin = absl::Now();
    pqxx::nontransaction work(impl_->link);
    Result rows =
        CopyOf(work.exec_prepared(statement.name, pqxx::prepare::make_dynamic_params(values)));
    impl_->seconds[statement.name]->Observe(absl::ToDoubleSeconds(absl::Now() - begin));
    return rows;
  } catch (const std::exception& error) {
    error_ = usable() ? StatusOf(error, statement.name) : DatabaseAway(statement.name);
    if (absl::IsUnavailable(error_)) impl_->broken = true;
    return error_;
  }
}

absl::Status Connection::Commit() {
  const int warnings = impl_->warnings.count();
  try {
    // A commit that is cancelled may be half-way to its standby: nothing may time it out.
    impl_->Execute(impl_->has_timeout ? "set local statement_timeout = 0; commit" : "commit");
    if (impl_->warnings.count() == warnings) return absl::OkStatus();
  } catch (const std::exception& error) {
    if (usable()) {
      const absl::Status status = StatusOf(error, "commit");
      if (!absl::IsUnavailable(status)) return status;
    }
  }
  impl_->broken = true;
  return Error(absl::StatusCode::kUnavailable, "commit_unknown",
               "the connection was lost during the commit; try again with the same key");
}

void Connection::Rollback() {
  if (!usable()) return;
  try {
    impl_->Execute("rollback");
  } catch (const std::exception&) {
    impl_->broken = true;
  }
}

absl::StatusOr<std::string> Connection::Script(const std::string& sql) {
  try {
    const pqxx::result result = impl_->Execute(sql);
    return result.empty() || result.columns() == 0 ? "" : result[0][0].as<std::string>("");
  } catch (const std::exception& error) {
    if (!usable()) return DatabaseAway("script");
    return Error(absl::StatusCode::kInternal, "sql", error.what());
  }
}

}  // namespace wissel::pg
