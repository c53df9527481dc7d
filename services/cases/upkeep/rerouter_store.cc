#include "services/cases/upkeep/rerouter_store.h"

#include "libs/base/status.h"

namespace wissel::cases {
namespace {

constexpr pg::Statement kPending = {"cases_reroute_pending", R"(
  select f.case_id, f.version, f.channel, f.team_id, f.topic_id, c.subject, c.question,
         c.organisation <> '' as is_business, c.is_urgent, c.neighbourhood, c.postcode,
         f.received_at, f.due_at
    from cases.case_file f
    join cases.contact c on c.tenant_id = f.tenant_id and c.case_id = f.case_id
                        and c.contact_no = 1
   where f.tenant_id = (select wissel.tenant()) and f.routing_pending and f.state = 1
     and f.case_id > $1::bigint
   order by f.case_id limit $2::int)"};

constexpr pg::Statement kOldestPending = {"cases_reroute_oldest", R"(
  select coalesce(min(received_at), 'infinity') as oldest from cases.case_file
   where tenant_id = (select wissel.tenant()) and routing_pending and state = 1)"};

// Kinds of events: 2 routed, 13 due moved.
constexpr pg::Statement kMove = {"cases_reroute_move", R"(
  with decided as materialized (
    select clock_timestamp() as moment, t.*
      from unnest($1::bigint[], $2::bigint[], $3::text[], $4::timestamptz[], $5::boolean[],
                  $6::smallint[], $7::boolean[], $8::bigint[], $9::bytea[], $10::text[],
                  $11::text[], $12::text[], $13::bigint[], $14::boolean[])
           as t (case_id, version, team_id, due_at, due_moved, norm_working_days, norm_statutory,
                 calendar_version, decision, reason, mailbox, rule_id, sop_version,
                 first_attempt_counts)
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
  ), told as (
    insert into cases.outbox (tenant_id, case_id, kind, recipient, payload, created_at)
    select tenant_id, case_id, 'team_new_case', mailbox,
           jsonb_build_object('reference', case_id, 'link', '/zaak/' || case_id), moment
      from moved join decided using (case_id) where mailbox <> ''
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
  select moved, case when moved > 0 then pg_notify('wissel_cases', '')::text end from counted)"};

template <typename T>
pg::Param Column(absl::Span<const RoutedCase> rows, T RoutedCase::*member) {
  std::vector<T> values;
  values.reserve(rows.size());
  for (const RoutedCase& row : rows) values.push_back(row.*member);
  return pg::Param(values);
}

}  // namespace

std::vector<pg::Statement> RerouterStatements() { return {kPending, kOldestPending, kMove}; }

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
  const auto column = [routed](auto member) { return Column(routed, member); };
  WISSEL_ASSIGN_OR_RETURN(
      pg::Result counted,
      transaction.Run(
          kMove, {column(&RoutedCase::reference), column(&RoutedCase::version),
                  column(&RoutedCase::team_id), column(&RoutedCase::due_at),
                  column(&RoutedCase::due_moved), column(&RoutedCase::norm_working_days),
                  column(&RoutedCase::norm_statutory), column(&RoutedCase::calendar_version),
                  column(&RoutedCase::decision), column(&RoutedCase::reason),
                  column(&RoutedCase::mailbox), column(&RoutedCase::rule_id),
                  column(&RoutedCase::sop_version), column(&RoutedCase::first_attempt_counts)}));
  return counted[0].Int32("moved");
}

}  // namespace wissel::cases
