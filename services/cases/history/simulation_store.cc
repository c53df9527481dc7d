#include "services/cases/history/simulation_store.h"

#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "libs/base/status.h"

namespace wissel::cases {
namespace {

constexpr pg::Statement kFind = {"cases_find_simulation", R"(
  select seed, inhabitants, first_day::text as first_day, until, share_in_time::text as share,
         finished_at is not null as finished
    from cases.simulation where tenant_id = (select wissel.tenant()))"};

constexpr pg::Statement kBegin = {"cases_begin_simulation", R"(
  insert into cases.simulation (tenant_id, seed, inhabitants, first_day, until, share_in_time)
  values (wissel.tenant(), $1::bigint, $2::bigint, $3::date, $4::timestamptz,
          $5::double precision))"};

constexpr pg::Statement kFinish = {"cases_finish_simulation", R"(
  with finished as (
    update cases.simulation set finished_at = now()
     where tenant_id = (select wissel.tenant()) returning tenant_id)
  select pg_notify('wissel_cases', ''), cases.analyze_history() from finished)"};

constexpr pg::Statement kFirstReceipt = {"cases_first_receipt", R"(
  select min(at) as at from cases.case_event
   where tenant_id = (select wissel.tenant()) and kind = 1)"};

constexpr pg::Statement kColleagues = {"cases_colleagues", R"(
  select c.account_id, c.display_name,
         (select coalesce(string_agg(r.role::text, ',' order by r.role), '')
            from directory.account_role_view r
           where r.tenant_id = c.tenant_id and r.account_id = c.account_id) as roles,
         (select coalesce(string_agg(t.team_id, ',' order by t.team_id), '')
            from directory.account_team_view t
           where t.tenant_id = c.tenant_id and t.account_id = c.account_id) as teams
    from directory.colleague_view c
   where c.tenant_id = (select wissel.tenant())
   order by c.display_name, c.account_id)"};

absl::StatusOr<absl::CivilDay> DayOf(absl::string_view text) {
  absl::CivilDay day;
  if (!absl::ParseCivilTime(text, &day)) return absl::InternalError("a date is no date");
  return day;
}

}  // namespace

std::vector<pg::Statement> SimulationStatements() {
  return {kFind, kBegin, kFinish, kFirstReceipt, kColleagues};
}

absl::StatusOr<std::optional<Simulation>> FindSimulation(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kFind));
  if (rows.empty()) return std::nullopt;
  const pg::Result::Row row = rows[0];
  Simulation simulation = {.seed = row.Int64("seed"),
                           .inhabitants = row.Int64("inhabitants"),
                           .until = row.Time("until"),
                           .finished = row.Bool("finished")};
  WISSEL_ASSIGN_OR_RETURN(simulation.first_day, DayOf(row.Text("first_day")));
  if (!row.IsNull("share")) simulation.share_in_time = row.Double("share");
  return simulation;
}

absl::Status BeginSimulation(pg::Transaction& transaction, const Simulation& simulation) {
  return transaction
      .Run(kBegin,
           {simulation.seed, simulation.inhabitants, absl::FormatCivilTime(simulation.first_day),
            simulation.until, simulation.share_in_time})
      .status();
}

absl::Status FinishSimulation(pg::Transaction& transaction) {
  return transaction.Run(kFinish).status();
}

absl::StatusOr<std::optional<absl::Time>> FirstReceipt(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kFirstReceipt));
  return rows[0].OptionalTime("at");
}

absl::StatusOr<std::vector<rpc::Principal>> ListColleagues(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kColleagues));
  std::vector<rpc::Principal> colleagues;
  for (const pg::Result::Row row : rows) {
    rpc::Principal& colleague = colleagues.emplace_back();
    colleague.account_id = row.TextOrEmpty("account_id");
    colleague.display_name = row.TextOrEmpty("display_name");
    for (const auto role : absl::StrSplit(row.Text("roles"), ',', absl::SkipEmpty())) {
      int number = 0;
      if (absl::SimpleAtoi(role, &number)) {
        colleague.roles.push_back(static_cast<options::v1::Role>(number));
      }
    }
    colleague.team_ids = absl::StrSplit(row.Text("teams"), ',', absl::SkipEmpty());
  }
  return colleagues;
}

}  // namespace wissel::cases
