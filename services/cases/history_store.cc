#include "services/cases/history_store.h"

#include "libs/base/status.h"

namespace wissel::cases {
namespace {

// Kinds of events: 1 received, 8 answered, 9 closed without an answer. An import has no norm and no
// calendar version of ours: nothing ever counts its due moment again.
constexpr pg::Statement kInsertPast = {"cases_import", R"(
  with given as materialized (
    select wissel.tenant() as tenant_id, $14::text as actor_id, $15::text as actor_name, t.*
      from unnest($1::bigint[], $2::text[], $3::smallint[], $4::text[], $5::text[], $6::text[],
                  $7::timestamptz[], $8::timestamptz[], $9::timestamptz[], $10::smallint[],
                  $11::boolean[], $12::text[], $13::text[])
           as t (case_id, source_id, channel, team_id, topic_id, subject, opened_at, due_at,
                 closed_at, outcome, excluded, neighbourhood, postcode)
  ), filed as (
    insert into cases.case_file (
      tenant_id, case_id, state, outcome, channel, team_id, topic_id, subject, received_at, due_at,
      closed_at, source_id, neighbourhood, version)
    select tenant_id, case_id, case when closed_at is null then 1 else 3 end, outcome, channel,
           team_id, topic_id, subject, opened_at, due_at, closed_at, source_id, neighbourhood,
           case when closed_at is null then 1 else 2 end
      from given order by source_id
    on conflict (tenant_id, source_id) where source_id is not null do nothing
    returning case_id
  ), fresh as materialized (
    select given.* from given join filed using (case_id)
  ), noted as (
    insert into cases.contact (
      tenant_id, case_id, contact_no, channel, subject, received_at, neighbourhood, postcode)
    select tenant_id, case_id, 1, channel, subject, opened_at, neighbourhood, postcode from fresh
  ), logged as (
    insert into cases.case_event (
      tenant_id, case_id, sequence, at, kind, actor_id, actor_name, team_id, outcome, due_at,
      channel, first_attempt_counts, no_verdict)
    select tenant_id, case_id, 1, opened_at, 1, actor_id, actor_name, team_id, 0, due_at, channel,
           false, excluded
      from fresh
    union all
    select tenant_id, case_id, 2, closed_at, case when outcome in (1, 2) then 8 else 9 end,
           actor_id, actor_name, team_id, outcome, null, null, null, null
      from fresh where closed_at is not null
  ), counted as (
    select count(*) as stored from filed
  )
  select stored, case when stored > 0 then pg_notify('wissel_cases', '')::text end from counted)"};

template <typename T>
pg::Param Column(absl::Span<const PastCase> rows, T PastCase::*member) {
  std::vector<T> values;
  values.reserve(rows.size());
  for (const PastCase& row : rows) values.push_back(row.*member);
  return pg::Param(values);
}

}  // namespace

std::vector<pg::Statement> HistoryStatements() { return {kInsertPast}; }

absl::StatusOr<int> InsertPast(pg::Transaction& transaction, absl::Span<const PastCase> rows,
                               const rpc::Principal& who) {
  const auto column = [rows](auto member) { return Column(rows, member); };
  WISSEL_ASSIGN_OR_RETURN(
      pg::Result counted,
      transaction.Run(
          kInsertPast,
          {column(&PastCase::reference), column(&PastCase::source_id), column(&PastCase::channel),
           column(&PastCase::team_id), column(&PastCase::topic_id), column(&PastCase::subject),
           column(&PastCase::opened_at), column(&PastCase::due_at), column(&PastCase::closed_at),
           column(&PastCase::outcome), column(&PastCase::excluded),
           column(&PastCase::neighbourhood), column(&PastCase::postcode), who.account_id,
           who.display_name}));
  return counted[0].Int32("stored");
}

}  // namespace wissel::cases
