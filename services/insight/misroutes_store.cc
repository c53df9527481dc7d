#include "services/insight/misroutes_store.h"

#include "libs/base/status.h"

namespace wissel::insight {
namespace {

// Kinds of events: 1 received, 2 routed after receipt, 10 returned, 11 forwarded. The first of the
// last two is the act of, or on behalf of, the team that the case was routed to.
constexpr pg::Statement kRouted = {"insight_routed_cases", R"(
  select rule_id, team_id, misrouted, to_team_id, cell_cases, cell_version, case_id, holder, reason
    from (
      select *, count(*) over cell as cell_cases, max(sop_version) over cell as cell_version,
             row_number() over (cell order by at desc, case_id) as place
        from (
          select r.case_id, r.at, c.rule_id, c.sop_version, c.team_id as holder,
                 coalesce(routed.team_id, r.team_id) as team_id,
                 back.case_id is not null as misrouted,
                 coalesce(nullif(back.suggested_team_id, ''), forwarded.team_id, '') as to_team_id,
                 coalesce(back.text, '') as reason
            from cases.figure_event r
            join cases.routed_case c on c.tenant_id = r.tenant_id and c.case_id = r.case_id
            left join lateral (
              select e.team_id from cases.figure_event e
               where e.tenant_id = r.tenant_id and e.case_id = r.case_id and e.kind = 2
               order by e.sequence limit 1) routed on true
            left join lateral (
              select e.case_id, e.sequence, e.suggested_team_id, e.text from cases.way_back_event e
               where e.tenant_id = r.tenant_id and e.case_id = r.case_id
               order by e.sequence limit 1) back on true
            left join lateral (
              select e.team_id from cases.way_back_event e
               where e.tenant_id = r.tenant_id and e.case_id = r.case_id and e.kind = 11
                 and e.sequence >= back.sequence
               order by e.sequence limit 1) forwarded on true
           where r.tenant_id = (select wissel.tenant()) and r.kind = 1 and r.outcome = 0
             and r.at >= $1::timestamptz and r.at < $2::timestamptz) one
      window cell as (partition by rule_id, team_id, misrouted, to_team_id)) numbered
   where place <= case when misrouted then $3::int else 1 end
   order by rule_id, team_id, misrouted, to_team_id, place)"};

}  // namespace

std::vector<pg::Statement> MisrouteStatements() { return {kRouted}; }

absl::StatusOr<std::vector<RoutedCase>> ReadRoutedCases(pg::Transaction& transaction,
                                                        absl::Time from, absl::Time to) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows,
                          transaction.Run(kRouted, {from, to, kMostExamples}));
  std::vector<RoutedCase> cases;
  cases.reserve(rows.size());
  for (const pg::Result::Row row : rows) {
    cases.push_back({.rule_id = row.TextOrEmpty("rule_id"),
                     .team_id = row.TextOrEmpty("team_id"),
                     .misrouted = row.Bool("misrouted"),
                     .to_team_id = row.TextOrEmpty("to_team_id"),
                     .cell_cases = row.Int64("cell_cases"),
                     .cell_version = row.Int64("cell_version"),
                     .reference = row.Int64("case_id"),
                     .holder_team_id = row.TextOrEmpty("holder"),
                     .reason = row.TextOrEmpty("reason")});
  }
  return cases;
}

}  // namespace wissel::insight
