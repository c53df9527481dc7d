// What can be done from the command line, as a table.

#ifndef WISSEL_SERVICES_WISSEL_COMMANDS_COMMANDS_H_
#define WISSEL_SERVICES_WISSEL_COMMANDS_COMMANDS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace wissel {

// One row: `wissel <name> [operands]`.
struct Command {
  // One or two words.
  const char* name;
  const char* operands;
  const char* help;
  // Gets what stands behind the name.
  absl::Status (*run)(const std::vector<std::string>& operands);
};

// All commands.
absl::Span<const Command> Commands();

// Finds the command that `words` begin with and runs it. INVALID_ARGUMENT `unknown_command`.
absl::Status RunCommand(const std::vector<std::string>& words);

// Name, operands and help of every command, for --help and after a mistake.
std::string CommandHelp();

// Each stands in a file of its own.
absl::Status Serve(const std::vector<std::string>& operands);
absl::Status Migrate(const std::vector<std::string>& operands);
absl::Status MakeDemo(const std::vector<std::string>& operands);
absl::Status ImportHistory(const std::vector<std::string>& operands);
absl::Status PrintFigures(const std::vector<std::string>& operands);
absl::Status LoadSop(const std::vector<std::string>& operands);
absl::Status CheckSop(const std::vector<std::string>& operands);
absl::Status DiffSop(const std::vector<std::string>& operands);
absl::Status ReplaySop(const std::vector<std::string>& operands);
absl::Status ExplainSop(const std::vector<std::string>& operands);
absl::Status ProposeSop(const std::vector<std::string>& operands);

// What the program ends with: 0 for OK, 2 when it was called wrongly or a file cannot be read, else
// 1.
int ExitCode(const absl::Status& status);

// What a command that judges something returns when it has told what it found: exit code 1.
absl::Status FoundSomething();
// Or when it has told why a file is not what it should be: exit code 2.
absl::Status CannotRead();

// INVALID_ARGUMENT unless exactly `count` operands are given.
absl::Status NeedOperands(const std::vector<std::string>& operands, size_t count);

// Whole text of a file. NOT_FOUND `no_such_file`.
absl::StatusOr<std::string> ReadTextFile(const std::string& path);

}  // namespace wissel

#endif  // WISSEL_SERVICES_WISSEL_COMMANDS_COMMANDS_H_
