// What was typed, before flags are set: so that a mistake is told in a sentence, with what is near.

#ifndef WISSEL_SERVICES_WISSEL_COMMANDS_COMMAND_LINE_H_
#define WISSEL_SERVICES_WISSEL_COMMANDS_COMMAND_LINE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace wissel {

// A command line, read.
struct CommandLine {
  // The command and its operands.
  std::vector<std::string> words;
  // --help or -h stands somewhere.
  bool wants_help = false;
  // What is wrong with a flag, a sentence; nothing behind it was read then. INVALID_ARGUMENT
  // `unknown_flag`; `not_for_command` for one behind a command that does not take it;
  // `invalid_flag` for a value that is missing or cannot be one.
  absl::Status fault;
};

// Reads the arguments behind the name of the program, without setting anything for good: that is
// for absl::ParseCommandLine, which ends the program at a mistake. Flags may be written with
// hyphens or underscores, before or behind the command.
CommandLine ReadCommandLine(const std::vector<std::string>& arguments);

// Whether the reason of an error is that the command was called wrongly.
bool IsAboutTheCall(absl::string_view reason);

// `as_of` -> `--as-of`, as people write it; `o` -> `-o`.
std::string ShownFlag(absl::string_view name);

// `: did you mean "b"?` for the few of `known` that are nearest to `said`; empty if none is near.
std::string Nearest(absl::string_view said, const std::vector<std::string>& known);

}  // namespace wissel

#endif  // WISSEL_SERVICES_WISSEL_COMMANDS_COMMAND_LINE_H_
