#include "services/wissel/disk_guard.h"

#include <sys/statvfs.h>

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/telemetry/log.h"

namespace wissel {
namespace {

constexpr absl::Duration kBetweenLooks = absl::Seconds(5);

}  // namespace

absl::Status DiskGuard::CheckPaths(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    struct statvfs disk = {};
    if (statvfs(path.c_str(), &disk) == 0) continue;
    return InvalidField("disk_paths", "no_such_path",
                        absl::StrCat("--disk_paths: ", path, " cannot be looked at"));
  }
  return absl::OkStatus();
}

absl::Status DiskGuard::Check() {
  absl::MutexLock lock(&mutex_);
  const absl::Time now = clock_.Now();
  if (now < look_again_) return last_;
  look_again_ = now + kBetweenLooks;
  last_ = Look();
  if (!last_.ok()) telemetry::LogOnceAMinute("disk_full", "", {{"what", last_.message()}});
  return last_;
}

absl::Status DiskGuard::Look() const {
  for (const std::string& path : paths_) {
    struct statvfs disk = {};
    if (statvfs(path.c_str(), &disk) != 0) continue;
    // As df counts: what is reserved for root is neither used nor free.
    const uint64_t used = disk.f_blocks - disk.f_bfree;
    const uint64_t usable = used + disk.f_bavail;
    if (usable == 0 || used * 100 < usable * static_cast<uint64_t>(full_percent_)) continue;
    return Error(absl::StatusCode::kUnavailable, "disk_full",
                 absl::StrCat("the disk of ", path, " is ", used * 100 / usable,
                              " % full; new contacts are refused"));
  }
  return absl::OkStatus();
}

}  // namespace wissel
