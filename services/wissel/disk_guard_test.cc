#include "services/wissel/disk_guard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/statvfs.h>

#include <filesystem>

#include "libs/base/status.h"
#include "libs/testing/fake_clock.h"

namespace wissel {
namespace {

using ::testing::HasSubstr;

int UsedPercent(const std::string& path) {
  struct statvfs disk = {};
  EXPECT_EQ(statvfs(path.c_str(), &disk), 0);
  const uint64_t used = disk.f_blocks - disk.f_bfree;
  return static_cast<int>(used * 100 / (used + disk.f_bavail));
}

TEST(DiskGuardTest, RefusesFromItsPercentageOn) {
  const std::string path = std::filesystem::temp_directory_path();
  testing::FakeClock clock(absl::UnixEpoch());
  EXPECT_EQ(DiskGuard({path}, 101, clock).Check(), absl::OkStatus());
  // One less than it is, so that another program that writes meanwhile changes nothing.
  const absl::Status full = DiskGuard({"/proc", path}, UsedPercent(path) - 1, clock).Check();
  EXPECT_EQ(full.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(full), "disk_full");
  EXPECT_THAT(std::string(full.message()), HasSubstr("the disk of " + path));
  EXPECT_EQ(DiskGuard({}, 0, clock).Check(), absl::OkStatus());
}

TEST(DiskGuardTest, APathThatIsNotThereIsRefusedAtTheStartAndHarmlessLater) {
  EXPECT_EQ(DiskGuard::CheckPaths({"/tmp", "/"}), absl::OkStatus());
  EXPECT_EQ(ReasonOf(DiskGuard::CheckPaths({"/tmp", "/nowhere/at/all"})), "no_such_path");
  testing::FakeClock clock(absl::UnixEpoch());
  EXPECT_EQ(DiskGuard({"/nowhere/at/all"}, 0, clock).Check(), absl::OkStatus());
}

}  // namespace
}  // namespace wissel
