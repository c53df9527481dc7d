// The commands that judge a document, without an installation: what they print, and exit codes.

#include <fstream>
#include <sstream>

#include "absl/flags/declare.h"
#include "absl/flags/flag.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/wissel/commands/commands.h"

ABSL_DECLARE_FLAG(std::string, format);

namespace wissel {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

const char kDemo[] = WISSEL_SOURCE_DIR "/deploy/demo/sop.yaml";

class SopCheckCommandTest : public ::testing::Test {
 protected:
  ~SopCheckCommandTest() override { absl::SetFlag(&FLAGS_format, "text"); }

  // A file with the demo SOP in which `from` became `to`.
  static std::string Changed(const std::string& from, const std::string& to) {
    std::stringstream text;
    text << std::ifstream(kDemo).rdbuf();
    const std::string path = ::testing::TempDir() + "/changed.yaml";
    std::ofstream(path) << absl::StrReplaceAll(text.str(), {{from, to}});
    return path;
  }

  // Exit code; what was printed stands in printed_.
  int Run(const std::vector<std::string>& words) {
    ::testing::internal::CaptureStdout();
    const absl::Status status = RunCommand(words);
    printed_ = ::testing::internal::GetCapturedStdout();
    message_ = std::string(status.message());
    return ExitCode(status);
  }

  std::string printed_;
  std::string message_;
};

TEST_F(SopCheckCommandTest, CleanIsZero) {
  EXPECT_EQ(Run({"sop", "check", kDemo}), 0) << printed_;
  EXPECT_THAT(printed_, HasSubstr("0 fouten, 0 waarschuwingen"));
}

TEST_F(SopCheckCommandTest, AnErrorIsOneWithItsPlace) {
  const std::string path = Changed("https://parkeren.", "http://parkeren.");
  EXPECT_EQ(Run({"sop", "check", path}), 1);
  EXPECT_THAT(printed_, HasSubstr(path + ":"));
  EXPECT_THAT(printed_, HasSubstr(": fout: Afspraak `parkeervergunning-inwoner`"));
  EXPECT_THAT(message_, IsEmpty());
}

TEST_F(SopCheckCommandTest, AWarningIsNoError) {
  const std::string path = Changed("review_by: 2027-01-15", "review_by: 2020-01-15");
  EXPECT_EQ(Run({"sop", "check", path}), 0);
  EXPECT_THAT(printed_, HasSubstr(": let op: "));
}

TEST_F(SopCheckCommandTest, WhatCannotBeReadIsTwo) {
  EXPECT_EQ(Run({"sop", "check", "/no/such/file"}), 2);
  EXPECT_EQ(Run({"sop", "check"}), 2);
  const std::string path = Changed("rules:", "rulez:");
  EXPECT_EQ(Run({"sop", "check", path}), 2);
  EXPECT_THAT(printed_, HasSubstr(path + ":"));
  EXPECT_EQ(Run({"sop", "diff", kDemo, path}), 2);
}

TEST_F(SopCheckCommandTest, DiffIsZeroOrOne) {
  EXPECT_EQ(Run({"sop", "diff", kDemo, kDemo}), 0);
  const std::string path = Changed("088 000 0210", "088 000 0211");
  EXPECT_EQ(Run({"sop", "diff", kDemo, path}), 1);
  EXPECT_THAT(printed_, HasSubstr("~ team parkeren: Het doorverbindnummer verandert"));
  EXPECT_THAT(printed_, HasSubstr("Betrokken teams: kcc, parkeren"));
}

TEST_F(SopCheckCommandTest, Json) {
  absl::SetFlag(&FLAGS_format, "json");
  EXPECT_EQ(Run({"sop", "check", Changed("https://parkeren.", "http://parkeren.")}), 1);
  EXPECT_THAT(printed_, HasSubstr("\"kind\": \"not_https\""));
  absl::SetFlag(&FLAGS_format, "csv");
  EXPECT_EQ(Run({"sop", "check", kDemo}), 2);
}

}  // namespace
}  // namespace wissel
