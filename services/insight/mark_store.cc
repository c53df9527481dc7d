#include "services/insight/mark_store.h"

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"

namespace wissel::insight {
namespace {

// Of kHeld (5) and kMovedTo (7) the team is told, of kAskedAgain (6) the channel. Topics, arrivals
// and answers of all teams and channels are read from their sums.
std::string MarksFrom(absl::string_view source) {
  return absl::StrCat(
      "select mark, value, case when mark in (5, 7) then team_id else '' end as team_id,"
      "       case when mark = 6 then channel else 0 end as channel, sum(cases)::bigint as cases,"
      "       sum(at_first_contact)::bigint as at_first_contact"
      "  from (select * from ",
      source,
      "         s where mark = any ($5::smallint[]) and mark <= 3 and channel = 0"
      "           and $3::text = '' and $4::smallint = 0"
      "        union all"
      "        select * from ",
      source,
      "         s where mark = any ($5::smallint[]) and mark > 3 and channel > 0"
      "           and ($3::text = '' or team_id = $3::text or (mark = 7 and value = $3::text))"
      "           and ($4::smallint = 0 or channel = $4::smallint)"
      "        union all"
      "        select * from ",
      source,
      "         s where mark = any ($5::smallint[]) and mark <= 3 and channel > 0"
      "           and not ($3::text = '' and $4::smallint = 0)"
      "           and ($3::text = '' or team_id = $3::text)"
      "           and ($4::smallint = 0 or channel = $4::smallint)) c"
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
  static const auto* const sql = new std::string(absl::StrCat(
      "with counted as materialized (",
      MonthCountsSql("(select *, 1 as times from insight.case_fact"
                     "  where tenant_id = (select wissel.tenant()) and topic_id = $6::text"
                     "    and day >= $1::date and day < $2::date)"),
      ") ", MarksFrom("counted")));
  static const pg::Statement statement = {"insight_marks_of_topic", sql->c_str()};
  return statement;
}

constexpr pg::Statement kDone = {"insight_done", R"(
  select team_id, sum(cases)::bigint as cases from insight.month_count
   where tenant_id = (select wissel.tenant()) and mark = 4
     and month >= date_trunc('month', $1::date::timestamp)::date and month < $2::date
     and channel > 0 and value >= $1::text and value < $2::text
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

absl::StatusOr<std::vector<MarkCount>> Read(pg::Transaction& transaction, const MonthPeriod& months,
                                            const Scope& scope, const std::vector<Mark>& marks) {
  std::vector<int32_t> numbers;
  numbers.reserve(marks.size());
  for (const Mark mark : marks) numbers.push_back(static_cast<int32_t>(mark));
  std::vector<pg::Param> params = {absl::FormatCivilTime(absl::CivilDay(months.from)),
                                   absl::FormatCivilTime(absl::CivilDay(months.to)), scope.team_id,
                                   static_cast<int32_t>(scope.channel), numbers};
  if (!scope.topic_id.empty()) params.emplace_back(scope.topic_id);
  WISSEL_ASSIGN_OR_RETURN(
      const pg::Result rows,
      transaction.Run(scope.topic_id.empty() ? Marks() : MarksOfTopic(), params));
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

}  // namespace

std::vector<pg::Statement> MarkStatements() { return {Marks(), MarksOfTopic(), kDone, kOpen}; }

absl::StatusOr<std::vector<MarkCount>> ReadMarks(pg::Transaction& transaction,
                                                 const MonthPeriod& months, const Scope& scope) {
  return Read(transaction, months, scope,
              {Mark::kTopic, Mark::kArrival, Mark::kAnsweredAfter, Mark::kHeld, Mark::kAskedAgain,
               Mark::kMovedTo});
}

absl::StatusOr<std::map<std::string, int64_t>> ReadTopicCounts(pg::Transaction& transaction,
                                                               const MonthPeriod& months,
                                                               const Scope& scope) {
  WISSEL_ASSIGN_OR_RETURN(const std::vector<MarkCount> counts,
                          Read(transaction, months, scope, {Mark::kTopic}));
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
      cases.due[DayOfText(row.TextOrEmpty("day"))] += row.Int64("cases");
    }
  }
  return open;
}

}  // namespace wissel::insight
