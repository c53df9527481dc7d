#include "services/wissel/commands/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/flags/commandlineflag.h"
#include "absl/flags/reflection.h"
#include "absl/strings/match.h"
#include "libs/base/status.h"
#include "services/wissel/commands/commands.h"

namespace wissel {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(CommandLineTest, FlagsStandAnywhereAndInAnySpelling) {
  const absl::FlagSaver flags;
  const CommandLine line = ReadCommandLine({"--db=x", "sop", "check", "--tenant", "GM0001",
                                            "--format=json", "file.yaml", "--", "--odd"});
  EXPECT_TRUE(line.fault.ok()) << line.fault;
  EXPECT_THAT(line.words, ElementsAre("sop", "check", "file.yaml", "--odd"));
  EXPECT_FALSE(line.wants_help);
  EXPECT_TRUE(ReadCommandLine({"figures", "--as-of=now", "--as_of", "now"}).fault.ok());
  EXPECT_TRUE(ReadCommandLine({"sop", "explain", "--urgent", "--nobusiness"}).fault.ok());
  // Scripts set what they know for all commands, before the command.
  EXPECT_TRUE(ReadCommandLine({"--demo-dir=x", "figures"}).fault.ok());
}

TEST(CommandLineTest, SaysWhatIsWrong) {
  const absl::FlagSaver flags;
  const auto reason = [](const std::vector<std::string>& arguments) {
    return ReasonOf(ReadCommandLine(arguments).fault);
  };
  EXPECT_EQ(reason({"figures", "--nothing"}), "unknown_flag");
  EXPECT_EQ(reason({"figures", "--demo-dir=x"}), "not_for_command");
  EXPECT_EQ(reason({"figures", "--as-of"}), "invalid_flag");
  EXPECT_EQ(reason({"sop", "propose", "--most-rules=x"}), "invalid_flag");
  EXPECT_THAT(ReadCommandLine({"figures", "--tenent=x"}).fault.message(),
              HasSubstr("there is no flag --tenent: did you mean --tenant?"));
}

TEST(CommandLineTest, NearIsAFewLettersOrTheBeginning) {
  EXPECT_EQ(Nearest("figrues", {"figures", "serve"}), ": did you mean figures?");
  EXPECT_EQ(Nearest("--fail", {"--fail-if-moved-over", "--from"}),
            ": did you mean --fail-if-moved-over?");
  EXPECT_EQ(Nearest("import", {"import history", "demo"}), ": did you mean import history?");
  EXPECT_EQ(Nearest("xyz", {"figures", "serve"}), "");
}

// A flag that no command takes could not be given; one in the table that is not there ends --help.
TEST(CommandLineTest, TheTableAndTheFlagsAgree) {
  std::set<std::string> taken;
  for (const Command& command : Commands()) {
    for (const std::string& flag : FlagsOf(command)) {
      taken.insert(flag);
      EXPECT_NE(absl::FindCommandLineFlag(flag), nullptr) << command.name << " " << flag;
    }
    EXPECT_THAT(HelpOf(command), HasSubstr(command.help));
  }
  for (const auto& [name, flag] : absl::GetAllFlags()) {
    if (!absl::StrContains(flag->Filename(), "services/wissel/commands/")) continue;
    EXPECT_TRUE(taken.contains(std::string(name))) << name;
  }
}

}  // namespace
}  // namespace wissel
