// The program: reads the flags and runs one command of the table in commands.cc.

#include <cstdio>
#include <string>
#include <vector>

#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/synchronization/mutex.h"
#include "libs/base/status.h"
#include "services/wissel/commands/command_line.h"
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

// A sentence about what went wrong, and where help is when the call itself was wrong.
int Tell(const absl::Status& status, const std::vector<std::string>& words) {
  if (status.message().empty()) return wissel::ExitCode(status);
  std::fprintf(stderr, "wissel: %s\n", std::string(status.message()).c_str());
  const std::string reason = wissel::ReasonOf(status);
  const wissel::Command* command = wissel::FindCommand(words);
  if (reason == "unknown_command") {
    std::fputs(wissel::CommandHelp().c_str(), stderr);
  } else if (command != nullptr && wissel::IsAboutTheCall(reason)) {
    std::fprintf(stderr, "What it takes: wissel %s --help\n", command->name);
  }
  return wissel::ExitCode(status);
}

}  // namespace

int main(int argc, char** argv) {
  // Debian builds Abseil with a check for deadlocks that gRPC's every lock would pay for; TSan has
  // a better one.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  absl::SetProgramUsageMessage(wissel::CommandHelp());
  const wissel::CommandLine line = wissel::ReadCommandLine({argv + 1, argv + argc});
  if (!line.fault.ok()) return Tell(line.fault, line.words);
  if (line.wants_help) {
    const wissel::Command* command = wissel::FindCommand(line.words);
    std::fputs((command == nullptr ? wissel::CommandHelp() : HelpOf(*command)).c_str(), stdout);
    return 0;
  }
  NormalizeFlagNames(argc, argv);
  absl::ParseCommandLine(argc, argv);
  return Tell(wissel::RunCommand(line.words), line.words);
}
