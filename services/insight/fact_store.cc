#include "services/insight/rollup_store.h"

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/pg/row_columns.h"

namespace wissel::insight {
namespace {

const pg::RowColumns<CaseFact>& Columns() {
  using pg::Column;
  static const auto* const columns = new pg::RowColumns<CaseFact>(
      {Column<&CaseFact::case_id>("case_id", "bigint"), Column<&CaseFact::events>("events", "int"),
       Column<&CaseFact::received_at>("received_at", "timestamptz"),
       Column<&CaseFact::day>("day", "date"), Column<&CaseFact::team_id>("team_id", "text"),
       Column<&CaseFact::channel>("channel", "smallint"),
       Column<&CaseFact::due_at>("due_at", "timestamptz"),
       Column<&CaseFact::satisfied_at>("satisfied_at", "timestamptz"),
       Column<&CaseFact::verdict>("verdict", "smallint"),
       Column<&CaseFact::contacts>("contacts", "int")});
  return *columns;
}

constexpr char kFactColumns[] =
    "tenant_id, case_id, events, received_at, day, team_id, channel, due_at, satisfied_at, verdict,"
    " contacts";

// Verdicts: 1 met, 2 missed, 4 no norm, 5 excluded.
constexpr char kCountsOfVerdict[] =
    "sum(times) filter (where verdict = 1) as met, sum(times) filter (where verdict = 2) as missed,"
    "sum(times) filter (where verdict = 4) as no_norm,"
    "sum(times) filter (where verdict = 5) as excluded,"
    "coalesce(sum(times * contacts) filter (where verdict <> 0), 0) as contacts";

// Counted are the new facts once and those that they replace once less.
std::string PutSql() {
  return absl::StrCat(
      "with given as materialized (select (select wissel.tenant()) as tenant_id, g.* from ",
      Columns().Table("g"),
      "), before as materialized ("
      // By the whole key, whatever statistics say.
      "  select f.* from given cross join lateral ("
      "         select * from insight.case_fact k"
      "          where k.tenant_id = given.tenant_id and k.case_id = given.case_id offset 0) f"
      "), put as ("
      "  insert into insight.case_fact (",
      kFactColumns, ") select ", kFactColumns,
      " from given"
      "  on conflict (tenant_id, case_id) do update"
      "     set events = excluded.events, received_at = excluded.received_at, day = excluded.day,"
      "         team_id = excluded.team_id, channel = excluded.channel, due_at = excluded.due_at,"
      "         satisfied_at = excluded.satisfied_at, verdict = excluded.verdict,"
      "         contacts = excluded.contacts"
      "), moved as ("
      "  select tenant_id, day, team_id, channel, ",
      kCountsOfVerdict,
      "    from (select tenant_id, day, team_id, channel, verdict, contacts, 1 as times from given"
      "          union all"
      "          select tenant_id, day, team_id, channel, verdict, contacts, -1 from before) both_"
      "   group by 1, 2, 3, 4"
      ")"
      "insert into insight.day_count as c"
      "  select tenant_id, day, team_id, channel, coalesce(met, 0), coalesce(missed, 0),"
      "         coalesce(no_norm, 0), coalesce(excluded, 0), contacts"
      "    from moved"
      "   where coalesce(met, 0) <> 0 or coalesce(missed, 0) <> 0 or coalesce(no_norm, 0) <> 0"
      "      or coalesce(excluded, 0) <> 0 or contacts <> 0"
      // One order for all, so that two transactions cannot wait for each other.
      "   order by day, team_id collate \"C\", channel"
      "  on conflict (tenant_id, day, team_id, channel) do update"
      "     set met = c.met + excluded.met, missed = c.missed + excluded.missed,"
      "         no_norm = c.no_norm + excluded.no_norm, excluded = c.excluded + excluded.excluded,"
      "         contacts = c.contacts + excluded.contacts");
}

const pg::Statement& Put() {
  static const auto* const sql = new std::string(PutSql());
  static const pg::Statement statement = {"insight_put_facts", sql->c_str()};
  return statement;
}

const pg::Statement& Add() {
  static const auto* const sql =
      new std::string(absl::StrCat("insert into insight.case_fact (", kFactColumns,
                                   ") select wissel.tenant(), g.* from ", Columns().Table("g")));
  static const pg::Statement statement = {"insight_add_facts", sql->c_str()};
  return statement;
}

std::string CountedSql() {
  return absl::StrCat("select tenant_id, day, team_id, channel, ", kCountsOfVerdict,
                      "  from (select *, 1 as times from insight.case_fact"
                      "         where tenant_id = (select wissel.tenant()) and verdict <> 0) f"
                      " group by 1, 2, 3, 4");
}

const pg::Statement& Count() {
  static const auto* const sql = new std::string(absl::StrCat(
      "insert into insight.day_count select tenant_id, day, team_id, channel, coalesce(met, 0),"
      " coalesce(missed, 0), coalesce(no_norm, 0), coalesce(excluded, 0), contacts from (",
      CountedSql(), ") counted"));
  static const pg::Statement statement = {"insight_count_facts", sql->c_str()};
  return statement;
}

// Rows of nothing but zeros say the same as none.
const pg::Statement& WrongCounts() {
  static const auto* const sql = new std::string(absl::StrCat(
      "select coalesce(c.day, f.day) || ' ' || coalesce(c.team_id, f.team_id) || ' ' ||"
      "       coalesce(c.channel, f.channel) as name"
      "  from (select * from insight.day_count where tenant_id = (select wissel.tenant())) c"
      "  full join (",
      CountedSql(),
      ") f using (tenant_id, day, team_id, channel)"
      " where coalesce(c.met, 0) <> coalesce(f.met, 0)"
      "    or coalesce(c.missed, 0) <> coalesce(f.missed, 0)"
      "    or coalesce(c.no_norm, 0) <> coalesce(f.no_norm, 0)"
      "    or coalesce(c.excluded, 0) <> coalesce(f.excluded, 0)"
      "    or coalesce(c.contacts, 0) <> coalesce(f.contacts, 0)"
      " order by 1 limit $1::int"));
  static const pg::Statement statement = {"insight_wrong_counts", sql->c_str()};
  return statement;
}

// The insert is for the first time: a row to lock.
constexpr pg::Statement kLockPosition = {"insight_lock_position", R"(
  insert into insight.progress (tenant_id, read_to) values (wissel.tenant(), '0')
  on conflict (tenant_id) do update set read_to = progress.read_to)"};

constexpr pg::Statement kTryLockPosition = {"insight_try_lock_position", R"(
  select from insight.progress where tenant_id = (select wissel.tenant())
     for no key update skip locked)"};

// Apart from the lock, for a snapshot that is later than it. What another cluster wrote bears
// numbers that may be higher than any of this one.
constexpr pg::Statement kPosition = {"insight_position", R"(
  select case when read_to <> '0' and read_to <= pg_snapshot_xmax(pg_current_snapshot())
              then read_to::text end as read_to,
         pg_snapshot_xmin(pg_current_snapshot())::text as next
    from insight.progress where tenant_id = (select wissel.tenant()))"};

constexpr pg::Statement kSetPosition = {"insight_set_position", R"(
  update insight.progress set read_to = $1::text::xid8
   where tenant_id = (select wissel.tenant()))"};

// Facts are found by their whole key, whatever statistics say.
constexpr pg::Statement kChanged = {"insight_changed_cases", R"(
  select fresh.case_id
    from (select e.case_id, max(e.sequence) as events
            from cases.figure_event e
           where e.tenant_id = (select wissel.tenant())
             and e.xid >= $1::text::xid8 and e.xid < pg_snapshot_xmax(pg_current_snapshot())
           group by e.case_id) fresh
    left join lateral (
         select f.events from insight.case_fact f
          where f.tenant_id = (select wissel.tenant()) and f.case_id = fresh.case_id offset 0) known
      on true
   where fresh.events > coalesce(known.events, 0))"};

// What is known and lies before all transactions that run is to be passed for good: or a look reads
// it over and over until something happens again.
constexpr pg::Statement kBehind = {"insight_is_behind", R"(
  select p.read_to is null or p.read_to = '0'
         or p.read_to > pg_snapshot_xmax(pg_current_snapshot())
         or exists (select from cases.figure_event e
                      left join lateral (
                           select f.events from insight.case_fact f
                            where f.tenant_id = e.tenant_id and f.case_id = e.case_id
                           offset 0) known on true
                     where e.tenant_id = (select wissel.tenant()) and e.xid >= p.read_to
                       and e.xid < pg_snapshot_xmax(pg_current_snapshot())
                       and (e.xid < pg_snapshot_xmin(pg_current_snapshot())
                            or e.sequence > coalesce(known.events, 0))) as behind
    from (select (select read_to from insight.progress
                   where tenant_id = (select wissel.tenant())) as read_to) p)"};

constexpr pg::Statement kClearFacts = {"insight_clear_facts", R"(
  delete from insight.case_fact where tenant_id = (select wissel.tenant()))"};
constexpr pg::Statement kClearCounts = {"insight_clear_counts", R"(
  delete from insight.day_count where tenant_id = (select wissel.tenant()))"};
constexpr pg::Statement kAnalyze = {"insight_analyze", "select insight.analyze_rollups()"};

constexpr pg::Statement kReadFacts = {"insight_read_facts", R"(
  select case_id, events, received_at, day::text as day, team_id, channel, due_at, satisfied_at,
         verdict, contacts
    from insight.case_fact
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

// Too late (2) are those whose verdict stands and those that are open past due; in time (3) are
// open.
constexpr pg::Statement kList = {"insight_list_facts", R"(
  select case_id, events, received_at, day::text as day, team_id, channel, due_at, satisfied_at,
         verdict, contacts
    from (
      select * from insight.case_fact
       where tenant_id = (select wissel.tenant()) and verdict = $4::smallint
         and $4::smallint <> 3
      union all
      select * from insight.case_fact
       where tenant_id = (select wissel.tenant()) and verdict = 0
         and case $4::smallint when 2 then due_at < $3::timestamptz
                               when 3 then due_at >= $3::timestamptz
                               else false end) f
   where day >= coalesce($1::date, '-infinity') and day < coalesce($2::date, 'infinity')
     and ($5::text = '' or team_id = $5::text) and ($6::smallint = 0 or channel = $6::smallint)
   order by received_at, case_id limit $7::int)"};

std::optional<std::string> Written(const std::optional<absl::CivilDay>& day) {
  if (!day) return std::nullopt;
  return absl::FormatCivilTime(*day);
}

LogPosition PositionOf(const pg::Result& rows) {
  LogPosition position = {.next = rows[0].TextOrEmpty("next")};
  if (!rows[0].IsNull("read_to")) position.read_to = rows[0].TextOrEmpty("read_to");
  return position;
}

std::vector<int64_t> CaseIds(const pg::Result& rows) {
  std::vector<int64_t> ids;
  ids.reserve(static_cast<size_t>(rows.size()));
  for (const pg::Result::Row row : rows) ids.push_back(row.Int64("case_id"));
  return ids;
}

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
                     .contacts = row.Int32("contacts")});
  }
  return facts;
}

}  // namespace

std::vector<pg::Statement> RollupStatements() {
  return {Put(),     Add(),        Count(),      WrongCounts(), kLockPosition, kTryLockPosition,
          kPosition, kSetPosition, kChanged,     kBehind,       kClearFacts,   kClearCounts,
          kAnalyze,  kReadFacts,   kWithoutFact, kTallies,      kList};
}

absl::StatusOr<LogPosition> LockPosition(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(const std::vector<pg::Result> results,
                          transaction.RunAll({{kLockPosition, {}}, {kPosition, {}}}));
  return PositionOf(results.back());
}

absl::StatusOr<std::optional<LogPosition>> TryLockPosition(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(const std::vector<pg::Result> results,
                          transaction.RunAll({{kTryLockPosition, {}}, {kPosition, {}}}));
  // Without a row there is nothing to lock, and nothing was ever read.
  if (results.back().empty()) return LogPosition();
  if (results.front().empty()) return std::nullopt;
  return PositionOf(results.back());
}

absl::Status SetPosition(pg::Transaction& transaction, const std::string& read_to) {
  return transaction.Run(kSetPosition, {read_to}).status();
}

absl::StatusOr<std::vector<int64_t>> FindChangedCases(pg::Transaction& transaction,
                                                      const std::string& read_to) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kChanged, {read_to}));
  return CaseIds(rows);
}

absl::StatusOr<bool> IsBehind(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kBehind));
  return rows[0].Bool("behind");
}

absl::Status PutFacts(pg::Transaction& transaction, absl::Span<const CaseFact> facts) {
  return transaction.Run(Put(), Columns().Params(facts)).status();
}

absl::Status ClearFacts(pg::Transaction& transaction) {
  WISSEL_RETURN_IF_ERROR(transaction.Run(kClearFacts).status());
  return transaction.Run(kClearCounts).status();
}

absl::Status AddFacts(pg::Transaction& transaction, absl::Span<const CaseFact> facts) {
  return transaction.Run(Add(), Columns().Params(facts)).status();
}

absl::Status CountFacts(pg::Transaction& transaction) { return transaction.Run(Count()).status(); }

absl::Status AnalyzeFacts(pg::Transaction& transaction) {
  return transaction.Run(kAnalyze).status();
}

absl::StatusOr<std::vector<CaseFact>> ReadFacts(pg::Transaction& transaction, int64_t after,
                                                int most) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kReadFacts, {after, most}));
  return FactsOf(rows);
}

absl::StatusOr<std::vector<std::string>> FindWrongCounts(pg::Transaction& transaction, int most) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(WrongCounts(), {most}));
  std::vector<std::string> names;
  for (const pg::Result::Row row : rows) names.push_back(row.TextOrEmpty("name"));
  return names;
}

absl::StatusOr<std::vector<int64_t>> FindCasesWithoutFact(pg::Transaction& transaction, int most) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kWithoutFact, {most}));
  return CaseIds(rows);
}

absl::StatusOr<Tallies> ReadTallies(pg::Transaction& transaction, const DayPeriod& days,
                                    absl::Time as_of) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows,
                          transaction.Run(kTallies, {Written(days.from), Written(days.to), as_of}));
  Tallies tallies;
  for (const pg::Result::Row row : rows) {
    const Tally tally = {.met = row.Int64("met"),
                         .missed = row.Int64("missed"),
                         .open_not_due = row.Int64("open_not_due"),
                         .no_norm = row.Int64("no_norm"),
                         .excluded = row.Int64("excluded"),
                         .contacts = row.Int64("contacts")};
    // Of a case that counts for another team by now.
    if (tally.received() == 0) continue;
    tallies[{row.TextOrEmpty("team_id"), static_cast<common::v1::Channel>(row.Int32("channel"))}] =
        tally;
  }
  return tallies;
}

absl::StatusOr<std::vector<CaseFact>> ListFacts(pg::Transaction& transaction,
                                                const FactQuery& query, int most) {
  WISSEL_ASSIGN_OR_RETURN(
      const pg::Result rows,
      transaction.Run(kList, {Written(query.days.from), Written(query.days.to), query.as_of,
                              static_cast<int32_t>(query.verdict), query.team_id,
                              static_cast<int32_t>(query.channel), most}));
  return FactsOf(rows);
}

}  // namespace wissel::insight
