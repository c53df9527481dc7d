#include "services/insight/figures_store.h"

#include "libs/base/status.h"

namespace wissel::insight {
namespace {

constexpr pg::Statement kTeamNames = {"insight_team_names", R"(
  select team_id, name, row_number() over (order by name collate "nl-x-icu", team_id) as place
    from directory.team_view where tenant_id = (select wissel.tenant()))"};

// A norm holds from the beginning of its day in the zone of the municipality.
constexpr pg::Statement kTargets = {"insight_targets", R"(
  with asked as materialized (
    select ($1::timestamptz at time zone time_zone)::date as day
      from directory.municipality_view where tenant_id = (select wissel.tenant())
  )
  select distinct on (team_id, channel) team_id, channel, target_share
    from directory.norm_view cross join asked
   where tenant_id = (select wissel.tenant())
   order by team_id, channel, (valid_from <= day) desc,
            case when valid_from <= day then valid_from end desc, valid_from)"};

}  // namespace

std::vector<pg::Statement> FigureStatements() { return {kTeamNames, kTargets}; }

absl::StatusOr<std::map<std::string, TeamName>> ReadTeamNames(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(pg::Result rows, transaction.Run(kTeamNames));
  std::map<std::string, TeamName> names;
  for (pg::Result::Row row : rows) {
    names[row.TextOrEmpty("team_id")] = {row.Int64("place"), row.TextOrEmpty("name")};
  }
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
