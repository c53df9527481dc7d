#include "services/insight/log_position_store.h"

#include "libs/base/status.h"

namespace wissel::insight {
namespace {

// The insert is for the first time: a row to lock.
constexpr pg::Statement kLockPosition = {"insight_lock_position", R"(
  insert into insight.progress (tenant_id, read_to) values (wissel.tenant(), '0')
  on conflict (tenant_id) do update set read_to = progress.read_to)"};

constexpr pg::Statement kTryLockPosition = {"insight_try_lock_position", R"(
  select from insight.progress where tenant_id = (select wissel.tenant())
     for no key update skip locked)"};

// Apart from the lock, for a snapshot that is later than it. What another cluster wrote bears
// numbers that may be higher than any of this one.
constexpr pg::Statement kPosition = {"insight_position", R"(
  select case when read_to <> '0' and read_to <= pg_snapshot_xmax(pg_current_snapshot())
              then read_to::text end as read_to,
         pg_snapshot_xmin(pg_current_snapshot())::text as next
    from insight.progress where tenant_id = (select wissel.tenant()))"};

constexpr pg::Statement kSetPosition = {"insight_set_position", R"(
  update insight.progress set read_to = $1::text::xid8
   where tenant_id = (select wissel.tenant()))"};

// Transactions that have all ended, up to the one of the last event that fits; else all there are.
constexpr pg::Statement kNextPart = {"insight_next_part", R"(
  select coalesce((enough.xid::text::numeric + 1)::text,
                  pg_snapshot_xmax(pg_current_snapshot())::text) as until,
         enough.xid is not null as more
    from (select (select e.xid from cases.figure_event e
                   where e.tenant_id = (select wissel.tenant()) and e.xid >= $1::text::xid8
                     and e.xid < pg_snapshot_xmin(pg_current_snapshot())
                   order by e.xid offset 30000 limit 1) as xid) enough)"};

// Facts are found by their whole key, whatever statistics say.
constexpr pg::Statement kChanged = {"insight_changed_cases", R"(
  select fresh.case_id
    from (select e.case_id, max(e.sequence) as events
            from cases.figure_event e
           where e.tenant_id = (select wissel.tenant())
             and e.xid >= $1::text::xid8 and e.xid < $2::text::xid8
           group by e.case_id) fresh
    left join lateral (
         select f.events from insight.case_fact f
          where f.tenant_id = (select wissel.tenant()) and f.case_id = fresh.case_id offset 0) known
      on true
   where fresh.events > coalesce(known.events, 0))"};

// What is known and lies before all transactions that run is to be passed for good: or a look reads
// it over and over until something happens again.
constexpr pg::Statement kBehind = {"insight_is_behind", R"(
  select coalesce(p.read_to = '0' or p.read_to > pg_snapshot_xmax(pg_current_snapshot()), true)
           as never,
         exists (select from cases.figure_event e
                      left join lateral (
                           select f.events from insight.case_fact f
                            where f.tenant_id = e.tenant_id and f.case_id = e.case_id
                           offset 0) known on true
                     where e.tenant_id = (select wissel.tenant()) and e.xid >= p.read_to
                       and e.xid < pg_snapshot_xmax(pg_current_snapshot())
                       and (e.xid < pg_snapshot_xmin(pg_current_snapshot())
                            or e.sequence > coalesce(known.events, 0))) as behind
    from (select (select read_to from insight.progress
                   where tenant_id = (select wissel.tenant())) as read_to) p)"};

LogPosition PositionOf(const pg::Result& rows) {
  LogPosition position = {.next = rows[0].TextOrEmpty("next")};
  if (!rows[0].IsNull("read_to")) position.read_to = rows[0].TextOrEmpty("read_to");
  return position;
}

}  // namespace

std::vector<pg::Statement> LogPositionStatements() {
  return {kLockPosition, kTryLockPosition, kPosition, kSetPosition, kNextPart, kChanged, kBehind};
}

absl::StatusOr<LogPosition> LockPosition(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(const std::vector<pg::Result> results,
                          transaction.RunAll({{kLockPosition, {}}, {kPosition, {}}}));
  return PositionOf(results.back());
}

absl::StatusOr<std::optional<LogPosition>> TryLockPosition(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(const std::vector<pg::Result> results,
                          transaction.RunAll({{kTryLockPosition, {}}, {kPosition, {}}}));
  // Without a row there is nothing to lock, and nothing was ever read.
  if (results.back().empty()) return LogPosition();
  if (results.front().empty()) return std::nullopt;
  return PositionOf(results.back());
}

absl::Status SetPosition(pg::Transaction& transaction, const std::string& read_to) {
  return transaction.Run(kSetPosition, {read_to}).status();
}

absl::StatusOr<LogPart> NextPart(pg::Transaction& transaction, const std::string& read_to) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kNextPart, {read_to}));
  return LogPart{.to = rows[0].TextOrEmpty("until"), .more = rows[0].Bool("more")};
}

absl::StatusOr<std::vector<int64_t>> FindChangedCases(pg::Transaction& transaction,
                                                      const std::string& read_to,
                                                      const std::string& to) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kChanged, {read_to, to}));
  std::vector<int64_t> ids;
  ids.reserve(static_cast<size_t>(rows.size()));
  for (const pg::Result::Row row : rows) ids.push_back(row.Int64("case_id"));
  return ids;
}

absl::StatusOr<LogState> LookAtLog(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kBehind));
  if (rows[0].Bool("never")) return LogState::kNeverRead;
  return rows[0].Bool("behind") ? LogState::kBehind : LogState::kRead;
}

}  // namespace wissel::insight
