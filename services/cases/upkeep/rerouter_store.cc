#include "services/cases/upkeep/rerouter_store.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/pg/row_columns.h"

namespace wissel::cases {
namespace {

constexpr pg::Statement kPending = {"cases_reroute_pending", R"(
  select f.case_id, f.version, f.channel, f.team_id, f.topic_id, c.subject, c.question,
         c.organisation <> '' as is_business, c.is_urgent, c.neighbourhood, c.postcode,
         f.received_at, f.due_at
    from (select * from cases.case_file
           where tenant_id = (select wissel.tenant()) and routing_pending and state = 1
             and case_id > $1::bigint
           order by case_id limit $2::int) f
   cross join lateral (select * from cases.contact
                        where tenant_id = f.tenant_id and case_id = f.case_id and contact_no = 1
                       offset 0) c
   order by f.case_id)"};

constexpr pg::Statement kOldestPending = {"cases_reroute_oldest", R"(
  select coalesce(min(received_at), 'infinity') as oldest from cases.case_file
   where tenant_id = (select wissel.tenant()) and routing_pending and state = 1)"};

const pg::RowColumns<RoutedCase>& Columns() {
  using pg::Column;
  static const auto* const columns = new pg::RowColumns<RoutedCase>(
      {Column<&RoutedCase::reference>("case_id", "bigint"),
       Column<&RoutedCase::version>("version", "bigint"),
       Column<&RoutedCase::team_id>("team_id", "text"),
       Column<&RoutedCase::due_at>("due_at", "timestamptz"),
       Column<&RoutedCase::due_moved>("due_moved", "boolean"),
       Column<&RoutedCase::norm_working_days>("norm_working_days", "smallint"),
       Column<&RoutedCase::norm_statutory>("norm_statutory", "boolean"),
       Column<&RoutedCase::calendar_version>("calendar_version", "bigint"),
       Column<&RoutedCase::decision>("decision", "bytea"),
       Column<&RoutedCase::reason>("reason", "text"),
       Column<&RoutedCase::rule_id>("rule_id", "text"),
       Column<&RoutedCase::sop_version>("sop_version", "bigint"),
       Column<&RoutedCase::first_attempt_counts>("first_attempt_counts", "boolean")});
  return *columns;
}

constexpr char kDecided[] = R"(
  with decided as materialized (select clock_timestamp() as moment, t.* from )";

// Kinds of events: 2 routed, 13 due moved. The table is read as it was before the statement.
constexpr char kMoveDecided[] = R"(
  ), moved as (
    update cases.case_file f
       set team_id = d.team_id, due_at = d.due_at, norm_working_days = d.norm_working_days,
           norm_statutory = d.norm_statutory, calendar_version = d.calendar_version,
           decision = d.decision, rule_id = d.rule_id, sop_version = d.sop_version,
           routing_pending = false, version = f.version + 1
      from decided d
     where f.tenant_id = (select wissel.tenant()) and f.case_id = d.case_id
       and f.version = d.version and f.routing_pending and f.state = 1
    returning f.tenant_id, f.case_id
  ), told_first as (
    update cases.contact c set first_decision = before.decision
      from moved m
      join cases.case_file before on before.tenant_id = m.tenant_id and before.case_id = m.case_id
     where c.tenant_id = m.tenant_id and c.case_id = m.case_id and c.contact_no = 1
  ), logged as (
    insert into cases.case_event (tenant_id, case_id, sequence, at, kind, actor_id, actor_name,
                                  team_id, due_at, first_attempt_counts, text)
    select m.tenant_id, m.case_id, last.sequence + event.step, d.moment, event.kind, 'wissel',
           'Wissel', d.team_id, event.due_at, event.first_attempt_counts, event.text
      from moved m join decided d using (case_id)
     cross join lateral (select max(e.sequence) as sequence from cases.case_event e
                          where e.tenant_id = m.tenant_id and e.case_id = m.case_id) last
     cross join lateral (values (1, 2, null::timestamptz, d.first_attempt_counts, d.reason),
                                (2, 13, d.due_at, null, 'De norm van dit team geldt.'))
                as event (step, kind, due_at, first_attempt_counts, text)
     where event.step = 1 or d.due_moved
  ), counted as (
    select count(*) as moved from moved
  )
  select moved, case when moved > 0 then pg_notify('wissel_cases', '')::text end from counted)";

const pg::Statement& Move() {
  static const auto* const sql =
      new std::string(absl::StrCat(kDecided, Columns().Table("t"), kMoveDecided));
  static const pg::Statement statement = {"cases_reroute_move", sql->c_str()};
  return statement;
}

}  // namespace

std::vector<pg::Statement> RerouterStatements() { return {kPending, kOldestPending, Move()}; }

absl::StatusOr<std::vector<PendingCase>> ReadPending(pg::Transaction& transaction, int64_t after,
                                                     int limit) {
  WISSEL_ASSIGN_OR_RETURN(pg::Result rows, transaction.Run(kPending, {after, limit}));
  std::vector<PendingCase> pending;
  pending.reserve(rows.size());
  for (pg::Result::Row row : rows) {
    pending.push_back({.reference = row.Int64("case_id"),
                       .version = row.Int64("version"),
                       .channel = static_cast<common::v1::Channel>(row.Int32("channel")),
                       .team_id = row.TextOrEmpty("team_id"),
                       .topic_id = row.TextOrEmpty("topic_id"),
                       .subject = row.TextOrEmpty("subject"),
                       .question = row.TextOrEmpty("question"),
                       .is_business = row.Bool("is_business"),
                       .is_urgent = row.Bool("is_urgent"),
                       .neighbourhood = row.TextOrEmpty("neighbourhood"),
                       .postcode = row.TextOrEmpty("postcode"),
                       .received_at = row.Time("received_at"),
                       .due_at = row.Time("due_at")});
  }
  return pending;
}

absl::StatusOr<absl::Time> ReadOldestPending(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(pg::Result rows, transaction.Run(kOldestPending));
  return rows[0].Time("oldest");
}

absl::StatusOr<int> MoveRouted(pg::Transaction& transaction, absl::Span<const RoutedCase> routed) {
  WISSEL_ASSIGN_OR_RETURN(pg::Result counted, transaction.Run(Move(), Columns().Params(routed)));
  return counted[0].Int32("moved");
}

}  // namespace wissel::cases
