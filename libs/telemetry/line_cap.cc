#include "libs/telemetry/line_cap.h"

#include <algorithm>
#include <utility>

namespace wissel::telemetry {
namespace {

constexpr absl::Duration kMinute = absl::Minutes(1);
constexpr size_t kMaxKinds = 256;

}  // namespace

bool LineCap::Take(absl::string_view kind, int per_minute) {
  const absl::Time now = clock_.Now();
  absl::MutexLock lock(&mutex_);
  if (next_end_ <= now) Forget(now);
  if (kinds_.size() >= kMaxKinds && !kinds_.contains(kind)) kind = "other";
  Minute& minute = kinds_.try_emplace(kind, Minute{.began = now}).first->second;
  next_end_ = std::min(next_end_, minute.began + kMinute);
  if (minute.lines < per_minute) {
    ++minute.lines;
    return true;
  }
  ++minute.left_out;
  return false;
}

void LineCap::Forget(absl::Time now) {
  next_end_ = absl::InfiniteFuture();
  absl::erase_if(kinds_, [&](const auto& entry) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    const auto& [kind, minute] = entry;
    if (now < minute.began + kMinute) {
      next_end_ = std::min(next_end_, minute.began + kMinute);
      return false;
    }
    if (minute.left_out > 0) to_tell_.push_back({kind, minute.left_out});
    return true;
  });
}

std::vector<LineCap::LeftOut> LineCap::TakeLeftOut() {
  const absl::Time now = clock_.Now();
  absl::MutexLock lock(&mutex_);
  if (next_end_ <= now) Forget(now);
  return std::exchange(to_tell_, {});
}

}  // namespace wissel::telemetry
