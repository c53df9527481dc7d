#include "services/router/sop_store.h"

#include "libs/base/status.h"

namespace wissel::router {
namespace {

constexpr pg::Statement kVersion = {"router_sop_version", R"(
  select coalesce(max(version), 0) as version
    from router.sop_version where tenant_id = wissel.tenant())"};

constexpr pg::Statement kInForce = {"router_sop_in_force", R"(
  select version, document, in_force_from
    from router.sop_version
   where tenant_id = wissel.tenant()
   order by version desc limit 1)"};

constexpr pg::Statement kTeams = {"router_teams", R"(
  select team_id from directory.team_view where tenant_id = wissel.tenant())"};

constexpr pg::Statement kLock = {"router_sop_lock", R"(
  select pg_advisory_xact_lock(hashtextextended('router.sop_version:' || wissel.tenant(), 0)))"};

constexpr pg::Statement kInsert = {"router_sop_insert", R"(
  insert into router.sop_version (tenant_id, version, document, sha256, loaded_by)
  values (wissel.tenant(), $1::bigint, $2::text, sha256(convert_to($2::text, 'UTF8')), $3::text))"};

}  // namespace

std::vector<pg::Statement> SopStatements() { return {kVersion, kInForce, kTeams, kLock, kInsert}; }

absl::StatusOr<int64_t> ReadSopVersion(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kVersion));
  return rows[0].Int64("version");
}

absl::StatusOr<std::optional<StoredSop>> ReadSop(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kInForce));
  if (rows.empty()) return std::nullopt;
  return StoredSop{.version = rows[0].Int64("version"),
                   .document = rows[0].TextOrEmpty("document"),
                   .in_force_from = rows[0].Time("in_force_from")};
}

absl::StatusOr<TeamIds> ReadTeamIds(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kTeams));
  TeamIds teams;
  for (pg::Result::Row row : rows) teams.insert(row.TextOrEmpty("team_id"));
  return teams;
}

absl::Status LockSop(pg::Transaction& transaction) { return transaction.Run(kLock).status(); }

absl::Status InsertSop(pg::Transaction& transaction, int64_t version, const std::string& document,
                       absl::string_view loaded_by) {
  return transaction.Run(kInsert, {version, document, loaded_by}).status();
}

}  // namespace wissel::router
