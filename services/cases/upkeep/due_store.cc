#include "services/cases/upkeep/due_store.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/pg/row_columns.h"

namespace wissel::cases {
namespace {

constexpr pg::Statement kLockOutdated = {"cases_due_outdated", R"(
  select case_id, received_at, due_at, norm_working_days, norm_statutory
    from cases.case_file
   where tenant_id = (select wissel.tenant()) and state < 3 and norm_working_days is not null
     and calendar_version < $1::bigint
   order by case_id limit $2::int
     for no key update)"};

const pg::RowColumns<DueCase>& Columns() {
  using pg::Column;
  static const auto* const columns =
      new pg::RowColumns<DueCase>({Column<&DueCase::reference>("case_id", "bigint"),
                                   Column<&DueCase::due_at>("due_at", "timestamptz"),
                                   Column<&DueCase::moved>("moved", "boolean")});
  return *columns;
}

// Kind of event: 13 due moved. The calendar version is the parameter behind the columns.
constexpr char kCounted[] = R"(
  with counted as materialized (select clock_timestamp() as moment, t.* from )";
constexpr char kMoveCounted[] = R"(
  ), stored as (
    update cases.case_file f
       set due_at = c.due_at, calendar_version = $4::bigint, version = f.version + c.moved::int
      from counted c
     where f.tenant_id = (select wissel.tenant()) and f.case_id = c.case_id
    returning f.tenant_id, f.case_id, f.team_id
  ), logged as (
    insert into cases.case_event (tenant_id, case_id, sequence, at, kind, actor_id, actor_name,
                                  team_id, due_at, text)
    select s.tenant_id, s.case_id, last.sequence + 1, c.moment, 13, 'wissel', 'Wissel', s.team_id,
           c.due_at, 'De kalender is gewijzigd.'
      from stored s join counted c using (case_id)
     cross join lateral (select max(e.sequence) as sequence from cases.case_event e
                          where e.tenant_id = s.tenant_id and e.case_id = s.case_id) last
     where c.moved
  )
  select pg_notify('wissel_cases', '')::text from counted where moved limit 1)";

const pg::Statement& Move() {
  static const auto* const sql =
      new std::string(absl::StrCat(kCounted, Columns().Table("t"), kMoveCounted));
  static const pg::Statement statement = {"cases_due_move", sql->c_str()};
  return statement;
}

}  // namespace

std::vector<pg::Statement> DueStatements() { return {kLockOutdated, Move()}; }

absl::StatusOr<std::vector<DueCase>> LockOutdated(pg::Transaction& transaction,
                                                  int64_t calendar_version, int limit) {
  WISSEL_ASSIGN_OR_RETURN(pg::Result rows,
                          transaction.Run(kLockOutdated, {calendar_version, limit}));
  std::vector<DueCase> cases;
  cases.reserve(rows.size());
  for (pg::Result::Row row : rows) {
    cases.push_back({.reference = row.Int64("case_id"),
                     .received_at = row.Time("received_at"),
                     .due_at = row.Time("due_at"),
                     .norm = {.working_days = row.Int32("norm_working_days"),
                              .statutory = row.Bool("norm_statutory")}});
  }
  return cases;
}

absl::Status MoveDue(pg::Transaction& transaction, absl::Span<const DueCase> cases,
                     int64_t calendar_version) {
  std::vector<pg::Param> params = Columns().Params(cases);
  params.emplace_back(calendar_version);
  return transaction.Run(Move(), params).status();
}

}  // namespace wissel::cases
