#include "services/cases/queue/queue_counter.h"

#include <utility>

namespace wissel::cases {
namespace {

constexpr char kSeesAll[] = "9000000000000000000:9000000000000000000:";

}  // namespace

v1::QueueCounts QueueTally::At(absl::string_view team_id, const Today& today) const {
  v1::QueueCounts counts;
  counts.set_team_id(std::string(team_id));
  counts.set_claimed(claimed);
  for (const auto& [due_at, cases] : open) {
    counts.set_open(counts.open() + cases);
    if (due_at < today.now) {
      counts.set_overdue(counts.overdue() + cases);
    } else if (due_at < today.end) {
      counts.set_due_today(counts.due_today() + cases);
    }
  }
  return counts;
}

std::shared_ptr<const TalliedQueues> QueueCounter::Get(absl::string_view tenant_id) {
  absl::MutexLock lock(&mutex_);
  std::shared_ptr<const TalliedQueues>& kept = kept_[tenant_id];
  if (kept == nullptr) {
    kept = std::make_shared<const TalliedQueues>(TalliedQueues{.snapshot = kSeesAll});
  }
  return kept;
}

void QueueCounter::Put(absl::string_view tenant_id,
                       const std::shared_ptr<const TalliedQueues>& before, TalliedQueues now) {
  auto fresh = std::make_shared<const TalliedQueues>(std::move(now));
  absl::MutexLock lock(&mutex_);
  std::shared_ptr<const TalliedQueues>& kept = kept_[tenant_id];
  if (kept == before) kept = std::move(fresh);
}

}  // namespace wissel::cases
