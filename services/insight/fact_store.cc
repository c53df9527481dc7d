#include "services/insight/fact_store.h"

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"

namespace wissel::insight {
namespace {

constexpr char kColumns[] =
    "tenant_id, case_id, events, received_at, day, team_id, channel, due_at, satisfied_at, verdict,"
    " contacts, topic_id, arrival, at_first_contact, answered_after, asked_again, stays";

#define WISSEL_FACT_TEXTS                                                                    \
  "case_id, events, received_at, day::text as day, team_id, channel, due_at, satisfied_at, " \
  "verdict, contacts, topic_id, arrival, at_first_contact, answered_after, asked_again, stays"

constexpr pg::Statement kTopics = {"insight_topics", R"(
  select asked.case_id, c.topic_id
    from unnest($1::bigint[]) asked (case_id)
    join lateral (select * from cases.figure_case c
                   where c.tenant_id = (select wissel.tenant()) and c.case_id = asked.case_id
                  offset 0) c on true)"};

const pg::Statement& Put() {
  static const auto* const sql = new std::string(absl::StrCat(
      "insert into insight.case_fact (", kColumns, ") select wissel.tenant(), g.* from ",
      FactColumns().Table("g"),
      " on conflict (tenant_id, case_id) do update"
      "   set events = excluded.events, received_at = excluded.received_at, day = excluded.day,"
      "       team_id = excluded.team_id, channel = excluded.channel, due_at = excluded.due_at,"
      "       satisfied_at = excluded.satisfied_at, verdict = excluded.verdict,"
      "       contacts = excluded.contacts, topic_id = excluded.topic_id,"
      "       arrival = excluded.arrival, at_first_contact = excluded.at_first_contact,"
      "       answered_after = excluded.answered_after, asked_again = excluded.asked_again,"
      "       stays = excluded.stays"));
  static const pg::Statement statement = {"insight_put_facts", sql->c_str()};
  return statement;
}

const pg::Statement& Add() {
  static const auto* const sql = new std::string(
      absl::StrCat("insert into insight.case_fact (", kColumns,
                   ") select wissel.tenant(), g.* from ", FactColumns().Table("g")));
  static const pg::Statement statement = {"insight_add_facts", sql->c_str()};
  return statement;
}

constexpr pg::Statement kClear = {"insight_clear_facts", R"(
  delete from insight.case_fact where tenant_id = (select wissel.tenant()))"};

constexpr pg::Statement kRead = {"insight_read_facts",
                                 "select " WISSEL_FACT_TEXTS R"( from insight.case_fact
   where tenant_id = (select wissel.tenant()) and case_id > $1::bigint
   order by case_id limit $2::int)"};

// Kind 1: received.
constexpr pg::Statement kWithoutFact = {"insight_cases_without_fact", R"(
  select e.case_id from cases.figure_event e
   where e.tenant_id = (select wissel.tenant()) and e.kind = 1
     and e.xid < (select read_to from insight.progress where tenant_id = (select wissel.tenant()))
     and not exists (select from insight.case_fact f
                      where f.tenant_id = e.tenant_id and f.case_id = e.case_id)
   order by e.case_id limit $1::int)"};

// Verdicts: too late (2) are those whose verdict stands and those that are open (0) past due; in
// time (3) are open; 0 asks for all. Marks are the numbers of Mark; 0 asks for all cases.
constexpr pg::Statement kList = {"insight_list_facts", "select " WISSEL_FACT_TEXTS R"(
    from (
      select * from insight.case_fact
       where tenant_id = (select wissel.tenant())
         and verdict = any (case $4::smallint when 0 then '{0,1,2,4,5}'::smallint[]
                                              when 3 then '{}' else array[$4::smallint] end)
      union all
      select * from insight.case_fact
       where tenant_id = (select wissel.tenant()) and verdict = 0
         and case $4::smallint when 2 then due_at < $3::timestamptz
                               when 3 then due_at >= $3::timestamptz
                               else false end) f
   where day >= coalesce($1::date, '-infinity') and day < coalesce($2::date, 'infinity')
     and ($5::text = '' or team_id = $5::text) and ($6::smallint = 0 or channel = $6::smallint)
     and ($7::text = '' or topic_id = $7::text)
     and case $8::smallint
           when 0 then true
           when 2 then arrival = $9::text::int
           when 3 then answered_after = $9::text::int
           when 5 then exists (select from insight.stays_of(f.stays) s
                                where s.team_id = $9::text and s.until <> '')
           when 6 then $9::text = any (string_to_array(asked_again, ' '))
           when 7 then exists (select from insight.moves_of(f.stays) m
                                where m.to_team_id = $9::text and m.from_team_id = $10::text)
           when 8 then at_first_contact = $9::text::boolean
         end
   order by received_at, case_id limit $11::int)"};

// The team that holds it stands in the last line of stays.
constexpr pg::Statement kListOpen = {"insight_list_open_facts", "select " WISSEL_FACT_TEXTS R"(
    from insight.case_fact
   where tenant_id = (select wissel.tenant()) and verdict = 0
     and due_at >= $1::timestamptz and due_at < $2::timestamptz
     and ($3::text = '' or split_part(split_part(stays, E'\n', -1), E'\t', 1) = $3::text)
     and ($4::smallint = 0 or channel = $4::smallint)
     and ($5::text = '' or topic_id = $5::text)
   order by due_at, case_id limit $6::int)"};

std::vector<CaseFact> FactsOf(const pg::Result& rows) {
  std::vector<CaseFact> facts;
  facts.reserve(static_cast<size_t>(rows.size()));
  for (const pg::Result::Row row : rows) {
    facts.push_back({.case_id = row.Int64("case_id"),
                     .events = row.Int32("events"),
                     .received_at = row.Time("received_at"),
                     .day = row.TextOrEmpty("day"),
                     .team_id = row.TextOrEmpty("team_id"),
                     .channel = row.Int32("channel"),
                     .due_at = row.Time("due_at"),
                     .satisfied_at = row.OptionalTime("satisfied_at"),
                     .verdict = row.Int32("verdict"),
                     .contacts = row.Int32("contacts"),
                     .topic_id = row.TextOrEmpty("topic_id"),
                     .arrival = row.Int32("arrival"),
                     .at_first_contact = row.Bool("at_first_contact"),
                     .asked_again = row.TextOrEmpty("asked_again"),
                     .stays = row.TextOrEmpty("stays")});
    if (!row.IsNull("answered_after")) facts.back().answered_after = row.Int32("answered_after");
  }
  return facts;
}

// A mark as kList takes it.
struct MarkParams {
  // Absent: all cases are asked for.
  std::optional<Mark> mark;
  std::string value = "0";
  std::string team_id;
};

MarkParams ParamsOf(const v1::FigureMark& mark) {
  switch (mark.kind_case()) {
    case v1::FigureMark::kArrival:
      return {.mark = Mark::kArrival,
              .value = absl::StrCat((mark.arrival().weekday() - 1) * 24 + mark.arrival().hour())};
    case v1::FigureMark::kAnsweredAfter:
      return {.mark = Mark::kAnsweredAfter, .value = absl::StrCat(mark.answered_after())};
    case v1::FigureMark::kAskedAgain:
      return {.mark = Mark::kAskedAgain, .value = absl::StrCat(mark.asked_again())};
    case v1::FigureMark::kHeldBy:
      return {.mark = Mark::kHeld, .value = mark.held_by()};
    case v1::FigureMark::kMoved:
      return {.mark = Mark::kMovedTo,
              .value = mark.moved().to_team_id(),
              .team_id = mark.moved().from_team_id()};
    case v1::FigureMark::kAtFirstContact:
      return {.mark = Mark::kAtFirstContact, .value = mark.at_first_contact() ? "true" : "false"};
    default:
      return {};
  }
}

}  // namespace

const pg::RowColumns<CaseFact>& FactColumns() {
  using pg::Column;
  static const auto* const columns = new pg::RowColumns<CaseFact>(
      {Column<&CaseFact::case_id>("case_id", "bigint"), Column<&CaseFact::events>("events", "int"),
       Column<&CaseFact::received_at>("received_at", "timestamptz"),
       Column<&CaseFact::day>("day", "date"), Column<&CaseFact::team_id>("team_id", "text"),
       Column<&CaseFact::channel>("channel", "smallint"),
       Column<&CaseFact::due_at>("due_at", "timestamptz"),
       Column<&CaseFact::satisfied_at>("satisfied_at", "timestamptz"),
       Column<&CaseFact::verdict>("verdict", "smallint"),
       Column<&CaseFact::contacts>("contacts", "int"),
       Column<&CaseFact::topic_id>("topic_id", "text"),
       Column<&CaseFact::arrival>("arrival", "smallint"),
       Column<&CaseFact::at_first_contact>("at_first_contact", "boolean"),
       Column<&CaseFact::answered_after>("answered_after", "int"),
       Column<&CaseFact::asked_again>("asked_again", "text"),
       Column<&CaseFact::stays>("stays", "text")});
  return *columns;
}

std::vector<pg::Statement> FactStatements() {
  return {kTopics, Put(), Add(), kClear, kRead, kWithoutFact, kList, kListOpen};
}

absl::StatusOr<absl::flat_hash_map<int64_t, std::string>> ReadTopics(
    pg::Transaction& transaction, const std::vector<int64_t>& case_ids) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kTopics, {case_ids}));
  absl::flat_hash_map<int64_t, std::string> topics;
  topics.reserve(static_cast<size_t>(rows.size()));
  for (const pg::Result::Row row : rows) {
    topics[row.Int64("case_id")] = row.TextOrEmpty("topic_id");
  }
  return topics;
}

absl::Status PutFacts(pg::Transaction& transaction, absl::Span<const CaseFact> facts) {
  return transaction.Run(Put(), FactColumns().Params(facts)).status();
}

absl::Status AddFacts(pg::Transaction& transaction, absl::Span<const CaseFact> facts) {
  return transaction.Run(Add(), FactColumns().Params(facts)).status();
}

absl::Status ClearFacts(pg::Transaction& transaction) { return transaction.Run(kClear).status(); }

absl::StatusOr<std::vector<CaseFact>> ReadFacts(pg::Transaction& transaction, int64_t after,
                                                int most) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kRead, {after, most}));
  return FactsOf(rows);
}

absl::StatusOr<std::vector<int64_t>> FindCasesWithoutFact(pg::Transaction& transaction, int most) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kWithoutFact, {most}));
  std::vector<int64_t> ids;
  for (const pg::Result::Row row : rows) ids.push_back(row.Int64("case_id"));
  return ids;
}

std::optional<std::string> DayText(const std::optional<absl::CivilDay>& day) {
  if (!day) return std::nullopt;
  return absl::FormatCivilTime(*day);
}

absl::CivilDay DayOfText(const std::string& text) {
  absl::CivilDay day;
  absl::ParseCivilTime(text, &day);
  return day;
}

absl::StatusOr<std::vector<CaseFact>> ListFacts(pg::Transaction& transaction,
                                                const FactQuery& query, int most) {
  const MarkParams mark = ParamsOf(query.mark);
  WISSEL_ASSIGN_OR_RETURN(
      const pg::Result rows,
      transaction.Run(kList, {DayText(query.days.from), DayText(query.days.to), query.as_of,
                              static_cast<int32_t>(query.verdict), query.team_id,
                              static_cast<int32_t>(query.channel), query.topic_id,
                              mark.mark ? static_cast<int32_t>(*mark.mark) : 0, mark.value,
                              mark.team_id, most}));
  return FactsOf(rows);
}

absl::StatusOr<std::vector<CaseFact>> ListOpenFacts(pg::Transaction& transaction,
                                                    const OpenQuery& query, int most) {
  WISSEL_ASSIGN_OR_RETURN(
      const pg::Result rows,
      transaction.Run(kListOpen, {query.from, query.to, query.team_id,
                                  static_cast<int32_t>(query.channel), query.topic_id, most}));
  return FactsOf(rows);
}

}  // namespace wissel::insight
