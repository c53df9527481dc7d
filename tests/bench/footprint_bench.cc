// Memory of the whole service when idle, and time from its start until it is ready.

#include <fstream>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/bench/report.h"
#include "tests/support/installation.h"

ABSL_DECLARE_FLAG(std::string, db);

namespace wissel::bench {
namespace {

// Value of a line of /proc/<pid>/status, in MiB.
double StatusMiB(pid_t pid, const std::string& name) {
  std::ifstream file(absl::StrCat("/proc/", pid, "/status"));
  std::string word;
  while (file >> word) {
    if (word != name + ":") continue;
    double kib = 0;
    file >> kib;
    return kib / 1024;
  }
  Die("no " + name);
}

double MillisecondsOf(absl::FunctionRef<void()> work) {
  const absl::Time began = absl::Now();
  work();
  return absl::ToDoubleMilliseconds(absl::Now() - began);
}

}  // namespace

int Main() {
  const std::string db = absl::GetFlag(FLAGS_db);
  std::vector<double> starts;
  std::vector<double> connects;
  double rss = 0;
  for (int round = 0; round < 5; ++round) {
    connects.push_back(MillisecondsOf([] { RunSql("select 1"); }));
    testing::Installation installation(testing::Shape::kAll, db);
    const absl::Time began = absl::Now();
    const absl::Status started = installation.Start();
    if (!started.ok()) Die(started.message());
    starts.push_back(absl::ToDoubleMilliseconds(absl::Now() - began));
    if (round == 0) {
      absl::SleepFor(absl::Seconds(5));
      rss = StatusMiB(installation.process("all").pid(), "VmRSS");
    }
  }
  const double postmaster = StatusMiB(getppid(), "VmRSS");
  Report({.name = "memory of the idle service",
          .unit = "MiB",
          .value = rss,
          .reference_name = "the shell that runs this bench",
          .reference = postmaster,
          .aim = "under 80 MiB"});
  Report({.name = "start until ready",
          .unit = "ms",
          .value = Median(starts),
          .reference_name = "psql -c 'select 1'",
          .reference = Median(connects),
          .aim = "under 1,000 ms"});
  return 0;
}

}  // namespace wissel::bench

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  return wissel::bench::Main();
}
