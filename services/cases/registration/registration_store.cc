#include "services/cases/registration/registration_store.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "libs/base/status.h"
#include "libs/municipality/snapshot_store.h"
#include "libs/pg/row_columns.h"

namespace wissel::cases {
namespace {

// Each value of a registration once.
const pg::RowColumns<NewCase>& Columns() {
  using pg::Column;
  static const auto* const columns = new pg::RowColumns<NewCase>(
      {Column<&NewCase::key>("key", "text"),
       Column<&NewCase::request_hash>("request_hash", "bytea"),
       Column<&NewCase::reference>("case_id", "bigint"),
       Column<&NewCase::channel>("channel", "smallint"),
       Column<&NewCase::account>("account", "text"),
       Column<&NewCase::external_id>("external_id", "text"),
       Column<&NewCase::team_id>("team_id", "text"),
       Column<&NewCase::topic_id>("topic_id", "text"),
       Column<&NewCase::outcome>("outcome", "smallint"),
       Column<&NewCase::answer>("answer", "text"),
       Column<&NewCase::due_at>("due_at", "timestamptz"),
       Column<&NewCase::norm_working_days>("norm_working_days", "smallint"),
       Column<&NewCase::norm_statutory>("norm_statutory", "boolean"),
       Column<&NewCase::first_attempt_counts>("first_attempt_counts", "boolean"),
       Column<&NewCase::calendar_version>("calendar_version", "bigint"),
       Column<&NewCase::routing_pending>("routing_pending", "boolean"),
       Column<&NewCase::decision>("decision", "bytea"),
       Column<&NewCase::rule_id>("rule_id", "text"),
       Column<&NewCase::sop_version>("sop_version", "bigint"),
       Column<&NewCase::preferred_from>("preferred_from", "timestamptz"),
       Column<&NewCase::preferred_to>("preferred_to", "timestamptz"),
       Column<&NewCase::customer_name>("customer_name", "text"),
       Column<&NewCase::given_name>("given_name", "text"),
       Column<&NewCase::name_prefix>("name_prefix", "text"),
       Column<&NewCase::family_name>("family_name", "text"),
       Column<&NewCase::organisation>("organisation", "text"),
       Column<&NewCase::phone>("phone", "text"),
       Column<&NewCase::email>("email", "text"),
       Column<&NewCase::postcode>("postcode", "text"),
       Column<&NewCase::neighbourhood>("neighbourhood", "text"),
       Column<&NewCase::is_urgent>("is_urgent", "boolean"),
       Column<&NewCase::subject>("subject", "text"),
       Column<&NewCase::question>("question", "text"),
       Column<&NewCase::internal_note>("internal_note", "text"),
       Column<&NewCase::actor_id>("actor_id", "text"),
       Column<&NewCase::actor_name>("actor_name", "text")});
  return *columns;
}

// A row of a table: its columns, and what goes there from the columns of a registration.
struct TableRow {
  const char* into;
  const char* values;
};

constexpr TableRow kContact = {
    R"(cases.contact (
         tenant_id, case_id, contact_no, channel, account, external_id, given_name, name_prefix,
         family_name, organisation, phone, email, postcode, neighbourhood, is_urgent, subject,
         question, internal_note, received_at, idempotency_key, request_hash))",
    R"(  (select wissel.tenant()), case_id, 1, channel, account, external_id, given_name,
         name_prefix, family_name, organisation, phone, email, postcode, neighbourhood,
         is_urgent, subject, question, internal_note, now(), key, request_hash)"};

// States: 1 queued, 3 closed.
constexpr TableRow kCase = {
    R"(cases.case_file (
         tenant_id, case_id, state, outcome, channel, team_id, topic_id, subject, customer_name,
         received_at, due_at, norm_working_days, norm_statutory, calendar_version, routing_pending,
         decision, rule_id, sop_version, neighbourhood, answer, closed_at, preferred_from,
         preferred_to))",
    R"(  (select wissel.tenant()), case_id, case when outcome = 0 then 1 else 3 end, outcome,
         channel, team_id, topic_id, subject, customer_name, now(), due_at,
         norm_working_days, norm_statutory, calendar_version, routing_pending, decision,
         rule_id, sop_version, neighbourhood, answer, case when outcome <> 0 then now() end,
         preferred_from, preferred_to)"};

// Kind of event: 1 received.
constexpr TableRow kEvent = {
    R"(cases.case_event (
         tenant_id, case_id, sequence, at, kind, actor_id, actor_name, team_id, outcome, due_at,
         channel, first_attempt_counts, no_verdict, text))",
    R"(  (select wissel.tenant()), case_id, 1, now(), 1, actor_id, actor_name, team_id,
         outcome, due_at, channel, first_attempt_counts, false, answer)"};

// One statement for the registrations of a table `g`. A part that reads `fresh` starts when that is
// whole. Where the precondition fails nothing is given. Keys that are kept elsewhere are those of
// other writes and of messages that came again.
std::string StoreSql(absl::string_view table) {
  const auto& columns = Columns();
  return absl::StrCat(
      "with precondition as materialized ("
      "  select directory_version = ",
      columns.After(1),
      "::bigint"
      "         and now() >= ",
      columns.After(2),
      "::timestamptz"
      "         and now() < ",
      columns.After(3),
      "::timestamptz as holds"
      "    from directory.municipality_view where tenant_id = (select wissel.tenant())"
      "), given as materialized ("
      "  select * from ",
      table,
      "   where (select holds from precondition)"
      "     and not exists (select from cases.idempotency_key k"
      "                      where k.tenant_id = (select wissel.tenant()) and k.key = g.key)"
      "), noted as ("
      "  insert into ",
      kContact.into, " select ", kContact.values,
      " from given"
      "   order by channel, account collate \"C\", external_id collate \"C\", key collate \"C\""
      // What has the same key or is the same message was there before.
      "  on conflict do nothing"
      "  returning case_id"
      "), fresh as materialized ("
      "  select given.* from given join noted using (case_id)"
      "), filed as ("
      "  insert into ",
      kCase.into, " select ", kCase.values,
      " from fresh"
      "), logged as ("
      "  insert into ",
      kEvent.into, " select ", kEvent.values,
      " from fresh"
      ")"
      "select holds, now() as received_at, case_id from precondition left join noted on true");
}

const pg::Statement& StoreMany() {
  static const auto* const sql = new std::string(StoreSql(Columns().Table("g")));
  static const pg::Statement statement = {"cases_register_many", sql->c_str()};
  return statement;
}

// Takes less time for one.
const pg::Statement& StoreOne() {
  static const auto* const sql = new std::string(StoreSql(Columns().TableOfOne("g")));
  static const pg::Statement statement = {"cases_register_one", sql->c_str()};
  return statement;
}

pg::Query QueryFor(absl::Span<const NewCase> rows, const BatchPrecondition& precondition,
                   std::vector<pg::Param>& params) {
  params = rows.size() == 1 ? Columns().ParamsOfOne(rows.front()) : Columns().Params(rows);
  params.emplace_back(precondition.directory_version);
  params.emplace_back(precondition.received_from);
  params.emplace_back(precondition.received_before);
  return {rows.size() == 1 ? StoreOne() : StoreMany(), params};
}

absl::StatusOr<Inserted> InsertedBy(const pg::Result& rows) {
  if (rows.empty()) return municipality::NoSuchMunicipality();
  Inserted inserted = {.precondition_held = rows[0].Bool("holds"),
                       .stored = {.received_at = rows[0].Time("received_at")}};
  inserted.stored.references.reserve(rows.size());
  for (const pg::Result::Row row : rows) {
    if (!row.IsNull("case_id")) inserted.stored.references.insert(row.Int64("case_id"));
  }
  return inserted;
}

}  // namespace

std::vector<pg::Statement> RegistrationStatements() { return {StoreMany(), StoreOne()}; }

absl::StatusOr<Stored> StoreNew(pg::Transaction& transaction, absl::Span<const NewCase> rows,
                                const BatchPrecondition& precondition) {
  std::vector<pg::Param> params;
  WISSEL_ASSIGN_OR_RETURN(const std::vector<pg::Result> results,
                          transaction.RunLast({QueryFor(rows, precondition, params)}));
  WISSEL_ASSIGN_OR_RETURN(Inserted inserted, InsertedBy(results.front()));
  return std::move(inserted.stored);
}

absl::StatusOr<Inserted> InsertNew(pg::Transaction& transaction, absl::Span<const NewCase> rows,
                                   const BatchPrecondition& precondition) {
  std::vector<pg::Param> params;
  WISSEL_ASSIGN_OR_RETURN(const std::vector<pg::Result> results,
                          transaction.RunAll({QueryFor(rows, precondition, params)}));
  return InsertedBy(results.front());
}

}  // namespace wissel::cases
