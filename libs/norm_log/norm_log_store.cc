#include "libs/norm_log/norm_log_store.h"

#include <utility>

#include "libs/base/status.h"

namespace wissel::norm_log {
namespace {

constexpr int kEventsPerPage = 10000;

// All rows are wanted, not the first few.
constexpr pg::Statement kPlan = {"norm_log_plan", R"(
  select set_config('cursor_tuple_fraction', '1', true), set_config('work_mem', '64MB', true))"};

constexpr pg::Statement kOpen = {"norm_log_open", R"(
  declare norm_log no scroll cursor for
  select e.case_id, e.at, e.kind, e.team_id, e.outcome, e.due_at, e.channel,
         e.first_attempt_counts, e.no_verdict
    from cases.figure_event r
    join cases.figure_event e on e.tenant_id = r.tenant_id and e.case_id = r.case_id
   where r.tenant_id = (select wissel.tenant()) and r.kind = 1
     and r.at >= $1::timestamptz and r.at < $2::timestamptz and r.at <= $3::timestamptz
     and e.at <= $3::timestamptz
   order by e.case_id, e.sequence)"};

constexpr pg::Statement kFetch = {"norm_log_fetch", "fetch 10000 from norm_log"};
static_assert(kEventsPerPage == 10000);

constexpr pg::Statement kById = {"norm_log_by_id", R"(
  select e.case_id, e.at, e.kind, e.team_id, e.outcome, e.due_at, e.channel,
         e.first_attempt_counts, e.no_verdict
    from unnest($1::bigint[]) asked (case_id)
    join lateral (select * from cases.figure_event e
                   where e.tenant_id = (select wissel.tenant()) and e.case_id = asked.case_id
                  offset 0) e on true
   order by e.case_id, e.sequence)"};

norms::Event EventOf(const pg::Result::Row& row) {
  norms::Event event = {
      .case_id = row.Int64("case_id"),
      .at = row.Time("at"),
      .kind = static_cast<cases::v1::EventKind>(row.Int32("kind")),
      .team_id = row.TextOrEmpty("team_id"),
      .outcome = static_cast<cases::v1::CaseOutcome>(row.Int32("outcome")),
      .due_at = row.OptionalTime("due_at").value_or(absl::InfiniteFuture()),
  };
  if (!row.IsNull("channel"))
    event.channel = static_cast<common::v1::Channel>(row.Int32("channel"));
  if (!row.IsNull("first_attempt_counts")) {
    event.first_attempt_counts = row.Bool("first_attempt_counts");
  }
  event.no_verdict = !row.IsNull("no_verdict") && row.Bool("no_verdict");
  return event;
}

}  // namespace

std::vector<pg::Statement> Statements() { return {kPlan, kOpen, kFetch, kById}; }

absl::Status JudgeCases(pg::Transaction& transaction, absl::Time from, absl::Time to,
                        absl::Time as_of, absl::FunctionRef<void(norms::JudgedCase)> take) {
  WISSEL_RETURN_IF_ERROR(transaction.Run(kPlan).status());
  WISSEL_RETURN_IF_ERROR(transaction.Run(kOpen, {from, to, as_of}).status());
  norms::LogFold fold(as_of, [&](norms::JudgedCase judged) { take(std::move(judged)); });
  for (int count = kEventsPerPage; count == kEventsPerPage;) {
    WISSEL_ASSIGN_OR_RETURN(const pg::Result page, transaction.Run(kFetch));
    for (const pg::Result::Row row : page) fold.Add(EventOf(row));
    count = page.size();
  }
  fold.End();
  return absl::OkStatus();
}

absl::Status JudgeCasesById(pg::Transaction& transaction, const std::vector<int64_t>& case_ids,
                            absl::FunctionRef<void(norms::JudgedCase)> take) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kById, {case_ids}));
  norms::LogFold fold(absl::InfiniteFuture(),
                      [&](norms::JudgedCase judged) { take(std::move(judged)); });
  for (const pg::Result::Row row : rows) fold.Add(EventOf(row));
  fold.End();
  return absl::OkStatus();
}

}  // namespace wissel::norm_log
