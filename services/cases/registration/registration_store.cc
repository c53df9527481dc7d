#include "services/cases/registration/registration_store.h"

#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "services/cases/directory/directory_store.h"

namespace wissel::cases {
namespace {

constexpr pg::Statement kFindMessages = {"cases_register_find_messages", R"(
  select c.channel, c.account, c.external_id, c.case_id, e.team_id, e.outcome, e.at, e.due_at,
         f.decision
    from unnest($1::smallint[], $2::text[], $3::text[]) as m (channel, account, external_id)
    join cases.contact c on c.tenant_id = (select wissel.tenant()) and c.channel = m.channel
                        and c.account = m.account and c.external_id = m.external_id
    join cases.case_event e on e.tenant_id = c.tenant_id and e.case_id = c.case_id
                           and e.sequence = 1
    join cases.case_file f on f.tenant_id = c.tenant_id and f.case_id = c.case_id)"};

// One statement, so one round trip for a batch. Every part reads `fresh`, which is whole before the
// first of them starts; each sorts what it locks. Where the precondition fails nothing is given.
constexpr pg::Statement kInsert = {"cases_register_insert", R"(
  with precondition as materialized (
    select directory_version = $34::bigint and now() >= $35::timestamptz
           and now() < $36::timestamptz as holds
      from directory.municipality_view where tenant_id = (select wissel.tenant())
  ), given as materialized (
    select wissel.tenant() as tenant_id, now() as moment, t.*
      from unnest($1::text[], $2::bytea[], $3::bytea[], $4::bigint[], $5::smallint[], $6::text[],
                  $7::text[], $8::text[], $9::text[], $10::text[], $11::smallint[], $12::text[],
                  $13::timestamptz[], $14::smallint[], $15::boolean[], $16::boolean[],
                  $17::bigint[], $18::boolean[], $19::bytea[], $20::timestamptz[],
                  $21::timestamptz[], $22::text[], $23::text[], $24::text[], $25::text[],
                  $26::text[], $27::text[], $28::text[], $29::text[], $30::text[], $31::text[],
                  $32::text[], $33::text[], $37::text[], $38::bigint[], $39::text[], $40::text[],
                  $41::boolean[])
           as t (key, request_hash, response, case_id, channel, account, external_id, team_id,
                 mailbox, topic_id, outcome, answer, due_at, norm_working_days, norm_statutory,
                 first_attempt_counts, calendar_version, routing_pending, decision,
                 preferred_from, preferred_to, customer_name, given_name, name_prefix,
                 family_name, organisation, phone, email, subject, question, internal_note,
                 actor_id, actor_name, rule_id, sop_version, postcode, neighbourhood, is_urgent)
     where (select holds from precondition)
  ), taken as (
    insert into cases.idempotency_key (tenant_id, key, request_hash, response, created_at)
    select tenant_id, key, request_hash, response, moment from given order by key
    on conflict do nothing
    returning key
  ), fresh as materialized (
    select given.* from given join taken using (key)
     where case_id is not null
  ), customer as (
    insert into cases.customer (tenant_id, phone, email, last_contact_at)
    select distinct tenant_id, phone, email, moment from fresh where phone <> '' or email <> ''
     order by phone, email
    on conflict (tenant_id, phone, email)
    do update set last_contact_at = greatest(customer.last_contact_at, excluded.last_contact_at)
    returning customer_id, phone, email
  ), filed as (
    insert into cases.case_file (
      tenant_id, case_id, state, outcome, channel, team_id, topic_id, subject, customer_name,
      received_at, due_at, norm_working_days, norm_statutory, calendar_version, routing_pending,
      decision, rule_id, sop_version, neighbourhood, answer, closed_at, preferred_from,
      preferred_to)
    select tenant_id, case_id, case when outcome = 0 then 1 else 3 end, outcome, channel, team_id,
           topic_id, subject, customer_name, moment, due_at, norm_working_days, norm_statutory,
           calendar_version, routing_pending, decision, rule_id, sop_version, neighbourhood, answer,
           case when outcome <> 0 then moment end, preferred_from, preferred_to
      from fresh
  ), noted as (
    insert into cases.contact (
      tenant_id, case_id, contact_no, customer_id, channel, account, external_id, given_name,
      name_prefix, family_name, organisation, phone, email, postcode, neighbourhood, is_urgent,
      subject, question, internal_note, received_at)
    select tenant_id, case_id, 1, customer_id, channel, account, external_id, given_name,
           name_prefix, family_name, organisation, phone, email, postcode, neighbourhood, is_urgent,
           subject, question, internal_note, moment
      from fresh left join customer using (phone, email)
     order by channel, account, external_id
  ), logged as (
    insert into cases.case_event (
      tenant_id, case_id, sequence, at, kind, actor_id, actor_name, team_id, outcome, due_at,
      channel, first_attempt_counts, no_verdict, text)
    select tenant_id, case_id, 1, moment, 1, actor_id, actor_name, team_id, outcome, due_at,
           channel, first_attempt_counts, false, answer
      from fresh
  ), told as (
    insert into cases.outbox (tenant_id, case_id, kind, recipient, payload, created_at)
    select tenant_id, case_id, 'team_new_case', mailbox,
           jsonb_build_object('reference', case_id, 'link', '/zaak/' || case_id), moment
      from fresh where mailbox <> ''
    union all
    select tenant_id, case_id, 'customer_receipt', email,
           jsonb_build_object(
             'reference', case_id, 'received_at', moment, 'due_at', nullif(due_at, 'infinity'),
             'norm_working_days', norm_working_days, 'name', customer_name, 'phone', phone,
             'subject', subject, 'question', question, 'preferred_from', preferred_from,
             'preferred_to', preferred_to), moment
      from fresh where email <> ''
  )
  select holds, now() as received_at, key from precondition left join taken on true)"};

constexpr pg::Statement kFindResponses = {"cases_register_find_responses", R"(
  select key, request_hash, response, created_at from cases.idempotency_key
   where tenant_id = (select wissel.tenant()) and key = any($1::text[]))"};

template <typename T>
pg::Param Column(absl::Span<const NewCase> rows, T NewCase::*member) {
  std::vector<T> values;
  values.reserve(rows.size());
  for (const NewCase& row : rows) values.push_back(row.*member);
  return pg::Param(values);
}

v1::RegisterContactResponse FirstRegistration(pg::Result::Row row) {
  v1::RegisterContactResponse first;
  first.set_reference(row.Int64("case_id"));
  if (row.Int32("outcome") == v1::CASE_OUTCOME_UNSPECIFIED) {
    first.set_team_id(row.TextOrEmpty("team_id"));
  }
  *first.mutable_received_at() = ToProto(row.Time("at"));
  const absl::Time due_at = row.OptionalTime("due_at").value_or(absl::InfiniteFuture());
  if (due_at != absl::InfiniteFuture()) *first.mutable_due_at() = ToProto(due_at);
  first.mutable_decision()->ParseFromString(row.Bytes("decision"));
  return first;
}

}  // namespace

std::vector<pg::Statement> RegistrationStatements() {
  return {kFindMessages, kInsert, kFindResponses};
}

absl::StatusOr<std::map<MessageId, v1::RegisterContactResponse>> FindMessages(
    pg::Transaction& transaction, absl::Span<const MessageId> messages) {
  std::vector<int32_t> channels;
  std::vector<std::string> accounts;
  std::vector<std::string> external_ids;
  for (const MessageId& message : messages) {
    channels.push_back(message.channel);
    accounts.push_back(message.account);
    external_ids.push_back(message.external_id);
  }
  WISSEL_ASSIGN_OR_RETURN(pg::Result rows,
                          transaction.Run(kFindMessages, {channels, accounts, external_ids}));
  std::map<MessageId, v1::RegisterContactResponse> found;
  for (pg::Result::Row row : rows) {
    found.insert(
        {{row.Int32("channel"), row.TextOrEmpty("account"), row.TextOrEmpty("external_id")},
         FirstRegistration(row)});
  }
  return found;
}

absl::StatusOr<Inserted> InsertNew(pg::Transaction& transaction, absl::Span<const NewCase> rows,
                                   const BatchPrecondition& precondition) {
  const auto column = [rows](auto member) { return Column(rows, member); };
  WISSEL_ASSIGN_OR_RETURN(pg::Result taken,
                          transaction.Run(kInsert, {column(&NewCase::key),
                                                    column(&NewCase::request_hash),
                                                    column(&NewCase::response),
                                                    column(&NewCase::reference),
                                                    column(&NewCase::channel),
                                                    column(&NewCase::account),
                                                    column(&NewCase::external_id),
                                                    column(&NewCase::team_id),
                                                    column(&NewCase::mailbox),
                                                    column(&NewCase::topic_id),
                                                    column(&NewCase::outcome),
                                                    column(&NewCase::answer),
                                                    column(&NewCase::due_at),
                                                    column(&NewCase::norm_working_days),
                                                    column(&NewCase::norm_statutory),
                                                    column(&NewCase::first_attempt_counts),
                                                    column(&NewCase::calendar_version),
                                                    column(&NewCase::routing_pending),
                                                    column(&NewCase::decision),
                                                    column(&NewCase::preferred_from),
                                                    column(&NewCase::preferred_to),
                                                    column(&NewCase::customer_name),
                                                    column(&NewCase::given_name),
                                                    column(&NewCase::name_prefix),
                                                    column(&NewCase::family_name),
                                                    column(&NewCase::organisation),
                                                    column(&NewCase::phone),
                                                    column(&NewCase::email),
                                                    column(&NewCase::subject),
                                                    column(&NewCase::question),
                                                    column(&NewCase::internal_note),
                                                    column(&NewCase::actor_id),
                                                    column(&NewCase::actor_name),
                                                    precondition.directory_version,
                                                    precondition.received_from,
                                                    precondition.received_before,
                                                    column(&NewCase::rule_id),
                                                    column(&NewCase::sop_version),
                                                    column(&NewCase::postcode),
                                                    column(&NewCase::neighbourhood),
                                                    column(&NewCase::is_urgent)}));
  if (taken.empty()) return NoSuchMunicipality();
  Inserted inserted = {.precondition_held = taken[0].Bool("holds"),
                       .received_at = taken[0].Time("received_at")};
  inserted.keys.reserve(taken.size());
  for (pg::Result::Row row : taken) {
    if (!row.IsNull("key")) inserted.keys.insert(row.TextOrEmpty("key"));
  }
  return inserted;
}

absl::StatusOr<absl::flat_hash_map<std::string, StoredResponse>> FindStoredResponses(
    pg::Transaction& transaction, const std::vector<std::string>& keys) {
  WISSEL_ASSIGN_OR_RETURN(pg::Result rows, transaction.Run(kFindResponses, {keys}));
  absl::flat_hash_map<std::string, StoredResponse> answers;
  for (pg::Result::Row row : rows) {
    StoredResponse answer = {.request_hash = row.Bytes("request_hash")};
    answer.response.ParseFromString(row.Bytes("response"));
    SetReceipt(row.Time("created_at"), answer.response);
    answers.insert({row.TextOrEmpty("key"), std::move(answer)});
  }
  return answers;
}

}  // namespace wissel::cases
