#include "libs/pg/migrate.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/pg/libpqxx/pqxx_session.h"
#include "re2/re2.h"

namespace wissel::pg {
namespace {

// Held by the session, so that it ends with the connection whatever happens. The number is
// "wissel" in ASCII; advisory locks are shared by everybody in a database.
constexpr char kLock[] = "select pg_advisory_lock(131318390809964)";

constexpr char kLedger[] =
    "create schema if not exists wissel_migration;"
    "create table if not exists wissel_migration.applied ("
    "  name text primary key,"
    "  checksum text not null,"
    "  applied_at timestamptz not null default now())";

constexpr Statement kChecksum = {
    "pg_migration_checksum",
    "select encode(sha256(convert_to($1::text, 'UTF8')), 'hex') as checksum,"
    "  (select checksum from wissel_migration.applied where name = $2::text) as applied"};

constexpr Statement kRecord = {
    "pg_migration_record", "insert into wissel_migration.applied (name, checksum) values ($1, $2)"};

absl::Status Broken(absl::string_view reason, absl::string_view name, absl::string_view what) {
  return Error(absl::StatusCode::kFailedPrecondition, reason, absl::StrCat(name, ": ", what), {},
               {{"file", std::string(name)}});
}

// Names of the migrations in the order of their numbers.
absl::StatusOr<std::vector<std::string>> List(const std::filesystem::path& directory) {
  std::vector<std::string> names;
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(directory, failed)) {
    const std::string name = entry.path().filename();
    if (entry.path().extension() != ".sql") continue;
    if (!RE2::FullMatch(name, "[0-9]{4}_[a-z0-9_]+\\.sql")) {
      return Broken("migration_name", name, "a migration is called NNNN_name.sql");
    }
    names.push_back(name);
  }
  if (failed || names.empty()) {
    return Broken("no_migrations", directory.string(), "holds no migrations");
  }
  std::sort(names.begin(), names.end());
  const auto same_number = [](const std::string& a, const std::string& b) {
    return a.compare(0, 4, b, 0, 4) == 0;
  };
  const auto twice = std::adjacent_find(names.begin(), names.end(), same_number);
  if (twice != names.end()) return Broken("migration_name", *twice, "its number is used twice");
  return names;
}

absl::StatusOr<std::string> ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return Broken("migration_unreadable", path.string(), "cannot be read");
  return text.str();
}

// Returns whether it had to be applied.
absl::StatusOr<bool> Apply(PqxxSession& session, const std::string& name, const std::string& sql) {
  WISSEL_RETURN_IF_ERROR(session.Begin(std::nullopt, Access::kWrite, absl::InfiniteDuration()));
  WISSEL_ASSIGN_OR_RETURN(const Result found, session.Run(kChecksum, {sql, name}));
  const std::string checksum(found[0].Text("checksum"));
  if (!found[0].IsNull("applied")) {
    session.Rollback();
    if (found[0].Text("applied") == checksum) return false;
    return Broken("migration_changed", name, "was applied and has changed since");
  }
  if (absl::Status status = session.Script(absl::StrCat(sql, "\n;reset role")).status();
      !status.ok()) {
    return Error(status.code(), "migration_failed", absl::StrCat(name, ": ", status.message()));
  }
  WISSEL_RETURN_IF_ERROR(session.Run(kRecord, {name, checksum}).status());
  WISSEL_RETURN_IF_ERROR(session.Commit());
  return true;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> Migrate(const std::string& admin_conninfo,
                                                 absl::string_view directory) {
  const std::filesystem::path path{std::string(directory)};
  WISSEL_ASSIGN_OR_RETURN(const std::vector<std::string> names, List(path));
  WISSEL_ASSIGN_OR_RETURN(auto ledger, PqxxSession::Connect(admin_conninfo, {}));
  WISSEL_RETURN_IF_ERROR(ledger->Script(kLock).status());
  WISSEL_RETURN_IF_ERROR(ledger->Script(kLedger).status());
  WISSEL_ASSIGN_OR_RETURN(auto session, PqxxSession::Connect(admin_conninfo, {kChecksum, kRecord}));
  std::vector<std::string> applied;
  for (const std::string& name : names) {
    WISSEL_ASSIGN_OR_RETURN(const std::string sql, ReadFile(path / name));
    WISSEL_ASSIGN_OR_RETURN(const bool fresh, Apply(*session, name, sql));
    if (fresh) applied.push_back(name);
  }
  return applied;
}

}  // namespace wissel::pg
