#include "services/router/propose/past_case_store.h"

#include <string>

#include "libs/base/status.h"

namespace wissel::router {
namespace {

// A case is its first contact. Outcomes: 1 answered at once, 2 answered by the team that held it.
constexpr pg::Statement kPastCases = {"router_past_cases", R"(
  select ((received_at at time zone $3::text)::date - date '1970-01-01')::int as day, channel,
         topic_id, neighbourhood, left(postcode, 4) as district, final_team_id,
         count(*) as cases
    from cases.routed_contact
   where tenant_id = (select wissel.tenant()) and received_at >= $1::timestamptz
     and received_at < $2::timestamptz and contact_no = 1 and outcome in (1, 2)
   group by 1, 2, 3, 4, 5, 6)"};

}  // namespace

std::vector<pg::Statement> PastCaseStatements() { return {kPastCases}; }

absl::StatusOr<std::vector<PastCase>> ReadPastCases(pg::Transaction& transaction, absl::Time from,
                                                    absl::Time to, absl::TimeZone zone) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows,
                          transaction.Run(kPastCases, {from, to, zone.name()}));
  std::vector<PastCase> cases;
  cases.reserve(rows.size());
  for (const pg::Result::Row row : rows) {
    cases.push_back({.day = absl::CivilDay(1970, 1, 1) + row.Int32("day"),
                     .channel = static_cast<common::v1::Channel>(row.Int32("channel")),
                     .topic_id = row.TextOrEmpty("topic_id"),
                     .neighbourhood = row.TextOrEmpty("neighbourhood"),
                     .postcode = row.TextOrEmpty("district"),
                     .team_id = row.TextOrEmpty("final_team_id"),
                     .cases = row.Int64("cases")});
  }
  return cases;
}

}  // namespace wissel::router
