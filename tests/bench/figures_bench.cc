// The norm table and the dashboard of a municipality's thirteen months, as a manager opens them,
// against one plain query over the event log; and how fast what they are read from is made again.

#include <grpcpp/client_context.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "tests/bench/agent.h"
#include "tests/bench/report.h"
#include "wissel/insight/v1/insight.grpc.pb.h"

ABSL_FLAG(int64_t, inhabitants, 60'000, "of the simulated municipality: 1.27 cases each");
ABSL_FLAG(int, calls, 40, "tables asked for; the median counts");
ABSL_FLAG(std::string, wissel, "build/release/services/wissel/wissel", "the program");
ABSL_DECLARE_FLAG(std::string, db);

namespace wissel::bench {
namespace {

// What anybody would write who has only the log: libs/norms/log_fold.h tells the rules.
constexpr char kPlain[] = R"(
set work_mem = '256MB';
with judged as (
  select r.case_id, r.channel, r.no_verdict, last_due.due_at, ended.at as satisfied_at,
         ending.outcome
    from cases.case_event r
   cross join lateral (
         select coalesce(max(e.sequence) filter (where e.kind = 12), 0) as reopened
           from cases.case_event e
          where e.tenant_id = r.tenant_id and e.case_id = r.case_id) life
   cross join lateral (
         select e.due_at from cases.case_event e
          where e.tenant_id = r.tenant_id and e.case_id = r.case_id and e.due_at is not null
          order by e.sequence desc limit 1) last_due
   cross join lateral (
         select min(e.at) as at from cases.case_event e
          where e.tenant_id = r.tenant_id and e.case_id = r.case_id
            and e.sequence > life.reopened
            and (e.outcome in (1, 2, 3) or (r.channel = 2 and e.kind = 5))) ended
    left join lateral (
         select e.outcome from cases.case_event e
          where e.tenant_id = r.tenant_id and e.case_id = r.case_id
            and e.sequence > life.reopened and e.outcome <> 0
          order by e.sequence desc limit 1) ending on true
   where r.tenant_id = 'GM9901' and r.kind = 1)
select team.team_id, channel,
       count(*) filter (where outcome in (4, 5, 6)) as excluded,
       count(*) filter (where coalesce(outcome, 0) < 4 and satisfied_at <= due_at) as met,
       count(*) filter (where coalesce(outcome, 0) < 4 and coalesce(satisfied_at, now()) > due_at)
         as missed
  from judged
 cross join lateral (
       select e.team_id from cases.case_event e
        where e.tenant_id = 'GM9901' and e.case_id = judged.case_id
          and e.at <= least(coalesce(satisfied_at, now()), due_at)
        order by e.sequence desc limit 1) team
 group by 1, 2;
)";

double SecondsOf(const std::function<void()>& what) {
  const absl::Time begin = absl::Now();
  what();
  return absl::ToDoubleSeconds(absl::Now() - begin);
}

}  // namespace

int Main() {
  const auto command = [](const std::string& words) {
    return absl::StrCat(absl::GetFlag(FLAGS_wissel), " --db='", absl::GetFlag(FLAGS_db), "' ",
                        words);
  };
  Shell(command(absl::StrCat("simulate --tenant GM9901 --once --inhabitants ",
                             absl::GetFlag(FLAGS_inhabitants))));
  double cases = 0;
  if (!absl::SimpleAtod(RunSql("select count(*) from cases.case_file where tenant_id = 'GM9901'"),
                        &cases)) {
    Die("the cases could not be counted");
  }
  const double rebuild = SecondsOf([&] { Shell(command("insight rebuild --tenant GM9901")); });

  auto insight = insight::v1::InsightService::NewStub(Connect());
  const std::string token = SignIn("max");
  // The median of many calls. `total` says how many cases the answer is about.
  const auto ask = [&](const auto& method, const auto& request, auto response, double total) {
    std::vector<double> seconds;
    seconds.reserve(static_cast<size_t>(absl::GetFlag(FLAGS_calls)));
    for (int i = 0; i < absl::GetFlag(FLAGS_calls); ++i) {
      seconds.push_back(SecondsOf([&] {
        grpc::ClientContext context;
        context.AddMetadata("authorization", "Bearer " + token);
        const grpc::Status status = (insight.get()->*method)(&context, request, &response);
        if (!status.ok()) Die("the figures failed: " + status.error_message());
        if (total > 0 && static_cast<double>(response.total().received()) != total) {
          Die("a case is not counted");
        }
      }));
    }
    return Median(seconds);
  };
  using Stub = insight::v1::InsightService::Stub;
  const double table = ask(&Stub::GetFigures, insight::v1::GetFiguresRequest(),
                           insight::v1::GetFiguresResponse(), cases);
  // The twelve months up to this one, and the trend of thirteen.
  insight::v1::GetDashboardRequest year;
  const absl::CivilMonth month = absl::ToCivilMonth(absl::Now(), absl::UTCTimeZone());
  year.set_first_month(absl::FormatCivilTime(month - 11));
  year.set_last_month(absl::FormatCivilTime(month));
  const double dashboard = ask(&Stub::GetDashboard, year, insight::v1::GetDashboardResponse(), 0);
  std::vector<double> plain;
  plain.reserve(3);
  for (int i = 0; i < 3; ++i) plain.push_back(SecondsOf([] { RunSql(kPlain); }));

  Report({.name = absl::StrCat("norm table of ", static_cast<int64_t>(cases), " cases"),
          .unit = "ms",
          .value = table * 1000,
          .reference_name = "one plain query over the log",
          .reference = Median(plain) * 1000,
          .aim = "at most 0.01"});
  Report({.name = "dashboard of a year of the same",
          .unit = "ms",
          .value = dashboard * 1000,
          .reference_name = "one plain query over the log",
          .reference = Median(plain) * 1000,
          .aim = "300 ms at 1,000,000 cases"});
  Report({.name = "figures made again from the log",
          .unit = "cases/s",
          .value = cases / rebuild,
          .reference_name = "one plain query over the log",
          .reference = cases / Median(plain),
          .aim = ""});
  return 0;
}

}  // namespace wissel::bench

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  return wissel::bench::Main();
}
