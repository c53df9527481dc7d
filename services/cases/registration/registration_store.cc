#include "services/cases/registration/registration_store.h"

#include <algorithm>
#include <list>
#include <string>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
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

// A row of a table: its columns, and what goes there, with `@name` for a value of the registration.
struct TableRow {
  const char* into;
  const char* values;
};

constexpr TableRow kContact = {
    R"(cases.contact (
         tenant_id, case_id, contact_no, channel, account, external_id, given_name, name_prefix,
         family_name, organisation, phone, email, postcode, neighbourhood, is_urgent, subject,
         question, internal_note, received_at, idempotency_key, request_hash))",
    R"(  (select wissel.tenant()), @case_id, 1, @channel, @account, @external_id, @given_name,
         @name_prefix, @family_name, @organisation, @phone, @email, @postcode, @neighbourhood,
         @is_urgent, @subject, @question, @internal_note, now(), @key, @request_hash)"};

// States: 1 queued, 3 closed.
constexpr TableRow kCase = {
    R"(cases.case_file (
         tenant_id, case_id, state, outcome, channel, team_id, topic_id, subject, customer_name,
         received_at, due_at, norm_working_days, norm_statutory, calendar_version, routing_pending,
         decision, rule_id, sop_version, neighbourhood, answer, closed_at, preferred_from,
         preferred_to))",
    R"(  (select wissel.tenant()), @case_id, case when @outcome = 0 then 1 else 3 end, @outcome,
         @channel, @team_id, @topic_id, @subject, @customer_name, now(), @due_at,
         @norm_working_days, @norm_statutory, @calendar_version, @routing_pending, @decision,
         @rule_id, @sop_version, @neighbourhood, @answer, case when @outcome <> 0 then now() end,
         @preferred_from, @preferred_to)"};

// Kind of event: 1 received.
constexpr TableRow kEvent = {
    R"(cases.case_event (
         tenant_id, case_id, sequence, at, kind, actor_id, actor_name, team_id, outcome, due_at,
         channel, first_attempt_counts, no_verdict, text))",
    R"(  (select wissel.tenant()), @case_id, 1, now(), 1, @actor_id, @actor_name, @team_id,
         @outcome, @due_at, @channel, @first_attempt_counts, false, @answer)"};

constexpr char kUnlessKeyIsKnown[] =
    " on conflict (tenant_id, idempotency_key) where idempotency_key is not null do nothing";

// `values` of a row that is given under the names of its columns.
std::string Given(const TableRow& row) { return absl::StrReplaceAll(row.values, {{"@", ""}}); }

// One statement, so one round trip for a batch. A part that reads `fresh` starts when that is
// whole. Where the precondition fails nothing is given. Keys that are kept elsewhere are those of
// other writes and of messages that came again.
std::string BatchSql() {
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
      columns.Table("g"),
      "   where (select holds from precondition)"
      "     and not exists (select from cases.idempotency_key k"
      "                      where k.tenant_id = (select wissel.tenant()) and k.key = g.key)"
      "), noted as ("
      "  insert into ",
      kContact.into, " select ", Given(kContact),
      " from given"
      "   order by channel, account collate \"C\", external_id collate \"C\", key collate \"C\"",
      kUnlessKeyIsKnown,
      "  returning case_id"
      "), fresh as materialized ("
      "  select given.* from given join noted using (case_id)"
      "), filed as ("
      "  insert into ",
      kCase.into, " select ", Given(kCase),
      " from fresh"
      "), logged as ("
      "  insert into ",
      kEvent.into, " select ", Given(kEvent),
      " from fresh"
      ")"
      "select holds, now() as received_at, case_id from precondition left join noted on true");
}

const pg::Statement& Batch() {
  static const auto* const sql = new std::string(BatchSql());
  static const pg::Statement statement = {"cases_register_batch", sql->c_str()};
  return statement;
}

constexpr pg::Statement kCheckFew = {"cases_register_check", R"(
  select directory_version = $1::bigint and now() >= $2::timestamptz and now() < $3::timestamptz
         and not exists (select from cases.idempotency_key
                          where tenant_id = (select wissel.tenant()) and key = any ($4::text[]))
           as may_go, now() as received_at
    from directory.municipality_view where tenant_id = (select wissel.tenant()))"};

using OfOneCase = pg::RowColumns<NewCase>::OfOneRow;

std::string InsertSql(const TableRow& row, const char* conflict) {
  return absl::StrCat("insert into ", row.into, " values (", row.values, ")", conflict);
}

const OfOneCase& InsertContact() {
  static const OfOneCase insert =
      Columns().Bind("cases_register_contact", InsertSql(kContact, kUnlessKeyIsKnown));
  return insert;
}

const OfOneCase& InsertCase() {
  static const OfOneCase insert = Columns().Bind("cases_register_case", InsertSql(kCase, ""));
  return insert;
}

const OfOneCase& InsertEvent() {
  static const OfOneCase insert = Columns().Bind("cases_register_event", InsertSql(kEvent, ""));
  return insert;
}

// In the order in which BatchSql inserts contacts.
std::vector<const NewCase*> Sorted(absl::Span<const NewCase> rows) {
  std::vector<const NewCase*> sorted;
  for (const NewCase& row : rows) sorted.push_back(&row);
  const auto order = [](const NewCase& row) {
    return std::make_tuple(
        row.channel, absl::string_view(row.account), !row.external_id,
        row.external_id ? absl::string_view(*row.external_id) : absl::string_view(),
        absl::string_view(row.key));
  };
  std::sort(sorted.begin(), sorted.end(),
            [&](const NewCase* a, const NewCase* b) { return order(*a) < order(*b); });
  return sorted;
}

absl::Status NotAllNew() {
  return absl::AbortedError("a key is known, a row is refused, or the day is another one");
}

}  // namespace

std::vector<pg::Statement> RegistrationStatements() {
  return {Batch(), kCheckFew, InsertContact().statement(), InsertCase().statement(),
          InsertEvent().statement()};
}

absl::StatusOr<Inserted> InsertBatch(pg::Transaction& transaction, absl::Span<const NewCase> rows,
                                     const BatchPrecondition& precondition) {
  std::vector<pg::Param> params = Columns().Params(rows);
  params.emplace_back(precondition.directory_version);
  params.emplace_back(precondition.received_from);
  params.emplace_back(precondition.received_before);
  WISSEL_ASSIGN_OR_RETURN(const pg::Result stored, transaction.Run(Batch(), params));
  if (stored.empty()) return municipality::NoSuchMunicipality();
  Inserted inserted = {.precondition_held = stored[0].Bool("holds"),
                       .received_at = stored[0].Time("received_at")};
  inserted.references.reserve(stored.size());
  for (const pg::Result::Row row : stored) {
    if (!row.IsNull("case_id")) inserted.references.insert(row.Int64("case_id"));
  }
  return inserted;
}

absl::StatusOr<Inserted> InsertFew(pg::Transaction& transaction, absl::Span<const NewCase> rows,
                                   const BatchPrecondition& precondition) {
  const std::vector<const NewCase*> sorted = Sorted(rows);
  std::vector<std::string> keys;
  for (const NewCase& row : rows) keys.push_back(row.key);
  // Lists do not move what they hold, and queries point into them.
  std::list<std::vector<pg::Param>> params;
  params.push_back({precondition.directory_version, precondition.received_from,
                    precondition.received_before, keys});
  std::vector<pg::Query> queries = {{kCheckFew, params.back()}};
  for (const NewCase* row : sorted) {
    for (const OfOneCase* insert : {&InsertContact(), &InsertCase(), &InsertEvent()}) {
      params.push_back(insert->Params(*row));
      queries.push_back({insert->statement(), params.back()});
    }
  }
  const absl::StatusOr<std::vector<pg::Result>> ran = transaction.RunAll(queries);
  // A row that is refused may be one of a directory or a day that is gone.
  if (absl::IsFailedPrecondition(ran.status())) return NotAllNew();
  WISSEL_RETURN_IF_ERROR(ran.status());
  const std::vector<pg::Result>& results = *ran;
  if (results[0].empty()) return municipality::NoSuchMunicipality();
  if (!results[0][0].Bool("may_go")) return NotAllNew();
  Inserted inserted = {.precondition_held = true, .received_at = results[0][0].Time("received_at")};
  for (size_t i = 0; i < sorted.size(); ++i) {
    if (results[1 + 3 * i].affected() != 1) return NotAllNew();
    inserted.references.insert(sorted[i]->reference);
  }
  return inserted;
}

}  // namespace wissel::cases
