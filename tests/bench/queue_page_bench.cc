// A page of 50 out of 100,000 open cases, through gRPC, against the bare SQL of that page.

#include <grpcpp/client_context.h>

#include <atomic>
#include <thread>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/bench/agent.h"
#include "tests/bench/report.h"
#include "wissel/cases/v1/cases.grpc.pb.h"

ABSL_FLAG(int, seconds, 4, "length of one measurement");
ABSL_FLAG(int, rounds, 3, "measurements of each; the median counts");

namespace wissel::bench {
namespace {

constexpr char kFill[] = R"(
insert into cases.case_file (tenant_id, case_id, state, channel, team_id, topic_id, subject,
    customer_name, received_at, due_at, norm_working_days, calendar_version)
  select 'GM9901', 8000000000 + n, 1, 2, 'belastingen', 'ozb', 'Vraag over de aanslag ' || n,
         'P. Proef', now() - n * interval '10 seconds', date_trunc('day', now()) + (1 + n % 20) * interval '1 day', 2, 1
    from generate_series(1, 100000) n
  on conflict do nothing;
analyze cases.case_file;
)";

constexpr char kPgbenchPage[] = R"(
begin;
select set_config('wissel.tenant', 'GM9901', true);
select case_id, team_id, state, outcome, channel, topic_id, subject, customer_name, received_at,
       due_at, claimed_by, claimed_by_name, attempts, version, preferred_from, preferred_to,
       routing_pending
  from cases.case_file
 where tenant_id = 'GM9901' and team_id = 'belastingen' and state < 3
   and (due_at, case_id) > ('-infinity', 0)
 order by due_at, case_id limit 50;
commit;
)";

double PagesPerSecond(const std::string& token, int clients) {
  std::atomic<int64_t> pages = 0;
  std::vector<std::thread> threads;
  const absl::Time begin = absl::Now();
  const absl::Time end = begin + absl::Seconds(absl::GetFlag(FLAGS_seconds));
  for (int i = 0; i < clients; ++i) {
    threads.emplace_back([&] {
      auto cases = cases::v1::CaseService::NewStub(Connect());
      cases::v1::ListQueueRequest request;
      request.set_team_id("belastingen");
      request.set_page_size(50);
      while (absl::Now() < end) {
        cases::v1::ListQueueResponse response;
        grpc::ClientContext context;
        context.AddMetadata("authorization", "Bearer " + token);
        const grpc::Status status = cases->ListQueue(&context, request, &response);
        if (!status.ok()) Die("a page failed: " + status.error_message());
        if (response.cases_size() != 50) Die("a page is not full");
        ++pages;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return pages / absl::ToDoubleSeconds(absl::Now() - begin);
}

}  // namespace

int Main() {
  RunSql(kFill);
  const std::string token = SignIn();
  // One at a time is what somebody waits; four at a time is what two cores have to do for it.
  for (const int clients : {1, 4}) {
    std::vector<double> ours;
    std::vector<double> theirs;
    for (int round = 0; round < absl::GetFlag(FLAGS_rounds); ++round) {
      theirs.push_back(1e6 / PgbenchPerSecond(kPgbenchPage, clients, absl::GetFlag(FLAGS_seconds)));
      ours.push_back(1e6 / PagesPerSecond(token, clients));
    }
    Report({.name = absl::StrCat("queue page of 100,000, ", clients, " at a time"),
            .unit = "us",
            .value = Median(ours),
            .reference_name = "pgbench, the bare SQL of the page",
            .reference = Median(theirs),
            .aim = "at most 1.5"});
  }
  return 0;
}

}  // namespace wissel::bench

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  return wissel::bench::Main();
}
