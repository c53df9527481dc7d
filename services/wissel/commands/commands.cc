#include "services/wissel/commands/commands.h"

#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/base/status.h"

namespace wissel {
namespace {

constexpr char kNoSuchFile[] = "no_such_file";

constexpr Command kCommands[] = {
    {"serve", "", "serves the targets of --target until it is told to stop", Serve},
    {"migrate", "", "brings the database of --admin_db up to date", Migrate},
    {"demo", "", "makes the demo municipality of --demo_dir; again makes only what is missing",
     MakeDemo},
    {"sop load", "FILE", "puts an SOP in force for --tenant", LoadSop},
    {"sop check", "FILE", "tells what is wrong with an SOP; with --tenant also about its teams",
     CheckSop},
    {"sop diff", "OLD NEW", "tells what is different between two SOPs, and whom it concerns",
     DiffSop},
    {"sop replay", "FILE", "puts past contacts of --tenant --from --to through an SOP", ReplaySop},
    {"sop explain", "[FILE]", "tells where a contact goes and why; with --channel --topic --text",
     ExplainSop},
    {"sop propose", "", "derives a draft SOP for --tenant from its cases --from --to, into -o FILE",
     ProposeSop},
    {"import history", "FILE.csv[.gz]", "imports past cases of --tenant by --mapping",
     ImportHistory},
    {"figures", "", "prints the norm figures of --tenant as of --as_of, by --by", PrintFigures},
};

}  // namespace

absl::Span<const Command> Commands() { return kCommands; }

absl::Status RunCommand(const std::vector<std::string>& words) {
  for (const Command& command : kCommands) {
    for (size_t count : {1, 2}) {
      if (words.size() < count) continue;
      if (absl::StrJoin(words.begin(), words.begin() + count, " ") != command.name) continue;
      return command.run({words.begin() + count, words.end()});
    }
  }
  return InvalidField(
      "", "unknown_command",
      words.empty() ? "say what to do"
                    : absl::StrCat("there is no command \"", absl::StrJoin(words, " "), "\""));
}

std::string CommandHelp() {
  std::string help = "usage: wissel COMMAND [--flags]\n";
  for (const Command& command : kCommands) {
    const std::string call = absl::StrCat(command.name, " ", command.operands);
    absl::StrAppend(&help, "  ", call, std::string(call.size() < 30 ? 30 - call.size() : 1, ' '),
                    command.help, "\n");
  }
  absl::StrAppend(&help, "All settings: wissel --helpfull\n");
  return help;
}

int ExitCode(const absl::Status& status) {
  if (status.ok()) return 0;
  const bool is_call =
      status.code() == absl::StatusCode::kInvalidArgument || ReasonOf(status) == kNoSuchFile;
  return is_call ? 2 : 1;
}

// Without a message: there is nothing more to say.
absl::Status FoundSomething() { return absl::FailedPreconditionError(""); }

absl::Status CannotRead() { return absl::InvalidArgumentError(""); }

absl::Status NeedOperands(const std::vector<std::string>& operands, size_t count) {
  if (operands.size() == count) return absl::OkStatus();
  return InvalidField("", "wrong_operands",
                      absl::StrCat(count, " operand(s) expected, ", operands.size(), " given"));
}

absl::StatusOr<std::string> ReadTextFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  if (!file) {
    return Error(absl::StatusCode::kNotFound, kNoSuchFile,
                 absl::StrCat("cannot read the file ", path), "file");
  }
  return text.str();
}

}  // namespace wissel
