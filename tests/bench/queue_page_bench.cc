// A page of 50 out of 100,000 open cases, through gRPC and over HTTP as the desk asks it, against
// the bare SQL of that page.

#include <grpcpp/client_context.h>

#include <atomic>
#include <functional>
#include <memory>
#include <thread>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/bench/agent.h"
#include "tests/bench/report.h"
#include "tests/support/web_client.h"
#include "wissel/cases/v1/cases.grpc.pb.h"

ABSL_FLAG(std::string, http, "http://127.0.0.1:8080", "the installation, as a browser reaches it");
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

cases::v1::ListQueueRequest Page() {
  cases::v1::ListQueueRequest request;
  request.set_team_id("belastingen");
  request.set_page_size(50);
  return request;
}

// Asks for a page, in the ways that a client has, each over a connection of its own.
using Ask = std::function<cases::v1::ListQueueResponse()>;

Ask OverGrpc(const std::string& token) {
  std::shared_ptr<cases::v1::CaseService::Stub> cases = cases::v1::CaseService::NewStub(Connect());
  return [cases, token] {
    cases::v1::ListQueueResponse response;
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer " + token);
    const grpc::Status status = cases->ListQueue(&context, Page(), &response);
    if (!status.ok()) Die("a page failed: " + status.error_message());
    return response;
  };
}

Ask OverHttp(const std::string& token) {
  auto client = std::make_shared<testing::WebClient>(absl::GetFlag(FLAGS_http));
  client->set_token(token);
  client->set_header("Content-Type", "application/proto");
  return [client] {
    cases::v1::ListQueueResponse response;
    const auto answer =
        client->Post("/wissel.cases.v1.CaseService/ListQueue", Page().SerializeAsString());
    if (answer.code != 200 || !response.ParseFromString(answer.body)) Die("a page failed");
    return response;
  };
}

double PagesPerSecond(const std::function<Ask()>& connect, int clients) {
  std::atomic<int64_t> pages = 0;
  std::vector<std::thread> threads;
  const absl::Time begin = absl::Now();
  const absl::Time end = begin + absl::Seconds(absl::GetFlag(FLAGS_seconds));
  for (int i = 0; i < clients; ++i) {
    threads.emplace_back([&] {
      const Ask ask = connect();
      while (absl::Now() < end) {
        if (ask().cases_size() != 50) Die("a page is not full");
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
    std::vector<double> theirs;
    std::vector<double> grpc;
    std::vector<double> http;
    for (int round = 0; round < absl::GetFlag(FLAGS_rounds); ++round) {
      theirs.push_back(1e6 / PgbenchPerSecond(kPgbenchPage, clients, absl::GetFlag(FLAGS_seconds)));
      grpc.push_back(1e6 / PagesPerSecond([&] { return OverGrpc(token); }, clients));
      http.push_back(1e6 / PagesPerSecond([&] { return OverHttp(token); }, clients));
    }
    const auto report = [&](const char* how, const std::vector<double>& ours, const char* aim) {
      Report({.name = absl::StrCat("queue page, ", how, ", ", clients, " at a time"),
              .unit = "us",
              .value = Median(ours),
              .reference_name = "pgbench, the bare SQL of the page",
              .reference = Median(theirs),
              .aim = aim});
    };
    report("gRPC", grpc, "at most 1.5");
    report("HTTP", http, "at most 3.0");
  }
  return 0;
}

}  // namespace wissel::bench

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  return wissel::bench::Main();
}
