#include "services/gateway/rate_limiter.h"

#include <algorithm>

namespace wissel::gateway {
namespace {

constexpr size_t kMaxBuckets = 20'000;

}  // namespace

RateLimiter::RateLimiter(double per_second, int burst, const Clock& clock)
    : per_second_(per_second), burst_(burst), clock_(clock) {}

absl::Duration RateLimiter::Take(absl::string_view client) {
  const absl::Time now = clock_.Now();
  absl::MutexLock lock(&mutex_);
  if (buckets_.size() >= kMaxBuckets) MakeRoom(now);
  Bucket& bucket = buckets_.try_emplace(client, Bucket{burst_, now}).first->second;
  bucket = {Filled(bucket, now), now};
  if (bucket.tokens < 1) return absl::Seconds((1 - bucket.tokens) / per_second_);
  bucket.tokens -= 1;
  return absl::ZeroDuration();
}

double RateLimiter::Filled(const Bucket& bucket, absl::Time now) const {
  const double seconds = std::max(0.0, absl::ToDoubleSeconds(now - bucket.at));
  return std::min(burst_, bucket.tokens + seconds * per_second_);
}

void RateLimiter::MakeRoom(absl::Time now) {
  absl::erase_if(buckets_, [&](const auto& entry) { return Filled(entry.second, now) >= 1; });
  if (buckets_.size() >= kMaxBuckets) buckets_.clear();
}

}  // namespace wissel::gateway
