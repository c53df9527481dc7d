#include "services/cases/queue/watch_store.h"

#include "libs/base/status.h"

namespace wissel::cases {
namespace {

constexpr pg::Statement kSnapshot = {"cases_watch_snapshot",
                                     "select pg_current_snapshot()::text as snapshot"};

// One statement, so that the new snapshot is exactly the one that the events were read with. The
// index event_watermark bounds the search from below. Here the planner sees which municipality it
// is about: whatever statistics say of it, they lead to that index, where an average one would not.
constexpr pg::Statement kNews = {"cases_watch_news", R"(
  select here.snapshot, news.case_id, news.team_id, news.previous_team_id
    from (select pg_current_snapshot()::text as snapshot) here
    left join lateral (
          select e.case_id, e.team_id,
                 (select p.team_id from cases.case_event p
                   where p.tenant_id = e.tenant_id and p.case_id = e.case_id
                     and p.sequence = e.sequence - 1) as previous_team_id
            from cases.case_event e
           where e.tenant_id = wissel.tenant()
             and e.xid >= pg_snapshot_xmin($1::pg_snapshot)
             and not pg_visible_in_snapshot(e.xid, $1::pg_snapshot)) news on true)"};

}  // namespace

std::vector<pg::Statement> WatchStatements() { return {kSnapshot, kNews}; }

absl::StatusOr<std::string> ReadSnapshot(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(pg::Result rows, transaction.Run(kSnapshot));
  return rows[0].TextOrEmpty("snapshot");
}

absl::StatusOr<NewEvents> ReadNewEvents(pg::Transaction& transaction, const std::string& since) {
  WISSEL_ASSIGN_OR_RETURN(pg::Result rows, transaction.Run(kNews, {since}));
  NewEvents news = {.snapshot = rows[0].TextOrEmpty("snapshot")};
  if (rows[0].IsNull("case_id")) return news;
  news.events.reserve(rows.size());
  for (pg::Result::Row row : rows) {
    news.events.push_back({.reference = row.Int64("case_id"),
                           .team_id = row.TextOrEmpty("team_id"),
                           .previous_team_id = row.TextOrEmpty("previous_team_id")});
  }
  return news;
}

}  // namespace wissel::cases
