#include "services/wissel/commands/command_line.h"

#include <algorithm>
#include <optional>

#include "absl/flags/commandlineflag.h"
#include "absl/flags/reflection.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "libs/base/status.h"
#include "services/wissel/commands/commands.h"

namespace wissel {
namespace {

// How many letters have to be changed, added, left out or swapped with the next one.
size_t Distance(absl::string_view a, absl::string_view b) {
  std::vector<std::vector<size_t>> least(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) {
    for (size_t j = 0; j <= b.size(); ++j) {
      size_t& here = least[i][j];
      if (i == 0 || j == 0) {
        here = i + j;
        continue;
      }
      const size_t changed = least[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      here = std::min({changed, least[i - 1][j] + 1, least[i][j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) here = std::min(here, least[i - 2][j - 2] + 1);
    }
  }
  return least[a.size()][b.size()];
}

// Commands declare theirs in this folder; every other flag is a setting of the program.
bool IsOfCommands(const absl::CommandLineFlag& flag) {
  return absl::StrContains(flag.Filename(), "services/wissel/commands/");
}

bool Takes(const Command& command, absl::string_view flag) {
  const std::vector<std::string> own = FlagsOf(command);
  return std::find(own.begin(), own.end(), flag) != own.end();
}

// Flags that may stand behind `command`, or anywhere without one.
std::vector<std::string> FlagsFor(const Command* command) {
  std::vector<std::string> names;
  for (const auto& [name, flag] : absl::GetAllFlags()) {
    if (!IsOfCommands(*flag) || command == nullptr || Takes(*command, name)) {
      names.push_back(ShownFlag(name));
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

// One flag as it was typed.
struct Typed {
  std::string name;
  std::optional<std::string> value;
  absl::CommandLineFlag* flag = nullptr;
};

absl::StatusOr<Typed> ReadFlag(absl::string_view text, const Command* command) {
  Typed typed;
  absl::ConsumePrefix(&text, "-");
  absl::ConsumePrefix(&text, "-");
  const size_t equals = text.find('=');
  if (equals != absl::string_view::npos) typed.value = std::string(text.substr(equals + 1));
  typed.name = absl::StrReplaceAll(text.substr(0, equals), {{"-", "_"}});
  typed.flag = absl::FindCommandLineFlag(typed.name);
  if (typed.flag == nullptr && absl::StartsWith(typed.name, "no")) {
    absl::CommandLineFlag* negated = absl::FindCommandLineFlag(typed.name.substr(2));
    if (negated != nullptr && negated->IsOfType<bool>() && !typed.value) {
      typed.flag = negated;
      typed.value = "false";
    }
  }
  if (typed.flag == nullptr) {
    const std::string shown = ShownFlag(typed.name);
    return InvalidField(
        typed.name, "unknown_flag",
        absl::StrCat("there is no flag ", shown, Nearest(shown, FlagsFor(command))));
  }
  if (!typed.value && typed.flag->IsOfType<bool>()) typed.value = "true";
  return typed;
}

absl::Status Check(const Typed& typed, const Command* command) {
  if (command != nullptr && IsOfCommands(*typed.flag) && !Takes(*command, typed.flag->Name())) {
    return InvalidField(
        typed.name, "not_for_command",
        absl::StrCat("wissel ", command->name, " takes no ", ShownFlag(typed.flag->Name())));
  }
  if (!typed.value) {
    return InvalidField(typed.name, "invalid_flag",
                        absl::StrCat(ShownFlag(typed.name), " needs a value"));
  }
  std::string why;
  if (typed.flag->ParseFrom(*typed.value, &why)) return absl::OkStatus();
  return InvalidField(typed.name, "invalid_flag",
                      absl::StrCat(ShownFlag(typed.name), " cannot be \"", *typed.value, "\"",
                                   why.empty() ? "" : ": ", why));
}

}  // namespace

std::string ShownFlag(absl::string_view name) {
  const std::string shown = absl::StrReplaceAll(name, {{"_", "-"}});
  return absl::StrCat(shown.size() == 1 ? "-" : "--", shown);
}

std::string Nearest(absl::string_view said, const std::vector<std::string>& known) {
  constexpr size_t kMost = 3;
  const size_t allowed = std::max<size_t>(1, said.size() / 4);
  std::vector<std::pair<size_t, std::string>> near;
  for (const std::string& one : known) {
    const size_t distance = Distance(said, one);
    // The beginning of a long name is near too.
    const bool begins = said.size() > 3 && absl::StartsWith(one, said);
    if (distance <= allowed || begins) near.emplace_back(begins ? 0 : distance, one);
  }
  std::sort(near.begin(), near.end());
  near.resize(std::min(near.size(), kMost));
  if (near.empty()) return "";
  return absl::StrCat(
      ": did you mean ",
      absl::StrJoin(near, " or ",
                    [](std::string* out, const auto& one) { absl::StrAppend(out, one.second); }),
      "?");
}

bool IsAboutTheCall(absl::string_view reason) {
  return reason == "unknown_flag" || reason == "not_for_command" || reason == "invalid_flag" ||
         reason == "wrong_operands";
}

CommandLine ReadCommandLine(const std::vector<std::string>& arguments) {
  CommandLine line;
  const Command* command = nullptr;
  for (size_t i = 0; i < arguments.size() && line.fault.ok(); ++i) {
    const std::string& argument = arguments[i];
    if (argument == "--") {
      line.words.insert(line.words.end(), arguments.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                        arguments.end());
      break;
    }
    if (argument == "--help" || argument == "-h") {
      line.wants_help = true;
    } else if (argument.size() < 2 || argument[0] != '-') {
      line.words.push_back(argument);
      command = FindCommand(line.words);
    } else {
      absl::StatusOr<Typed> typed = ReadFlag(argument, command);
      if (typed.ok() && !typed->value && i + 1 < arguments.size()) typed->value = arguments[++i];
      line.fault = typed.ok() ? Check(*typed, command) : typed.status();
    }
  }
  return line;
}

}  // namespace wissel
