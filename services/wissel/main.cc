// The program: reads the flags and runs one command of the table in commands.cc.

#include <cstdio>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "services/wissel/commands/commands.h"

namespace {

// Lets people write --as-of where the flag is called as_of.
void NormalizeFlagNames(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    if (argv[i][0] != '-' || argv[i][1] != '-') continue;
    for (char* c = argv[i] + 2; *c != '\0' && *c != '='; ++c) {
      if (*c == '-') *c = '_';
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  // Debian builds Abseil with a check for deadlocks that gRPC's every lock would pay for; TSan has
  // a better one.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  absl::SetProgramUsageMessage(wissel::CommandHelp());
  NormalizeFlagNames(argc, argv);
  std::vector<char*> rest = absl::ParseCommandLine(argc, argv);
  const std::vector<std::string> words(rest.begin() + 1, rest.end());
  const absl::Status status = wissel::RunCommand(words);
  if (!status.message().empty()) {
    std::fprintf(stderr, "wissel: %s\n", std::string(status.message()).c_str());
    if (absl::IsInvalidArgument(status)) std::fputs(wissel::CommandHelp().c_str(), stderr);
  }
  return wissel::ExitCode(status);
}
