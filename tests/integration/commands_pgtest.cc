// Every command of the program, run as people run it: what it prints, and what it ends with.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "libs/testing/postgres.h"
#include "services/wissel/commands/commands.h"
#include "services/wissel/commands/text_table.h"
#include "tests/support/installation.h"

namespace wissel {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const char kSop[] = WISSEL_SOURCE_DIR "/deploy/demo/sop.yaml";

class CommandsTest : public ::testing::Test {
 protected:
  // Exit code; what was printed stands in output().
  int Run(const std::vector<std::string>& words) {
    (void)installation_.Run(words);
    return installation_.exit_code();
  }
  const std::string& output() const { return installation_.output(); }

  // A file with the demo SOP in which `from` became `to`.
  static std::string Changed(const std::string& from, const std::string& to) {
    std::stringstream text;
    text << std::ifstream(kSop).rdbuf();
    const std::string path = ::testing::TempDir() + "/changed.yaml";
    std::ofstream(path) << absl::StrReplaceAll(text.str(), {{from, to}});
    return path;
  }

  testing::TestDatabase database_;
  testing::Installation installation_{testing::Shape::kAll, database_.BaseConnInfo()};
};

// (B9)
TEST_F(CommandsTest, HelpOfACommandTellsItsOwnArgumentsAndAnExample) {
  for (const Command& command : Commands()) {
    SCOPED_TRACE(command.name);
    std::vector<std::string> words = absl::StrSplit(command.name, ' ');
    words.emplace_back("--help");
    EXPECT_EQ(Run(words), 0);
    EXPECT_THAT(output(), StartsWith(absl::StrCat("usage: wissel ", command.name)));
    EXPECT_THAT(output(), HasSubstr(absl::StrCat("example: wissel ", command.name)));
    EXPECT_THAT(output(), HasSubstr("exit codes: 0 "));
    for (const std::string& flag : FlagsOf(command)) {
      EXPECT_THAT(absl::StrReplaceAll(output(), {{"-", "_"}}), HasSubstr(flag));
    }
  }
  EXPECT_EQ(Run({"--help"}), 0);
  EXPECT_THAT(output(), AllOf(HasSubstr("usage: wissel COMMAND"), HasSubstr("import history")));
  EXPECT_EQ(Run({"figures", "--tenant", "X", "-h"}), 0);
  EXPECT_THAT(output(), AllOf(HasSubstr("--as-of"), Not(HasSubstr("--mapping"))));
}

TEST_F(CommandsTest, AMistakeIsASentenceWithWhatIsNear) {
  EXPECT_EQ(Run({"figure"}), 2);
  EXPECT_THAT(output(), HasSubstr("there is no command \"figure\": did you mean figures?"));
  EXPECT_EQ(Run({}), 2);
  EXPECT_THAT(output(), HasSubstr("say what to do"));
  EXPECT_EQ(Run({"figures", "--as-off=now"}), 2);
  EXPECT_THAT(output(), AllOf(HasSubstr("there is no flag --as-off: did you mean --as-of?"),
                              HasSubstr("wissel figures --help"), Not(HasSubstr("sop load"))));
  EXPECT_EQ(Run({"figures", "--mapping=x"}), 2);
  EXPECT_THAT(output(), HasSubstr("wissel figures takes no --mapping"));
  EXPECT_EQ(Run({"sop", "propose", "--most-rules=many"}), 2);
  EXPECT_THAT(output(), HasSubstr("--most-rules cannot be \"many\""));
  EXPECT_EQ(Run({"sop", "check"}), 2);
  EXPECT_THAT(output(), HasSubstr("1 operand(s) expected, 0 given"));
  EXPECT_EQ(Run({"figures"}), 2);
  EXPECT_THAT(output(), HasSubstr("--tenant is missing"));
}

// A fault in the data is one sentence, not the usage.
TEST_F(CommandsTest, AFaultInTheDataIsOneSentence) {
  ASSERT_EQ(Run({"demo"}), 0) << output();
  EXPECT_EQ(Run({"sop", "load", "--tenant=GM9901", Changed("rules:", "rulez:")}), 2);
  EXPECT_THAT(output(), AllOf(StartsWith("wissel: "), Not(HasSubstr("usage"))));
  EXPECT_EQ(Run({"figures", "--tenant=GM0000"}), 1);
  EXPECT_EQ(output(), "wissel: there is no municipality GM0000\n");
}

// (B9)
TEST_F(CommandsTest, MomentsAreReadAsPeopleWriteThem) {
  ASSERT_EQ(Run({"demo"}), 0) << output();
  for (const char* moment : {"2016-01-13T00:00", "2016-01-13", "2016-01-13 00:00:00", "13-01-2016",
                             "2016-01-12T23:00:00Z", "now"}) {
    EXPECT_EQ(Run({"figures", "--tenant=GM9901", "--as-of", moment}), 0) << moment << output();
  }
  EXPECT_EQ(Run({"figures", "--tenant=GM9901", "--from", "yesterday"}), 2);
  EXPECT_THAT(output(), AllOf(HasSubstr("--from: \"yesterday\" is not a moment; write it as now, "),
                              HasSubstr("2025-11-03T09:15:00+01:00")));
  EXPECT_EQ(Run({"figures", "--tenant=GM9901", "--as-of", "0026-03-01T00:00:00Z"}), 2);
  EXPECT_THAT(output(), HasSubstr("has a year of two digits"));
  EXPECT_EQ(Run({"sop", "replay", "--tenant=GM9901", "--to=now", kSop}), 2);
  EXPECT_THAT(output(), HasSubstr("--from is missing"));
}

TEST_F(CommandsTest, MigrateAgainChangesNothing) {
  const std::vector<std::string> words = {"migrate", "--admin-db=" + database_.AdminConnInfo(),
                                          "--migrations=" WISSEL_SOURCE_DIR "/migrations"};
  EXPECT_EQ(Run(words), 0) << output();
  EXPECT_EQ(output(), "the database is up to date\n");
  EXPECT_EQ(Run({"migrate", words[1], "--migrations=/nonexistent"}), 1);
}

TEST_F(CommandsTest, ServeServesUntilItIsToldToStop) {
  ASSERT_TRUE(installation_.Start().ok());
  EXPECT_EQ(installation_.process("all").Stop(), 0);
  EXPECT_THAT(installation_.Logged(), AllOf(HasSubstr("serving"), HasSubstr("stopping")));
  EXPECT_EQ(Run({"serve", "--target=nothing"}), 2);
  EXPECT_THAT(output(), HasSubstr("no target is called nothing"));
}

TEST_F(CommandsTest, DemoFiguresAndTheSop) {
  EXPECT_EQ(Run({"demo"}), 0) << output();
  EXPECT_THAT(output(), HasSubstr("the demo municipality Voorbeeldstad is there"));
  EXPECT_EQ(Run({"demo"}), 0) << output();

  EXPECT_EQ(Run({"figures", "--tenant=GM9901"}), 0) << output();
  std::vector<std::string> lines = absl::StrSplit(output(), '\n', absl::SkipEmpty());
  EXPECT_THAT(lines.front(), ContainsRegex("^team +received"));
  EXPECT_THAT(lines.back(), StartsWith("all "));
  for (const std::string& line : lines) EXPECT_EQ(DisplayWidth(line), DisplayWidth(lines[0]));
  EXPECT_EQ(Run({"figures", "--tenant=GM9901", "--by=team,channel", "--format=json"}), 0);
  EXPECT_THAT(output(), HasSubstr("\"rows\""));
  EXPECT_EQ(Run({"figures", "--tenant=GM9901", "--by=mood"}), 2);

  EXPECT_EQ(Run({"sop", "check", "--tenant=GM9901", kSop}), 0) << output();
  EXPECT_THAT(output(), HasSubstr("0 fouten"));
  EXPECT_EQ(Run({"sop", "check", Changed("https://parkeren.", "http://parkeren.")}), 1);
  EXPECT_EQ(Run({"sop", "diff", kSop, kSop}), 0) << output();
  EXPECT_EQ(Run({"sop", "diff", kSop, Changed("088 000 0210", "088 000 0211")}), 1);
  EXPECT_THAT(output(), HasSubstr("Betrokken teams: kcc, parkeren"));
  EXPECT_EQ(Run({"sop", "load", "--tenant=GM9901", Changed("088 000 0210", "088 000 0211")}), 0)
      << output();
  EXPECT_THAT(output(), ContainsRegex("version [0-9]+ is in force"));

  EXPECT_EQ(
      Run({"sop", "explain", "--channel=phone", "--topic=paspoort", "--at=2026-03-02T10:00", kSop}),
      0)
      << output();
  EXPECT_THAT(output(), HasSubstr("Het KCC beantwoordt dit zelf"));
  EXPECT_EQ(Run({"sop", "explain", "--tenant=GM9901", "--channel=phone", "--topic=paspoort"}), 0)
      << output();
  EXPECT_EQ(Run({"sop", "explain", "--channel=pigeon", kSop}), 2);

  EXPECT_EQ(Run({"sop", "replay", "--tenant=GM9901", "--from=2020-01-01", "--to=now", kSop}), 0)
      << output();
  EXPECT_THAT(output(), AllOf(ContainsRegex("[0-9]+ contacts, [0-9]+ move"),
                              ContainsRegex("\nteam +before"), ContainsRegex("\noutcome +before")));
  EXPECT_EQ(Run({"sop", "propose", "--tenant=GM9901", "--from=2020-01-01", "--to=2020-02-01"}), 1)
      << output();
}

// Without an installation; a row that cannot be read is passed over (C3).
TEST_F(CommandsTest, ProposeLearnsFromAFile) {
  std::string csv = "id;team;opened;topic\n";
  for (int i = 0; i < 60; ++i) {
    absl::StrAppend(&csv, i, ";", i % 2 == 0 ? "bomen" : "lampen", ";01-02-2026 09:00;",
                    i % 2 == 0 ? "Boom" : "Lamp", "\n");
  }
  absl::StrAppend(&csv, "x;bomen;someday;Boom\ny;bomen;02-03-2026;Boom\n");
  const std::string file = ::testing::TempDir() + "/past.csv";
  std::ofstream(file) << csv;
  const std::string mapping = ::testing::TempDir() + "/past.yaml";
  std::ofstream(mapping) << "columns: {source_id: id, team: team, opened: opened, topic: topic}\n";
  const std::string draft = ::testing::TempDir() + "/draft.yaml";
  EXPECT_EQ(Run({"sop", "propose", "--history", file, "--mapping", mapping, "--learn-to",
                 "01-03-2026", "-o", draft}),
            0)
      << output();
  EXPECT_THAT(output(), AllOf(HasSubstr("1 rows passed over; the first: line 62: "),
                              ContainsRegex("rules; right for 100"), HasSubstr("1 later cases")));
  EXPECT_EQ(Run({"sop", "diff", draft, draft}), 0) << output();
}

}  // namespace
}  // namespace wissel
