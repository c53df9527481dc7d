#include "services/insight/count_store.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "libs/base/status.h"

namespace wissel::insight {
namespace {

// Stored facts of a municipality, each of which counts once.
constexpr char kStored[] =
    "(select *, 1 as times from insight.case_fact where tenant_id = (select wissel.tenant()))";

// Facts that are given count once and those that they replace once less. The latter are found by
// their whole key, whatever statistics say.
std::string Difference() {
  return absl::StrCat(
      "given as materialized (select wissel.tenant() as tenant_id, g.* from ",
      FactColumns().Table("g"),
      "), both_ as ("
      "  select *, 1 as times from given"
      "  union all"
      "  select f.*, -1 from given cross join lateral ("
      "         select * from insight.case_fact k"
      "          where k.tenant_id = given.tenant_id and k.case_id = given.case_id offset 0) f)");
}

// Counts by day of the facts in `source`. Verdicts: 1 met, 2 missed, 4 no norm, 5 excluded; 0,
// open, is not counted.
std::string DayCounts(absl::string_view source) {
  return absl::StrCat(
      "select tenant_id, day, team_id, channel,"
      "       coalesce(sum(times) filter (where verdict = 1), 0) as met,"
      "       coalesce(sum(times) filter (where verdict = 2), 0) as missed,"
      "       coalesce(sum(times) filter (where verdict = 4), 0) as no_norm,"
      "       coalesce(sum(times) filter (where verdict = 5), 0) as excluded,"
      "       sum(times * contacts) as contacts"
      "  from ",
      source, " f where verdict <> 0 group by 1, 2, 3, 4");
}

// Counts by month of the marks that the facts in `source` bear.
std::string MonthCounts(absl::string_view source) {
  return absl::StrCat(
      "select f.tenant_id, (m.day - (extract(day from m.day)::int - 1)) as month, m.mark,"
      "       m.value collate \"C\" as value, m.team_id, f.channel, sum(f.times) as cases,"
      "       coalesce(sum(f.times) filter (where f.at_first_contact), 0) as at_first_contact"
      "  from ",
      source,
      " f cross join lateral ("
      "  select 1::smallint as mark, f.day, f.topic_id as value, f.team_id"
      "  union all select 2, f.day, f.arrival::text, f.team_id"
      "  union all select 3, f.day, f.answered_after::text, f.team_id"
      "             where f.answered_after is not null"
      "  union all select 4, s.until::date, s.until, s.team_id from insight.stays_of(f.stays) s"
      "             where s.until <> ''"
      "  union all select 5, f.day, s.days, s.team_id from insight.stays_of(f.stays) s"
      "             where s.days <> ''"
      "  union all select 6, f.day, again, f.team_id"
      "              from unnest(string_to_array(f.asked_again, ' ')) again"
      "  union all select 7, f.day, v.to_team_id, v.from_team_id from insight.moves_of(f.stays) v"
      "             where strpos(f.stays, E'\\n') > 0"
      ") m group by 1, 2, 3, 4, 5, 6");
}

// In one order for all, so that two transactions cannot wait for each other.
const pg::Statement& MoveDays() {
  static const auto* const sql = new std::string(absl::StrCat(
      "with ", Difference(), ", moved as (", DayCounts("both_"),
      ") insert into insight.day_count as c"
      "  select * from moved"
      "   where met <> 0 or missed <> 0 or no_norm <> 0 or excluded <> 0 or contacts <> 0"
      "   order by day, team_id collate \"C\", channel"
      "  on conflict (tenant_id, day, team_id, channel) do update"
      "     set met = c.met + excluded.met, missed = c.missed + excluded.missed,"
      "         no_norm = c.no_norm + excluded.no_norm, excluded = c.excluded + excluded.excluded,"
      "         contacts = c.contacts + excluded.contacts"));
  static const pg::Statement statement = {"insight_move_day_counts", sql->c_str()};
  return statement;
}

const pg::Statement& MoveMonths() {
  static const auto* const sql = new std::string(
      absl::StrCat("with ", Difference(), ", moved as (", MonthCounts("both_"),
                   ") insert into insight.month_count as c"
                   "  select * from moved where cases <> 0 or at_first_contact <> 0"
                   "   order by mark, month, value, team_id collate \"C\", channel"
                   "  on conflict (tenant_id, mark, month, value, team_id, channel) do update"
                   "     set cases = c.cases + excluded.cases,"
                   "         at_first_contact = c.at_first_contact + excluded.at_first_contact"));
  static const pg::Statement statement = {"insight_move_month_counts", sql->c_str()};
  return statement;
}

const pg::Statement& CountDays() {
  static const auto* const sql =
      new std::string(absl::StrCat("insert into insight.day_count ", DayCounts(kStored)));
  static const pg::Statement statement = {"insight_count_days", sql->c_str()};
  return statement;
}

const pg::Statement& CountMonths() {
  static const auto* const sql =
      new std::string(absl::StrCat("insert into insight.month_count ", MonthCounts(kStored)));
  static const pg::Statement statement = {"insight_count_months", sql->c_str()};
  return statement;
}

// Rows of nothing but zeros say the same as none.
const pg::Statement& WrongDays() {
  static const auto* const sql = new std::string(absl::StrCat(
      "select day || ' ' || team_id || ' ' || channel as name"
      "  from (select * from insight.day_count where tenant_id = (select wissel.tenant())) c"
      "  full join (",
      DayCounts(kStored),
      ") f using (tenant_id, day, team_id, channel)"
      " where coalesce(c.met, 0) <> coalesce(f.met, 0)"
      "    or coalesce(c.missed, 0) <> coalesce(f.missed, 0)"
      "    or coalesce(c.no_norm, 0) <> coalesce(f.no_norm, 0)"
      "    or coalesce(c.excluded, 0) <> coalesce(f.excluded, 0)"
      "    or coalesce(c.contacts, 0) <> coalesce(f.contacts, 0)"
      " order by 1 limit $1::int"));
  static const pg::Statement statement = {"insight_wrong_day_counts", sql->c_str()};
  return statement;
}

const pg::Statement& WrongMonths() {
  static const auto* const sql = new std::string(absl::StrCat(
      "select month || ' mark ' || mark || ' ' || value || ' ' || team_id || ' ' || channel as name"
      "  from (select * from insight.month_count where tenant_id = (select wissel.tenant())) c"
      "  full join (",
      MonthCounts(kStored),
      ") f using (tenant_id, mark, month, value, team_id, channel)"
      " where coalesce(c.cases, 0) <> coalesce(f.cases, 0)"
      "    or coalesce(c.at_first_contact, 0) <> coalesce(f.at_first_contact, 0)"
      " order by 1 limit $1::int"));
  static const pg::Statement statement = {"insight_wrong_month_counts", sql->c_str()};
  return statement;
}

constexpr pg::Statement kClearDays = {"insight_clear_day_counts", R"(
  delete from insight.day_count where tenant_id = (select wissel.tenant()))"};
constexpr pg::Statement kClearMonths = {"insight_clear_month_counts", R"(
  delete from insight.month_count where tenant_id = (select wissel.tenant()))"};
constexpr pg::Statement kAnalyze = {"insight_analyze", "select insight.analyze_rollups()"};

constexpr pg::Statement kTallies = {"insight_tallies", R"(
  select team_id, channel, sum(met)::bigint as met, sum(missed)::bigint as missed,
         sum(open_not_due)::bigint as open_not_due, sum(no_norm)::bigint as no_norm,
         sum(excluded)::bigint as excluded, sum(contacts)::bigint as contacts
    from (
      select team_id, channel, met, missed, 0 as open_not_due, no_norm, excluded, contacts
        from insight.day_count
       where tenant_id = (select wissel.tenant())
         and day >= coalesce($1::date, '-infinity') and day < coalesce($2::date, 'infinity')
      union all
      select team_id, channel, 0, (due_at < $3::timestamptz)::int,
             (due_at >= $3::timestamptz)::int, 0, 0, contacts
        from insight.case_fact
       where tenant_id = (select wissel.tenant()) and verdict = 0
         and day >= coalesce($1::date, '-infinity') and day < coalesce($2::date, 'infinity')
    ) parts
   group by team_id, channel)"};

// With a topic from the facts that bear it, else from the counts.
constexpr pg::Statement kMonthTallies = {"insight_month_tallies", R"(
  select (day - (extract(day from day)::int - 1))::text as month, team_id, channel,
         sum(met)::bigint as met, sum(missed)::bigint as missed,
         sum(open_not_due)::bigint as open_not_due, sum(no_norm)::bigint as no_norm,
         sum(excluded)::bigint as excluded, sum(contacts)::bigint as contacts
    from (
      select day, team_id, channel, met, missed, 0 as open_not_due, no_norm, excluded, contacts
        from insight.day_count
       where tenant_id = (select wissel.tenant()) and $5::text = ''
         and day >= $1::date and day < $2::date
      union all
      select day, team_id, channel, 0, (due_at < $6::timestamptz)::int,
             (due_at >= $6::timestamptz)::int, 0, 0, contacts
        from insight.case_fact
       where tenant_id = (select wissel.tenant()) and verdict = 0 and $5::text = ''
         and day >= $1::date and day < $2::date
      union all
      select day, team_id, channel, (verdict = 1)::int,
             (verdict = 2 or (verdict = 0 and due_at < $6::timestamptz))::int,
             (verdict = 0 and due_at >= $6::timestamptz)::int, (verdict = 4)::int,
             (verdict = 5)::int, contacts
        from insight.case_fact
       where tenant_id = (select wissel.tenant()) and $5::text <> '' and topic_id = $5::text
         and day >= $1::date and day < $2::date
    ) parts
   where ($3::text = '' or team_id = $3::text) and ($4::smallint = 0 or channel = $4::smallint)
   group by 1, 2, 3)"};

// Of kHeld (5) and kMovedTo (7) the team is told, of kAskedAgain (6) the channel.
std::string MarksFrom(absl::string_view source) {
  return absl::StrCat(
      "select mark, value, case when mark in (5, 7) then team_id else '' end as team_id,"
      "       case when mark = 6 then channel else 0 end as channel, sum(cases)::bigint as cases,"
      "       sum(at_first_contact)::bigint as at_first_contact"
      "  from ",
      source,
      " c where mark = any ($5::smallint[])"
      "   and ($3::text = '' or team_id = $3::text or (mark = 7 and value = $3::text))"
      "   and ($4::smallint = 0 or channel = $4::smallint)"
      " group by 1, 2, 3, 4");
}

const pg::Statement& Marks() {
  static const auto* const sql = new std::string(
      MarksFrom("(select * from insight.month_count where tenant_id = (select wissel.tenant())"
                "    and month >= $1::date and month < $2::date)"));
  static const pg::Statement statement = {"insight_marks", sql->c_str()};
  return statement;
}

const pg::Statement& MarksOfTopic() {
  static const auto* const sql = new std::string(MarksFrom(absl::StrCat(
      "(",
      MonthCounts("(select *, 1 as times from insight.case_fact"
                  "  where tenant_id = (select wissel.tenant()) and topic_id = $6::text"
                  "    and day >= $1::date and day < $2::date)"),
      ")")));
  static const pg::Statement statement = {"insight_marks_of_topic", sql->c_str()};
  return statement;
}

constexpr pg::Statement kDone = {"insight_done", R"(
  select team_id, sum(cases)::bigint as cases from insight.month_count
   where tenant_id = (select wissel.tenant()) and mark = 4
     and month >= date_trunc('month', $1::date::timestamp)::date and month < $2::date
     and value >= $1::text and value < $2::text
   group by team_id)"};

// The team that holds it stands in the last line of stays.
constexpr pg::Statement kOpen = {"insight_open_cases", R"(
  select split_part(split_part(stays, E'\n', -1), E'\t', 1) as team_id,
         case when due_at >= $1::timestamptz
              then (due_at at time zone $2::text)::date::text end as day,
         count(*) as cases
    from insight.case_fact
   where tenant_id = (select wissel.tenant()) and verdict = 0
     and ($3::text = '' or split_part(split_part(stays, E'\n', -1), E'\t', 1) = $3::text)
   group by 1, 2)"};

Tally TallyOf(const pg::Result::Row& row) {
  return {.met = row.Int64("met"),
          .missed = row.Int64("missed"),
          .open_not_due = row.Int64("open_not_due"),
          .no_norm = row.Int64("no_norm"),
          .excluded = row.Int64("excluded"),
          .contacts = row.Int64("contacts")};
}

GroupKey KeyOf(const pg::Result::Row& row) {
  return {row.TextOrEmpty("team_id"), static_cast<common::v1::Channel>(row.Int32("channel"))};
}

absl::StatusOr<std::vector<MarkCount>> Read(pg::Transaction& transaction, const MonthPeriod& months,
                                            const Scope& scope, const std::vector<int32_t>& marks) {
  std::vector<pg::Param> params = {absl::FormatCivilTime(absl::CivilDay(months.from)),
                                   absl::FormatCivilTime(absl::CivilDay(months.to)), scope.team_id,
                                   static_cast<int32_t>(scope.channel), marks};
  if (!scope.topic_id.empty()) params.emplace_back(scope.topic_id);
  WISSEL_ASSIGN_OR_RETURN(
      const pg::Result rows,
      transaction.Run(scope.topic_id.empty() ? Marks() : MarksOfTopic(), std::move(params)));
  std::vector<MarkCount> counts;
  for (const pg::Result::Row row : rows) {
    if (row.Int64("cases") == 0) continue;
    counts.push_back({.mark = static_cast<Mark>(row.Int32("mark")),
                      .value = row.TextOrEmpty("value"),
                      .team_id = row.TextOrEmpty("team_id"),
                      .channel = static_cast<common::v1::Channel>(row.Int32("channel")),
                      .cases = row.Int64("cases"),
                      .at_first_contact = row.Int64("at_first_contact")});
  }
  return counts;
}

absl::CivilDay DayOf(const std::string& text) {
  absl::CivilDay day;
  absl::ParseCivilTime(text, &day);
  return day;
}

}  // namespace

std::vector<pg::Statement> CountStatements() {
  return {MoveDays(),    MoveMonths(), CountDays(),    CountMonths(), WrongDays(),
          WrongMonths(), kClearDays,   kClearMonths,   kAnalyze,      kTallies,
          kMonthTallies, Marks(),      MarksOfTopic(), kDone,         kOpen};
}

absl::Status CountDifference(pg::Transaction& transaction, absl::Span<const CaseFact> facts) {
  WISSEL_RETURN_IF_ERROR(transaction.Run(MoveDays(), FactColumns().Params(facts)).status());
  return transaction.Run(MoveMonths(), FactColumns().Params(facts)).status();
}

absl::Status ClearCounts(pg::Transaction& transaction) {
  WISSEL_RETURN_IF_ERROR(transaction.Run(kClearDays).status());
  return transaction.Run(kClearMonths).status();
}

absl::Status CountFacts(pg::Transaction& transaction) {
  WISSEL_RETURN_IF_ERROR(transaction.Run(CountDays()).status());
  return transaction.Run(CountMonths()).status();
}

absl::Status AnalyzeCounts(pg::Transaction& transaction) {
  return transaction.Run(kAnalyze).status();
}

absl::StatusOr<std::vector<std::string>> FindWrongCounts(pg::Transaction& transaction, int most) {
  std::vector<std::string> names;
  for (const pg::Statement* statement : {&WrongDays(), &WrongMonths()}) {
    WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(*statement, {most}));
    for (const pg::Result::Row row : rows) names.push_back(row.TextOrEmpty("name"));
  }
  return names;
}

absl::StatusOr<Tallies> ReadTallies(pg::Transaction& transaction, const DayPeriod& days,
                                    absl::Time as_of) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows,
                          transaction.Run(kTallies, {DayText(days.from), DayText(days.to), as_of}));
  Tallies tallies;
  for (const pg::Result::Row row : rows) {
    const Tally tally = TallyOf(row);
    // Of a case that counts for another team by now.
    if (tally.received() != 0) tallies[KeyOf(row)] = tally;
  }
  return tallies;
}

absl::StatusOr<std::map<absl::CivilMonth, Tallies>> ReadMonthTallies(pg::Transaction& transaction,
                                                                     const MonthPeriod& months,
                                                                     const Scope& scope,
                                                                     absl::Time as_of) {
  WISSEL_ASSIGN_OR_RETURN(
      const pg::Result rows,
      transaction.Run(kMonthTallies,
                      {absl::FormatCivilTime(absl::CivilDay(months.from)),
                       absl::FormatCivilTime(absl::CivilDay(months.to)), scope.team_id,
                       static_cast<int32_t>(scope.channel), scope.topic_id, as_of}));
  std::map<absl::CivilMonth, Tallies> tallies;
  for (const pg::Result::Row row : rows) {
    const Tally tally = TallyOf(row);
    if (tally.received() == 0) continue;
    tallies[absl::CivilMonth(DayOf(row.TextOrEmpty("month")))][KeyOf(row)] = tally;
  }
  return tallies;
}

absl::StatusOr<std::vector<MarkCount>> ReadMarks(pg::Transaction& transaction,
                                                 const MonthPeriod& months, const Scope& scope) {
  return Read(transaction, months, scope, {1, 2, 3, 5, 6, 7});
}

absl::StatusOr<std::map<std::string, int64_t>> ReadTopicCounts(pg::Transaction& transaction,
                                                               const MonthPeriod& months,
                                                               const Scope& scope) {
  WISSEL_ASSIGN_OR_RETURN(const std::vector<MarkCount> counts,
                          Read(transaction, months, scope, {1}));
  std::map<std::string, int64_t> topics;
  for (const MarkCount& count : counts) topics[count.value] = count.cases;
  return topics;
}

absl::StatusOr<std::map<std::string, int64_t>> ReadDone(pg::Transaction& transaction,
                                                        absl::CivilDay from, absl::CivilDay to) {
  WISSEL_ASSIGN_OR_RETURN(
      const pg::Result rows,
      transaction.Run(kDone, {absl::FormatCivilTime(from), absl::FormatCivilTime(to)}));
  std::map<std::string, int64_t> done;
  for (const pg::Result::Row row : rows) done[row.TextOrEmpty("team_id")] = row.Int64("cases");
  return done;
}

absl::StatusOr<std::map<std::string, OpenCases>> ReadOpenCases(pg::Transaction& transaction,
                                                               const std::string& team_id,
                                                               absl::Time as_of,
                                                               absl::TimeZone zone) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows,
                          transaction.Run(kOpen, {as_of, zone.name(), team_id}));
  std::map<std::string, OpenCases> open;
  for (const pg::Result::Row row : rows) {
    OpenCases& cases = open[row.TextOrEmpty("team_id")];
    if (row.IsNull("day")) {
      cases.late += row.Int64("cases");
    } else {
      cases.due[DayOf(row.TextOrEmpty("day"))] += row.Int64("cases");
    }
  }
  return open;
}

}  // namespace wissel::insight
