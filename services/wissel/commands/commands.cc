#include "services/wissel/commands/commands.h"

#include <fstream>
#include <sstream>

#include "absl/flags/reflection.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "libs/base/status.h"
#include "services/wissel/commands/command_line.h"
#include "services/wissel/commands/text_table.h"

namespace wissel {
namespace {

constexpr char kNoSuchFile[] = "no_such_file";

constexpr Command kCommands[] = {
    {"serve", "", "serves the targets of --target until it is told to stop", "",
     "serve --target=all --http-port=8080", Serve},
    {"migrate", "", "brings the database of --admin-db up to date", "admin_db migrations",
     "migrate --admin-db \"host=/var/run/postgresql dbname=wissel user=postgres\"", Migrate},
    {"demo", "", "makes the demo municipality of --demo-dir; again makes only what is missing",
     "demo_dir", "demo --demo-dir deploy/demo", MakeDemo},
    {"sop load", "FILE", "puts an SOP in force for --tenant", "tenant",
     "sop load --tenant GM9901 deploy/demo/sop.yaml", LoadSop},
    {"sop check", "FILE", "tells what is wrong with an SOP; with --tenant also about its teams",
     "tenant format", "sop check deploy/demo/sop.yaml", CheckSop},
    {"sop diff", "OLD NEW", "tells what is different between two SOPs, and whom it concerns",
     "format", "sop diff deploy/demo/sop.yaml draft.yaml", DiffSop},
    {"sop replay", "FILE", "puts past contacts of --tenant --from --to through an SOP",
     "tenant from to format fail_if_moved_over",
     "sop replay --tenant GM9901 --from 2026-01-01 --to 2026-07-01 draft.yaml", ReplaySop},
    {"sop explain", "[FILE]", "tells where a contact goes and why; with --channel --topic --text",
     "tenant channel topic subject text business urgent neighbourhood postcode municipality "
     "menu_key at format",
     "sop explain --channel phone --topic paspoort deploy/demo/sop.yaml", ExplainSop},
    {"sop propose", "", "derives a draft SOP for --tenant from its cases --from --to, into -o FILE",
     "tenant from to history mapping learn_to most_rules o",
     "sop propose --tenant GM9901 --from 2026-01-01 --to 2026-07-01 -o draft.yaml", ProposeSop},
    {"import history", "FILE.csv[.gz]", "imports past cases of --tenant by --mapping",
     "tenant mapping rejects check",
     "import history --check --tenant GM9901 --mapping mapping.yaml history.csv", ImportHistory},
    {"simulate", "", "makes up the past of --tenant, and --tenant itself if it is not there",
     "tenant seed inhabitants months teams in_time once",
     "simulate --tenant GM9902 --inhabitants 10000 --months 13", Simulate},
    {"insight rebuild", "", "makes the kept figures of --tenant again from the event log", "tenant",
     "insight rebuild --tenant GM9901", RebuildInsight},
    {"insight verify", "", "compares the kept figures of --tenant with its event log", "tenant",
     "insight verify --tenant GM9901", VerifyInsight},
    {"figures", "", "prints the norm figures of --tenant as of --as-of, by --by",
     "tenant as_of from to by format",
     "figures --tenant GM9901 --as-of 2026-07-01 --by team,channel", PrintFigures},
};

constexpr char kExitCodes[] =
    "exit codes: 0 it is done; 1 it could not be done, or it is done and found something to look\n"
    "at; 2 it was called wrongly, or a file cannot be read or is not what it should be\n";

}  // namespace

absl::Span<const Command> Commands() { return kCommands; }

const Command* FindCommand(const std::vector<std::string>& words) {
  for (const Command& command : kCommands) {
    for (size_t count : {1, 2}) {
      if (words.size() < count) continue;
      if (absl::StrJoin(words.begin(), words.begin() + count, " ") == command.name) return &command;
    }
  }
  return nullptr;
}

std::vector<std::string> FlagsOf(const Command& command) {
  return absl::StrSplit(command.flags, ' ', absl::SkipEmpty());
}

absl::Status RunCommand(const std::vector<std::string>& words) {
  if (const Command* command = FindCommand(words)) {
    const size_t count = absl::string_view(command->name).find(' ') == std::string::npos ? 1 : 2;
    return command->run({words.begin() + count, words.end()});
  }
  if (words.empty()) return InvalidField("", "unknown_command", "say what to do");
  std::vector<std::string> names;
  for (const Command& command : kCommands) names.emplace_back(command.name);
  const std::string said = absl::StrJoin(words, " ");
  return InvalidField("", "unknown_command",
                      absl::StrCat("there is no command \"", said, "\"", Nearest(said, names)));
}

std::string CommandHelp() {
  TextTable table(2);
  for (const Command& command : kCommands) {
    table.Add({absl::StrCat("  ", command.name, " ", command.operands), command.help});
  }
  return absl::StrCat("usage: wissel COMMAND [--flags]\n", table.ToString(),
                      "What a command takes: wissel COMMAND --help\n",
                      "All settings: wissel --helpfull\n");
}

std::string HelpOf(const Command& command) {
  std::string help = absl::StrCat("usage: wissel ", command.name);
  if (*command.operands != '\0') absl::StrAppend(&help, " ", command.operands);
  absl::StrAppend(&help, FlagsOf(command).empty() ? "" : " [--flags]", "\n", command.help, "\n\n");
  TextTable table(2);
  for (const std::string& name : FlagsOf(command)) {
    const absl::CommandLineFlag* flag = absl::FindCommandLineFlag(name);
    const std::string otherwise = flag->DefaultValue();
    const bool tells = !otherwise.empty() && otherwise != "false" && otherwise != "0";
    table.Add({absl::StrCat("  ", ShownFlag(name)),
               absl::StrCat(flag->Help(), tells ? absl::StrCat(" (", otherwise, ")") : "")});
  }
  absl::StrAppend(&help, table.ToString(), FlagsOf(command).empty() ? "" : "\n", "example: wissel ",
                  command.example, "\n", kExitCodes,
                  "Settings, such as --db, are taken too: wissel --helpfull\n");
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
