// What can be done from the command line, as a table.

#ifndef WISSEL_SERVICES_WISSEL_COMMANDS_COMMANDS_H_
#define WISSEL_SERVICES_WISSEL_COMMANDS_COMMANDS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace wissel {

// One row: `wissel <name> [operands] [--flags]`.
struct Command {
  // One or two words.
  const char* name;
  const char* operands;
  // What it does, after its name.
  const char* help;
  // Names of the flags that it takes of those that commands declare, with blanks in between.
  // Settings, which other files declare, are taken by all.
  const char* flags;
  // A call that works, without `wissel`.
  const char* example;
  // Gets what stands behind the name.
  absl::Status (*run)(const std::vector<std::string>& operands);
};

// All commands.
absl::Span<const Command> Commands();

// The command that `words` begin with; null if there is none.
const Command* FindCommand(const std::vector<std::string>& words);

// The flags of a command, one by one.
std::vector<std::string> FlagsOf(const Command& command);

// Runs the command that `words` begin with. INVALID_ARGUMENT `unknown_command`, with one that is
// near.
absl::Status RunCommand(const std::vector<std::string>& words);

// Name, operands and help of every command, for --help.
std::string CommandHelp();
// Operands, flags with their defaults, example and exit codes of one.
std::string HelpOf(const Command& command);

// Each stands in a file of its own.
absl::Status Serve(const std::vector<std::string>& operands);
absl::Status Migrate(const std::vector<std::string>& operands);
absl::Status MakeDemo(const std::vector<std::string>& operands);
absl::Status ImportHistory(const std::vector<std::string>& operands);
absl::Status Simulate(const std::vector<std::string>& operands);
absl::Status RebuildInsight(const std::vector<std::string>& operands);
absl::Status VerifyInsight(const std::vector<std::string>& operands);
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

// INVALID_ARGUMENT `wrong_operands` unless exactly `count` operands are given.
absl::Status NeedOperands(const std::vector<std::string>& operands, size_t count);

// Whole text of a file. NOT_FOUND `no_such_file`.
absl::StatusOr<std::string> ReadTextFile(const std::string& path);

}  // namespace wissel

#endif  // WISSEL_SERVICES_WISSEL_COMMANDS_COMMANDS_H_
