#include "services/cases/history/case_history_store.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/pg/row_columns.h"

namespace wissel::cases {
namespace {

// A case as it is now, with its first contact and the event of its receipt.
struct FileRow {
  int64_t reference = 0;
  std::string key;
  pg::Bytes request_hash;
  int32_t channel = 0;
  std::string account;
  std::optional<std::string> external_id;
  std::string topic_id;
  absl::Time received_at;
  absl::Time due_at;
  std::optional<int64_t> norm_working_days;
  bool norm_statutory = false;
  bool first_attempt_counts = false;
  int64_t calendar_version = 0;
  pg::Bytes decision;
  std::string rule_id;
  int64_t sop_version = 0;
  std::optional<absl::Time> preferred_from;
  std::optional<absl::Time> preferred_to;
  std::string customer_name;
  std::string given_name;
  std::string name_prefix;
  std::string family_name;
  std::string organisation;
  std::string phone;
  std::string email;
  std::string postcode;
  std::string neighbourhood;
  std::string subject;
  std::string question;
  std::string internal_note;
  std::string actor_id;
  std::string actor_name;
  // At the receipt.
  std::string first_team_id;
  int32_t first_outcome = 0;
  std::string first_answer;
  // Now.
  int32_t state = 0;
  int32_t outcome = 0;
  std::string team_id;
  std::string claimed_by;
  std::string claimed_by_name;
  int32_t attempts = 0;
  std::string answer;
  std::optional<absl::Time> closed_at;
  int64_t version = 1;
};

struct ContactRow {
  int64_t reference = 0;
  int32_t contact_no = 0;
  int32_t channel = 0;
  absl::Time at;
  std::string given_name;
  std::string name_prefix;
  std::string family_name;
  std::string phone;
  std::string email;
  std::string subject;
  std::string question;
};

struct EventRow {
  int64_t reference = 0;
  int32_t sequence = 0;
  absl::Time at;
  int32_t kind = 0;
  std::string actor_id;
  std::string actor_name;
  std::string team_id;
  int32_t outcome = 0;
  std::optional<int64_t> channel;
  std::string text;
  std::string suggested_team_id;
  std::string previous_holder;
  std::string previous_holder_name;
};

const pg::RowColumns<FileRow>& FileColumns() {
  using pg::Column;
  using Row = FileRow;
  static const auto* const columns = new pg::RowColumns<FileRow>(
      {Column<&Row::reference>("case_id", "bigint"),
       Column<&Row::key>("key", "text"),
       Column<&Row::request_hash>("request_hash", "bytea"),
       Column<&Row::channel>("channel", "smallint"),
       Column<&Row::account>("account", "text"),
       Column<&Row::external_id>("external_id", "text"),
       Column<&Row::topic_id>("topic_id", "text"),
       Column<&Row::received_at>("received_at", "timestamptz"),
       Column<&Row::due_at>("due_at", "timestamptz"),
       Column<&Row::norm_working_days>("norm_working_days", "smallint"),
       Column<&Row::norm_statutory>("norm_statutory", "boolean"),
       Column<&Row::first_attempt_counts>("first_attempt_counts", "boolean"),
       Column<&Row::calendar_version>("calendar_version", "bigint"),
       Column<&Row::decision>("decision", "bytea"),
       Column<&Row::rule_id>("rule_id", "text"),
       Column<&Row::sop_version>("sop_version", "bigint"),
       Column<&Row::preferred_from>("preferred_from", "timestamptz"),
       Column<&Row::preferred_to>("preferred_to", "timestamptz"),
       Column<&Row::customer_name>("customer_name", "text"),
       Column<&Row::given_name>("given_name", "text"),
       Column<&Row::name_prefix>("name_prefix", "text"),
       Column<&Row::family_name>("family_name", "text"),
       Column<&Row::organisation>("organisation", "text"),
       Column<&Row::phone>("phone", "text"),
       Column<&Row::email>("email", "text"),
       Column<&Row::postcode>("postcode", "text"),
       Column<&Row::neighbourhood>("neighbourhood", "text"),
       Column<&Row::subject>("subject", "text"),
       Column<&Row::question>("question", "text"),
       Column<&Row::internal_note>("internal_note", "text"),
       Column<&Row::actor_id>("actor_id", "text"),
       Column<&Row::actor_name>("actor_name", "text"),
       Column<&Row::first_team_id>("first_team_id", "text"),
       Column<&Row::first_outcome>("first_outcome", "smallint"),
       Column<&Row::first_answer>("first_answer", "text"),
       Column<&Row::state>("state", "smallint"),
       Column<&Row::outcome>("outcome", "smallint"),
       Column<&Row::team_id>("team_id", "text"),
       Column<&Row::claimed_by>("claimed_by", "text"),
       Column<&Row::claimed_by_name>("claimed_by_name", "text"),
       Column<&Row::attempts>("attempts", "smallint"),
       Column<&Row::answer>("answer", "text"),
       Column<&Row::closed_at>("closed_at", "timestamptz"),
       Column<&Row::version>("version", "bigint")});
  return *columns;
}

const pg::RowColumns<ContactRow>& ContactColumns() {
  using pg::Column;
  using Row = ContactRow;
  static const auto* const columns = new pg::RowColumns<ContactRow>(
      {Column<&Row::reference>("case_id", "bigint"),
       Column<&Row::contact_no>("contact_no", "smallint"),
       Column<&Row::channel>("channel", "smallint"), Column<&Row::at>("at", "timestamptz"),
       Column<&Row::given_name>("given_name", "text"),
       Column<&Row::name_prefix>("name_prefix", "text"),
       Column<&Row::family_name>("family_name", "text"), Column<&Row::phone>("phone", "text"),
       Column<&Row::email>("email", "text"), Column<&Row::subject>("subject", "text"),
       Column<&Row::question>("question", "text")});
  return *columns;
}

const pg::RowColumns<EventRow>& EventColumns() {
  using pg::Column;
  using Row = EventRow;
  static const auto* const columns = new pg::RowColumns<EventRow>(
      {Column<&Row::reference>("case_id", "bigint"), Column<&Row::sequence>("sequence", "integer"),
       Column<&Row::at>("at", "timestamptz"), Column<&Row::kind>("kind", "smallint"),
       Column<&Row::actor_id>("actor_id", "text"), Column<&Row::actor_name>("actor_name", "text"),
       Column<&Row::team_id>("team_id", "text"), Column<&Row::outcome>("outcome", "smallint"),
       Column<&Row::channel>("channel", "smallint"), Column<&Row::text>("text", "text"),
       Column<&Row::suggested_team_id>("suggested_team_id", "text"),
       Column<&Row::previous_holder>("previous_holder", "text"),
       Column<&Row::previous_holder_name>("previous_holder_name", "text")});
  return *columns;
}

// Kind of the first event: 1 received. Contacts come first: whose key is known is left out, with
// all that belongs to it.
std::string InsertSql() {
  const int contacts = FileColumns().count() + 1;
  const int events = contacts + ContactColumns().count();
  return absl::StrCat(
      "with given as materialized (select * from ", FileColumns().Table("g"),
      "), noted as ("
      "  insert into cases.contact ("
      "    tenant_id, case_id, contact_no, channel, account, external_id, given_name, name_prefix,"
      "    family_name, organisation, phone, email, postcode, neighbourhood, subject, question,"
      "    internal_note, received_at, idempotency_key, request_hash)"
      "  select (select wissel.tenant()), case_id, 1, channel, account, external_id, given_name,"
      "         name_prefix, family_name, organisation, phone, email, postcode, neighbourhood,"
      "         subject, question, internal_note, received_at, key, request_hash"
      "    from given on conflict do nothing returning case_id"
      "), fresh as materialized ("
      "  select given.* from given join noted using (case_id)"
      "), filed as ("
      "  insert into cases.case_file ("
      "    tenant_id, case_id, state, outcome, channel, team_id, topic_id, subject, customer_name,"
      "    received_at, due_at, norm_working_days, norm_statutory, calendar_version, claimed_by,"
      "    claimed_by_name, attempts, decision, rule_id, sop_version, neighbourhood, answer,"
      "    closed_at, preferred_from, preferred_to, version)"
      "  select (select wissel.tenant()), case_id, state, outcome, channel, team_id, topic_id,"
      "         subject, customer_name, received_at, due_at, norm_working_days, norm_statutory,"
      "         calendar_version, claimed_by, claimed_by_name, attempts, decision, rule_id,"
      "         sop_version, neighbourhood, answer, closed_at, preferred_from, preferred_to,"
      "         version"
      "    from fresh"
      "), received as ("
      "  insert into cases.case_event ("
      "    tenant_id, case_id, sequence, at, kind, actor_id, actor_name, team_id, outcome, due_at,"
      "    channel, first_attempt_counts, no_verdict, text)"
      "  select (select wissel.tenant()), case_id, 1, received_at, 1, actor_id, actor_name,"
      "         first_team_id, first_outcome, due_at, channel, first_attempt_counts, false,"
      "         first_answer"
      "    from fresh"
      "), added as ("
      "  insert into cases.contact ("
      "    tenant_id, case_id, contact_no, channel, given_name, name_prefix, family_name, phone,"
      "    email, subject, question, received_at)"
      "  select (select wissel.tenant()), case_id, contact_no, channel, given_name, name_prefix,"
      "         family_name, phone, email, subject, question, at"
      "    from ",
      ContactColumns().Table("a", contacts),
      "    join noted using (case_id)"
      "), logged as ("
      "  insert into cases.case_event ("
      "    tenant_id, case_id, sequence, at, kind, actor_id, actor_name, team_id, outcome, channel,"
      "    text, suggested_team_id, previous_holder, previous_holder_name)"
      "  select (select wissel.tenant()), case_id, sequence, at, kind, actor_id, actor_name,"
      "         team_id, outcome, channel, text, suggested_team_id, previous_holder,"
      "         previous_holder_name"
      "    from ",
      EventColumns().Table("e", events),
      "    join noted using (case_id)"
      ") select count(*) as stored from noted");
}

const pg::Statement& Insert() {
  static const auto* const sql = new std::string(InsertSql());
  static const pg::Statement statement = {"cases_insert_histories", sql->c_str()};
  return statement;
}

FileRow FileOf(const CaseHistory& history) {
  const NewCase& first = history.registered;
  return {.reference = first.reference,
          .key = first.key,
          .request_hash = first.request_hash,
          .channel = first.channel,
          .account = first.account,
          .external_id = first.external_id,
          .topic_id = first.topic_id,
          .received_at = history.received_at,
          .due_at = first.due_at,
          .norm_working_days = first.norm_working_days,
          .norm_statutory = first.norm_statutory,
          .first_attempt_counts = first.first_attempt_counts,
          .calendar_version = first.calendar_version,
          .decision = first.decision,
          .rule_id = first.rule_id,
          .sop_version = first.sop_version,
          .preferred_from = first.preferred_from,
          .preferred_to = first.preferred_to,
          .customer_name = first.customer_name,
          .given_name = first.given_name,
          .name_prefix = first.name_prefix,
          .family_name = first.family_name,
          .organisation = first.organisation,
          .phone = first.phone,
          .email = first.email,
          .postcode = first.postcode,
          .neighbourhood = first.neighbourhood,
          .subject = first.subject,
          .question = first.question,
          .internal_note = first.internal_note,
          .actor_id = first.actor_id,
          .actor_name = first.actor_name,
          .first_team_id = first.team_id,
          .first_outcome = first.outcome,
          .first_answer = first.answer,
          .state = history.facts.state,
          .outcome = history.facts.outcome,
          .team_id = history.facts.team_id,
          .claimed_by = history.facts.claimed_by,
          .claimed_by_name = history.facts.claimed_by_name,
          .attempts = history.facts.attempts,
          .answer = history.facts.answer,
          .closed_at = history.closed_at,
          .version = 1 + static_cast<int64_t>(history.events.size())};
}

EventRow EventOf(int64_t reference, int32_t sequence, const PastEvent& past) {
  return {.reference = reference,
          .sequence = sequence,
          .at = past.at,
          .kind = past.event.kind,
          .actor_id = past.actor_id,
          .actor_name = past.actor_name,
          .team_id = past.event.team_id,
          .outcome = past.event.outcome,
          .channel = past.channel,
          .text = past.event.text,
          .suggested_team_id = past.event.suggested_team_id,
          .previous_holder = past.event.previous_holder,
          .previous_holder_name = past.event.previous_holder_name};
}

ContactRow ContactOf(int64_t reference, int32_t contact_no, const AddedContact& added) {
  return {.reference = reference,
          .contact_no = contact_no,
          .channel = added.channel,
          .at = added.at,
          .given_name = added.given_name,
          .name_prefix = added.name_prefix,
          .family_name = added.family_name,
          .phone = added.phone,
          .email = added.email,
          .subject = added.subject,
          .question = added.question};
}

}  // namespace

std::vector<pg::Statement> CaseHistoryStatements() { return {Insert()}; }

absl::StatusOr<int64_t> InsertHistories(pg::Transaction& transaction,
                                        absl::Span<const CaseHistory> histories) {
  std::vector<FileRow> files;
  std::vector<ContactRow> contacts;
  std::vector<EventRow> events;
  files.reserve(histories.size());
  for (const CaseHistory& history : histories) {
    files.push_back(FileOf(history));
    const int64_t reference = history.registered.reference;
    int32_t number = 1;
    for (const AddedContact& added : history.added) {
      contacts.push_back(ContactOf(reference, ++number, added));
    }
    number = 1;
    for (const PastEvent& past : history.events) {
      events.push_back(EventOf(reference, ++number, past));
    }
  }
  std::vector<pg::Param> params = FileColumns().Params(files);
  for (auto& more : {ContactColumns().Params(contacts), EventColumns().Params(events)}) {
    params.insert(params.end(), more.begin(), more.end());
  }
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(Insert(), params));
  return rows[0].Int64("stored");
}

}  // namespace wissel::cases
