#include "services/cases/queue/tally_store.h"

#include <map>
#include <memory>
#include <utility>

#include "absl/time/clock.h"
#include "libs/base/status.h"

namespace wissel::cases {

// Every change of a queue leaves an event. The order leads to the index event_watermark, whatever
// statistics say. More than 500 events are too many to look where each of them was: then all is
// counted anew.
constexpr pg::Statement kTouchedQueues = {"cases_touched_queues", R"(
  select here.snapshot, fresh.team_id, fresh.previous_team_id
    from (select pg_current_snapshot()::text as snapshot) here
    left join lateral (
          select e.team_id,
                 (select p.team_id from cases.case_event p
                   where p.tenant_id = e.tenant_id and p.case_id = e.case_id
                     and p.sequence = e.sequence - 1) as previous_team_id
            from cases.case_event e
           where e.tenant_id = wissel.tenant()
             and e.xid >= pg_snapshot_xmin($1::pg_snapshot)
             and not pg_visible_in_snapshot(e.xid, $1::pg_snapshot)
           order by e.xid limit 501) fresh on true)"};

namespace {

constexpr int kTooMany = 501;

// A crash of PostgreSQL may use the numbers of transactions again that were under way, so that
// what is kept does not hold for ever.
constexpr absl::Duration kKeptFor = absl::Minutes(1);

// Along the index case_queue alone.
constexpr pg::Statement kOpen = {"cases_tally_open", R"(
  select team_id, due_at, count(*) as cases from cases.case_file
   where tenant_id = (select wissel.tenant()) and team_id = any($1::text[]) and state < 3
   group by team_id, due_at)"};

// Along the index case_held alone.
constexpr pg::Statement kClaimed = {"cases_tally_claimed", R"(
  select team_id, count(*) as cases from cases.case_file
   where tenant_id = (select wissel.tenant()) and team_id = any($1::text[]) and state = 2
   group by team_id)"};

// What of `kept` still holds.
TalliedQueues Untouched(const TalliedQueues& kept, const pg::Result& touched) {
  TalliedQueues now;
  now.snapshot = touched[0].TextOrEmpty("snapshot");
  if (touched.size() >= kTooMany) return now;
  now.teams = kept.teams;
  const absl::Time oldest = absl::Now() - kKeptFor;
  std::erase_if(now.teams, [&](const auto& team) { return team.second->counted_at < oldest; });
  for (const pg::Result::Row row : touched) {
    now.teams.erase(row.TextOrEmpty("team_id"));
    now.teams.erase(row.TextOrEmpty("previous_team_id"));
  }
  return now;
}

}  // namespace

std::vector<pg::Statement> TallyStatements() { return {kTouchedQueues, kOpen, kClaimed}; }

absl::StatusOr<TalliedQueues> RefreshTallies(pg::Transaction& transaction,
                                             const TalliedQueues& kept, const pg::Result& touched,
                                             const std::vector<std::string>& teams) {
  TalliedQueues now = Untouched(kept, touched);
  std::vector<std::string> missing;
  for (const std::string& team_id : teams) {
    if (!now.teams.contains(team_id)) missing.push_back(team_id);
  }
  if (missing.empty()) return now;
  const pg::Param of_missing[] = {missing};
  WISSEL_ASSIGN_OR_RETURN(const std::vector<pg::Result> counted,
                          transaction.RunAll({{kOpen, of_missing}, {kClaimed, of_missing}}));
  std::map<std::string, QueueTally> tallies;
  for (const std::string& team_id : missing) tallies[team_id].counted_at = absl::Now();
  for (const pg::Result::Row row : counted[0]) {
    tallies[row.TextOrEmpty("team_id")].open[row.Time("due_at")] = row.Int32("cases");
  }
  for (const pg::Result::Row row : counted[1]) {
    tallies[row.TextOrEmpty("team_id")].claimed = row.Int32("cases");
  }
  for (auto& [team_id, tally] : tallies) {
    now.teams[team_id] = std::make_shared<const QueueTally>(std::move(tally));
  }
  return now;
}

}  // namespace wissel::cases
