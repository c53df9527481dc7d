#include "services/cases/history/history_store.h"

#include <functional>
#include <type_traits>

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
  )
  select case_id, pg_notify('wissel_cases', '')::text from filed)"};

// An import writes one event for a case that is open, two for one that has ended, and one (16
// corrected) each time that the source tells something else.
constexpr pg::Statement kFindPast = {"cases_import_known", R"(
  select f.case_id, f.source_id, f.channel, f.team_id, f.topic_id, f.subject, f.received_at,
         f.due_at, f.closed_at, f.outcome, f.neighbourhood, c.postcode, f.version,
         (select count(*) from cases.case_event e
           where e.tenant_id = f.tenant_id and e.case_id = f.case_id and e.kind <> 16)
           <> case when f.closed_at is null then 1 else 2 end as worked_on
    from cases.case_file f
    join cases.contact c on c.tenant_id = f.tenant_id and c.case_id = f.case_id
                        and c.contact_no = 1
   where f.tenant_id = wissel.tenant() and f.source_id = any($1::text[]))"};

// Every change is an event, so that whoever reads the log on sees that there is something new.
constexpr pg::Statement kUpdatePast = {"cases_import_update", R"(
  with given as materialized (
    select wissel.tenant() as tenant_id, t.*
      from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[],
                  $7::timestamptz[], $8::smallint[])
           as t (case_id, version, topic_id, subject, neighbourhood, postcode, closed_at, outcome)
  ), filed as (
    update cases.case_file f
       set topic_id = g.topic_id, subject = g.subject, neighbourhood = g.neighbourhood,
           state = case when g.closed_at is null then f.state else 3 end,
           outcome = case when g.closed_at is null then f.outcome else g.outcome end,
           closed_at = coalesce(g.closed_at, f.closed_at), version = f.version + 1
      from given g
     where f.tenant_id = g.tenant_id and f.case_id = g.case_id and f.version = g.version
    returning f.tenant_id, f.case_id, f.team_id, f.outcome, g.closed_at as ended_at, g.subject,
              g.neighbourhood, g.postcode
  ), noted as (
    update cases.contact c
       set subject = f.subject, neighbourhood = f.neighbourhood, postcode = f.postcode
      from filed f
     where c.tenant_id = f.tenant_id and c.case_id = f.case_id and c.contact_no = 1
  ), logged as (
    insert into cases.case_event (
      tenant_id, case_id, sequence, at, kind, actor_id, actor_name, team_id, outcome)
    select tenant_id, case_id,
           (select coalesce(max(e.sequence), 0) + 1 from cases.case_event e
             where e.tenant_id = filed.tenant_id and e.case_id = filed.case_id),
           coalesce(ended_at, clock_timestamp()),
           case when ended_at is null then 16 when outcome in (1, 2) then 8 else 9 end,
           $9::text, $10::text, team_id, case when ended_at is null then 0 else outcome end
      from filed
  )
  select case_id, pg_notify('wissel_cases', '')::text from filed)"};

template <typename Row, typename Get>
pg::Param Column(absl::Span<const Row> rows, Get get) {
  std::vector<std::decay_t<std::invoke_result_t<Get, const Row&>>> values;
  values.reserve(rows.size());
  for (const Row& row : rows) values.push_back(std::invoke(get, row));
  return pg::Param(values);
}

absl::flat_hash_set<int64_t> References(const pg::Result& rows) {
  absl::flat_hash_set<int64_t> references;
  for (const pg::Result::Row row : rows) references.insert(row.Int64("case_id"));
  return references;
}

constexpr pg::Statement kAnalyze = {"cases_import_analyze", "select cases.analyze_history()"};

}  // namespace

std::vector<pg::Statement> HistoryStatements() {
  return {kInsertPast, kFindPast, kUpdatePast, kAnalyze};
}

absl::StatusOr<absl::flat_hash_set<int64_t>> InsertPast(pg::Transaction& transaction,
                                                        absl::Span<const PastCase> rows,
                                                        const rpc::Principal& who) {
  const auto column = [rows](auto member) { return Column(rows, member); };
  WISSEL_ASSIGN_OR_RETURN(
      const pg::Result stored,
      transaction.Run(
          kInsertPast,
          {column(&PastCase::reference), column(&PastCase::source_id), column(&PastCase::channel),
           column(&PastCase::team_id), column(&PastCase::topic_id), column(&PastCase::subject),
           column(&PastCase::opened_at), column(&PastCase::due_at), column(&PastCase::closed_at),
           column(&PastCase::outcome), column(&PastCase::excluded),
           column(&PastCase::neighbourhood), column(&PastCase::postcode), who.account_id,
           who.display_name}));
  return References(stored);
}

absl::Status AnalyzeHistory(pg::Transaction& transaction) {
  return transaction.Run(kAnalyze).status();
}

absl::StatusOr<absl::flat_hash_map<std::string, StoredPast>> FindPast(
    pg::Transaction& transaction, const std::vector<std::string>& source_ids) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kFindPast, {source_ids}));
  absl::flat_hash_map<std::string, StoredPast> found;
  for (const pg::Result::Row row : rows) {
    const std::string source_id = row.TextOrEmpty("source_id");
    found[source_id] = {
        .past = {.reference = row.Int64("case_id"),
                 .source_id = source_id,
                 .channel = row.Int32("channel"),
                 .team_id = row.TextOrEmpty("team_id"),
                 .topic_id = row.TextOrEmpty("topic_id"),
                 .subject = row.TextOrEmpty("subject"),
                 .opened_at = row.Time("received_at"),
                 .due_at = row.OptionalTime("due_at").value_or(absl::InfiniteFuture()),
                 .closed_at = row.OptionalTime("closed_at"),
                 .outcome = row.Int32("outcome"),
                 .neighbourhood = row.TextOrEmpty("neighbourhood"),
                 .postcode = row.TextOrEmpty("postcode")},
        .version = row.Int64("version"),
        .worked_on = row.Bool("worked_on")};
  }
  return found;
}

absl::StatusOr<absl::flat_hash_set<int64_t>> UpdatePast(pg::Transaction& transaction,
                                                        absl::Span<const StoredPast> rows,
                                                        const rpc::Principal& who) {
  const auto column = [rows](auto member) {
    return Column(rows, [member](const StoredPast& row) { return row.past.*member; });
  };
  WISSEL_ASSIGN_OR_RETURN(
      const pg::Result updated,
      transaction.Run(kUpdatePast, {column(&PastCase::reference),
                                    Column(rows, &StoredPast::version), column(&PastCase::topic_id),
                                    column(&PastCase::subject), column(&PastCase::neighbourhood),
                                    column(&PastCase::postcode), column(&PastCase::closed_at),
                                    column(&PastCase::outcome), who.account_id, who.display_name}));
  return References(updated);
}

}  // namespace wissel::cases
