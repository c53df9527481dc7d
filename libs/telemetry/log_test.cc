#include "libs/telemetry/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"

namespace wissel::telemetry {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(LogTest, OneLineWhateverTheValueHolds) {
  ::testing::internal::CaptureStderr();
  LogEvent("test_event", {{"field", "a\"b\\c\nd\x01"}});
  const std::string line = ::testing::internal::GetCapturedStderr();
  EXPECT_THAT(line, HasSubstr(R"("event":"test_event","field":"a\"b\\c\u000ad\u0001"})"));
  EXPECT_THAT(line.substr(0, line.size() - 1), Not(HasSubstr("\n")));
}

TEST(LogTest, FilesAreBoundedInSizeAndForTheirOwnerOnly) {
  std::string pattern = fs::temp_directory_path() / "log-XXXXXX";
  const fs::path folder = mkdtemp(pattern.data());
  const auto log = [&] {
    if (!LogToFile((folder / "wissel.log").string(), 10'000, 3).ok()) std::exit(1);
    for (int i = 0; i < 1000; ++i) LogEvent("test_event", {{"number", absl::StrCat(i)}});
    std::exit(0);
  };
  // In a process of its own, because there is no way back to standard error.
  EXPECT_EXIT(log(), ::testing::ExitedWithCode(0), "");

  int files = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    ++files;
    EXPECT_LE(entry.file_size(), 10'000u) << entry;
    EXPECT_EQ(entry.status().permissions(), fs::perms::owner_read | fs::perms::owner_write)
        << entry;
  }
  EXPECT_EQ(files, 3);
  std::stringstream newest;
  newest << std::ifstream(folder / "wissel.log").rdbuf();
  EXPECT_THAT(newest.str(), HasSubstr(R"("number":"999")"));
  EXPECT_EQ(ReasonOf(LogToFile((folder / "wissel.log" / "x").string(), 10'000, 3)), "cannot_log");
  fs::remove_all(folder);
}

}  // namespace
}  // namespace wissel::telemetry
