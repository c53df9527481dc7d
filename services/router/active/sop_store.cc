#include "services/router/active/sop_store.h"

#include "libs/base/status.h"
#include "libs/municipality/snapshot_store.h"

namespace wissel::router {
namespace {

constexpr pg::Statement kState = {"router_sop_state", R"(
  select m.directory_version, m.sop_version, held.version, next.version as next_version,
         now() as moment, next.in_force_from as next_from
    from directory.municipality_view m
   cross join lateral (
     select coalesce(max(v.version), 0) as version from router.sop_version v
      where v.tenant_id = m.tenant_id and v.in_force_from <= now()) held
    left join lateral (
     select v.version, v.in_force_from from router.sop_version v
      where v.tenant_id = m.tenant_id and v.version > held.version and v.in_force_from > now()
      order by v.in_force_from, v.version desc limit 1) next on true
   where m.tenant_id = (select wissel.tenant()))"};

constexpr pg::Statement kInForce = {"router_sop_in_force", R"(
  select version, document, in_force_from
    from router.sop_version
   where tenant_id = (select wissel.tenant()) and in_force_from <= now()
   order by version desc limit 1)"};

constexpr pg::Statement kVersion = {"router_sop_version", R"(
  select version, document, in_force_from
    from router.sop_version
   where tenant_id = (select wissel.tenant()) and version = $1::bigint)"};

constexpr pg::Statement kLast = {"router_sop_last", R"(
  select version, in_force_from from router.sop_version
   where tenant_id = (select wissel.tenant()) order by version desc limit 1)"};

constexpr pg::Statement kLock = {"router_sop_lock", R"(
  select pg_advisory_xact_lock(hashtextextended('router.sop_version:' || wissel.tenant(), 0)))"};

constexpr pg::Statement kInsert = {"router_sop_insert", R"(
  insert into router.sop_version
    (tenant_id, version, document, sha256, loaded_by, loaded_by_name, title, in_force_from)
  values (wissel.tenant(), $1::bigint, $2::text, sha256(convert_to($2::text, 'UTF8')), $3::text,
          $4::text, $5::text, coalesce($6::timestamptz, now()))
  returning in_force_from)"};

}  // namespace

std::vector<pg::Statement> SopStatements() {
  return {kState, kInForce, kVersion, kLast, kLock, kInsert};
}

absl::StatusOr<SopState> ReadSopState(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kState));
  if (rows.empty()) return municipality::NoSuchMunicipality();
  SopState state = {.directory_version = rows[0].Int64("directory_version"),
                    .applied_version = rows[0].Int64("sop_version"),
                    .version = rows[0].Int64("version")};
  if (const auto next = rows[0].OptionalInt64("next_version")) {
    state.next_version = *next;
    state.until_next = rows[0].Time("next_from") - rows[0].Time("moment");
  }
  return state;
}

absl::StatusOr<std::optional<StoredSop>> ReadSop(pg::Transaction& transaction, int64_t version) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, version == 0
                                                     ? transaction.Run(kInForce)
                                                     : transaction.Run(kVersion, {version}));
  if (rows.empty()) return std::nullopt;
  return StoredSop{.version = rows[0].Int64("version"),
                   .document = rows[0].TextOrEmpty("document"),
                   .in_force_from = rows[0].Time("in_force_from")};
}

absl::StatusOr<StoredSop> ReadLastSop(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kLast));
  if (rows.empty()) return StoredSop{.in_force_from = absl::InfinitePast()};
  return StoredSop{.version = rows[0].Int64("version"),
                   .in_force_from = rows[0].Time("in_force_from")};
}

absl::Status LockSop(pg::Transaction& transaction) { return transaction.Run(kLock).status(); }

absl::StatusOr<absl::Time> InsertSop(pg::Transaction& transaction, const NewSop& sop) {
  WISSEL_ASSIGN_OR_RETURN(
      const pg::Result rows,
      transaction.Run(kInsert, {sop.version, sop.document, sop.loaded_by, sop.loaded_by_name,
                                sop.title, sop.in_force_from}));
  return rows[0].Time("in_force_from");
}

}  // namespace wissel::router
