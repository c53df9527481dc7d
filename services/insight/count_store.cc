#include "services/insight/count_store.h"

#include "absl/strings/str_cat.h"
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
      absl::StrCat("with ", Difference(), ", moved as (", MonthCountsSql("both_"),
                   ") insert into insight.month_count as c"
                   "  select * from moved where cases <> 0 or at_first_contact <> 0"
                   "   order by mark, channel, month, value, team_id collate \"C\""
                   "  on conflict (tenant_id, mark, channel, month, value, team_id) do update"
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
      new std::string(absl::StrCat("insert into insight.month_count ", MonthCountsSql(kStored)));
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
      MonthCountsSql(kStored),
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

}  // namespace

std::string MonthCountsSql(absl::string_view source) {
  return absl::StrCat(
      "select tenant_id, month, mark, value,"
      "       case when grouping(channel) = 0 then team_id else '' end as team_id,"
      "       case when grouping(channel) = 0 then channel else 0 end as channel,"
      "       sum(times) as cases,"
      "       coalesce(sum(times) filter (where at_first_contact), 0) as at_first_contact"
      "  from (select f.tenant_id, (m.day - (extract(day from m.day)::int - 1)) as month, m.mark,"
      "               m.value collate \"C\" as value, m.team_id, f.channel, f.times,"
      "               f.at_first_contact"
      "          from ",
      source,
      "            f cross join lateral ("
      "          select 1::smallint as mark, f.day, f.topic_id as value, f.team_id"
      "          union all select 2, f.day, f.arrival::text, f.team_id"
      "          union all select 3, f.day, f.answered_after::text, f.team_id"
      "                     where f.answered_after is not null"
      "          union all select 4, s.until::date, s.until, s.team_id"
      "                      from insight.stays_of(f.stays) s where s.until <> ''"
      "          union all select 5, f.day, s.days, s.team_id"
      "                      from insight.stays_of(f.stays) s where s.days <> ''"
      "          union all select 6, f.day, again, f.team_id"
      "                      from unnest(string_to_array(f.asked_again, ' ')) again"
      "          union all select 7, f.day, v.to_team_id, v.from_team_id"
      "                      from insight.moves_of(f.stays) v where strpos(f.stays, E'\\n') > 0"
      "          ) m) marks"
      " group by grouping sets ((tenant_id, month, mark, value, team_id, channel),"
      "                         (tenant_id, month, mark, value))"
      " having grouping(channel) = 0 or mark <= 3");
}

std::vector<pg::Statement> CountStatements() {
  return {MoveDays(), MoveMonths(), CountDays(), CountMonths(), WrongDays(),  WrongMonths(),
          kClearDays, kClearMonths, kAnalyze,    kTallies,      kMonthTallies};
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
    tallies[absl::CivilMonth(DayOfText(row.TextOrEmpty("month")))][KeyOf(row)] = tally;
  }
  return tallies;
}

}  // namespace wissel::insight
