#include "services/insight/figures_store.h"

#include "libs/base/status.h"

namespace wissel::insight {
namespace {

constexpr pg::Statement kReadLog = {"insight_read_log", R"(
  select e.case_id, e.at, e.kind, e.team_id, e.outcome, e.due_at, e.channel,
         e.first_attempt_counts, e.no_verdict
    from cases.figure_event r
    join cases.figure_event e on e.tenant_id = r.tenant_id and e.case_id = r.case_id
   where r.tenant_id = wissel.tenant() and r.kind = 1
     and r.at >= $1::timestamptz and r.at < $2::timestamptz and r.at <= $3::timestamptz
     and e.at <= $3::timestamptz
   order by e.case_id, e.sequence)"};

constexpr pg::Statement kTeamNames = {"insight_team_names", R"(
  select team_id, name from directory.team_view where tenant_id = wissel.tenant())"};

constexpr pg::Statement kTargets = {"insight_targets", R"(
  select distinct on (team_id, channel) team_id, channel, target_share
    from directory.norm_view
   where tenant_id = wissel.tenant()
   order by team_id, channel, (valid_from::timestamptz <= $1::timestamptz) desc,
            case when valid_from::timestamptz <= $1::timestamptz then valid_from end desc,
            valid_from)"};

}  // namespace

std::vector<pg::Statement> FigureStatements() { return {kReadLog, kTeamNames, kTargets}; }

absl::StatusOr<std::vector<FigureEvent>> ReadLog(pg::Transaction& transaction, absl::Time from,
                                                 absl::Time to, absl::Time as_of) {
  WISSEL_ASSIGN_OR_RETURN(pg::Result rows, transaction.Run(kReadLog, {from, to, as_of}));
  std::vector<FigureEvent> log;
  log.reserve(rows.size());
  for (pg::Result::Row row : rows) {
    FigureEvent event = {
        .case_id = row.Int64("case_id"),
        .at = row.Time("at"),
        .kind = static_cast<cases::v1::EventKind>(row.Int32("kind")),
        .team_id = row.TextOrEmpty("team_id"),
        .outcome = static_cast<cases::v1::CaseOutcome>(row.Int32("outcome")),
        .due_at = row.OptionalTime("due_at").value_or(absl::InfiniteFuture()),
    };
    if (event.kind == cases::v1::EVENT_KIND_RECEIVED) {
      event.channel = static_cast<common::v1::Channel>(row.Int32("channel"));
      event.first_attempt_counts =
          !row.IsNull("first_attempt_counts") && row.Bool("first_attempt_counts");
      event.no_verdict = !row.IsNull("no_verdict") && row.Bool("no_verdict");
    }
    log.push_back(std::move(event));
  }
  return log;
}

absl::StatusOr<std::map<std::string, std::string>> ReadTeamNames(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(pg::Result rows, transaction.Run(kTeamNames));
  std::map<std::string, std::string> names;
  for (pg::Result::Row row : rows) names[row.TextOrEmpty("team_id")] = row.TextOrEmpty("name");
  return names;
}

absl::StatusOr<std::map<GroupKey, double>> ReadTargets(pg::Transaction& transaction,
                                                       absl::Time moment) {
  WISSEL_ASSIGN_OR_RETURN(pg::Result rows, transaction.Run(kTargets, {moment}));
  std::map<GroupKey, double> targets;
  for (pg::Result::Row row : rows) {
    targets[{row.TextOrEmpty("team_id"), static_cast<common::v1::Channel>(row.Int32("channel"))}] =
        row.Double("target_share");
  }
  return targets;
}

}  // namespace wissel::insight
