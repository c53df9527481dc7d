// Contacts a second through gRPC, checked, routed and committed, against pgbench that writes the
// seven rows of the schema before (migrations below 60) naively, one contact a transaction: same
// cluster, same number of clients, same run. That reference stays as it is, whatever becomes of the
// schema.

#include <grpcpp/client_context.h>

#include <atomic>
#include <thread>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/bench/agent.h"
#include "tests/bench/reference.h"
#include "tests/bench/report.h"
#include "wissel/intake/v1/intake.grpc.pb.h"

ABSL_FLAG(int, seconds, 5, "length of one measurement");
ABSL_FLAG(int, rounds, 3, "measurements of each; the median counts");

namespace wissel::bench {
namespace {

// One client: registers, waits for the answer, registers again.
void RegisterUntil(absl::Time end, const std::string& token, const std::string& prefix,
                   std::atomic<int64_t>* registered) {
  auto intake = intake::v1::IntakeService::NewStub(Connect());
  for (int i = 0; absl::Now() < end; ++i) {
    const auto request = Callback(absl::StrCat(prefix, "-", i), i);
    intake::v1::RegisterCallbackResponse response;
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer " + token);
    const grpc::Status status = intake->RegisterCallback(&context, request, &response);
    if (!status.ok()) Die("a registration failed: " + status.error_message());
    ++*registered;
  }
}

double RegistrationsPerSecond(const std::string& token, int clients) {
  static int run = 0;
  std::atomic<int64_t> registered = 0;
  std::vector<std::thread> threads;
  const absl::Time begin = absl::Now();
  const absl::Time end = begin + absl::Seconds(absl::GetFlag(FLAGS_seconds));
  const std::string prefix = absl::StrCat("bench-", absl::ToUnixMicros(begin), "-", ++run);
  for (int i = 0; i < clients; ++i) {
    threads.emplace_back(RegisterUntil, end, token, absl::StrCat(prefix, "-", i), &registered);
  }
  for (std::thread& thread : threads) thread.join();
  return registered / absl::ToDoubleSeconds(absl::Now() - begin);
}

}  // namespace

int Main() {
  MakeReference();
  const std::string token = SignIn();
  for (const int clients : {8, 32}) {
    std::vector<double> ours;
    std::vector<double> theirs;
    for (int round = 0; round < absl::GetFlag(FLAGS_rounds); ++round) {
      theirs.push_back(
          PgbenchPerSecond(kSevenRows, clients, absl::GetFlag(FLAGS_seconds), kReference));
      ours.push_back(RegistrationsPerSecond(token, clients));
    }
    Report({.name = absl::StrCat("registrations, ", clients, " clients"),
            .unit = "1/s",
            .value = Median(ours),
            .reference_name = "pgbench, seven rows a transaction",
            .reference = Median(theirs),
            .aim = clients == 8 ? "at least 1.5" : "at least 3.0"});
  }
  return 0;
}

}  // namespace wissel::bench

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  return wissel::bench::Main();
}
