#include "services/router/active/team_facts_store.h"

#include "libs/base/status.h"
#include "services/router/active/routing_facts.h"

namespace wissel::router {
namespace {

constexpr pg::Statement kTeamFacts = {"router_team_facts", R"(
  select team_id, members, has_norm, has_lead
    from directory.team_facts_view where tenant_id = (select wissel.tenant()))"};

}  // namespace

std::vector<pg::Statement> TeamFactsStatements() { return {kTeamFacts}; }

absl::StatusOr<verify::VerificationContext> ReadVerificationContext(
    pg::Transaction& transaction, const municipality::MunicipalitySnapshot& municipality,
    absl::Time now) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kTeamFacts));
  const decision::ServiceHours hours = HoursOf(municipality);
  verify::VerificationContext context = {.teams = std::nullopt, .today = hours.DayOf(now)};
  auto& teams = context.teams.emplace();
  for (const pg::Result::Row row : rows) {
    const municipality::Team* const team = municipality.FindTeam(row.Text("team_id"));
    // A team that came after the snapshot was read.
    if (team == nullptr) continue;
    teams[team->team_id] = {.name = team->name,
                            .mailbox = team->mailbox,
                            .transfer_number = team->transfer_number,
                            .members = row.Int32("members"),
                            .has_lead = row.Bool("has_lead"),
                            .has_norm = row.Bool("has_norm"),
                            .is_kcc = team->is_kcc,
                            .hours = hours.week()};
  }
  return context;
}

}  // namespace wissel::router
