#include "services/router/active/active_sop_cache.h"

#include <algorithm>
#include <optional>

#include "absl/time/clock.h"
#include "libs/base/status.h"

namespace wissel::router {
namespace {

// Between two tries to compare what is held, while the database is away.
constexpr absl::Duration kRetryPause = absl::Seconds(1);

bool IsFinal(const absl::StatusOr<ActiveSopPtr>& read) {
  return read.ok() || absl::IsInternal(read.status());
}

// Both counts only go up, and a transaction sees both at one moment.
bool IsEarlier(const ActiveSop& a, const ActiveSop& b) {
  return a.last_version() < b.last_version() || a.municipality->version < b.municipality->version;
}

}  // namespace

ActiveSopCache::ActiveSopCache(Source source)
    : source_(std::move(source)), thread_([this] { Run(); }) {}

ActiveSopCache::~ActiveSopCache() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  thread_.join();
  const absl::StatusOr<ActiveSopPtr> gone =
      Error(absl::StatusCode::kUnavailable, "stopping", "the router is stopping");
  for (auto& [tenant_id, waiters] : waiting_) {
    for (Then& then : waiters) then(gone);
  }
}

std::optional<absl::StatusOr<ActiveSopPtr>> ActiveSopCache::Find(
    absl::string_view tenant_id) const {
  absl::ReaderMutexLock lock(&mutex_);
  const auto found = kept_.find(tenant_id);
  if (found == kept_.end()) return std::nullopt;
  return found->second;
}

bool ActiveSopCache::Has(absl::string_view tenant_id) const {
  absl::ReaderMutexLock lock(&mutex_);
  return kept_.contains(tenant_id);
}

void ActiveSopCache::With(absl::string_view tenant_id, Then then) {
  if (const auto held = Find(tenant_id)) return then(*held);
  std::optional<absl::StatusOr<ActiveSopPtr>> meanwhile;
  {
    absl::MutexLock lock(&mutex_);
    const auto found = kept_.find(tenant_id);
    if (found == kept_.end()) {
      std::vector<Then>& waiters = waiting_[std::string(tenant_id)];
      if (waiters.empty()) missing_.emplace_back(tenant_id);
      waiters.push_back(std::move(then));
      return;
    }
    meanwhile = found->second;
  }
  then(*meanwhile);
}

void ActiveSopCache::Put(absl::string_view tenant_id, ActiveSopPtr active) {
  std::vector<Then> waiters;
  const absl::StatusOr<ActiveSopPtr> put = std::move(active);
  {
    absl::MutexLock lock(&mutex_);
    waiters = Keep(std::string(tenant_id), put);
    // Lets the thread see when it has to wake up.
    if ((*put)->next != nullptr) due_.emplace(tenant_id);
  }
  for (Then& then : waiters) then(put);
}

void ActiveSopCache::Refresh() {
  absl::MutexLock lock(&mutex_);
  for (const auto& [tenant_id, held] : kept_) due_.insert(tenant_id);
  if (!reading_.empty()) due_.insert(reading_);
}

std::vector<ActiveSopCache::Then> ActiveSopCache::Keep(const std::string& tenant_id,
                                                       const absl::StatusOr<ActiveSopPtr>& read) {
  const auto kept = kept_.find(tenant_id);
  if (kept == kept_.end()) {
    if (IsFinal(read)) kept_.emplace(tenant_id, read);
  } else if (read.ok() && (!kept->second.ok() || !IsEarlier(**read, **kept->second))) {
    kept->second = read;
  }
  std::vector<Then> waiters;
  if (const auto waiting = waiting_.find(tenant_id); waiting != waiting_.end()) {
    waiters = std::move(waiting->second);
    waiting_.erase(waiting);
  }
  return waiters;
}

std::string ActiveSopCache::TakeNext() {
  std::string next;
  if (missing_.empty()) {
    next = *due_.begin();
  } else {
    next = std::move(missing_.front());
    missing_.pop_front();
  }
  due_.erase(next);
  return next;
}

absl::Time ActiveSopCache::NextSwitch() const {
  absl::Time next = absl::InfiniteFuture();
  for (const auto& [tenant_id, held] : kept_) {
    if (held.ok()) next = std::min(next, (*held)->next_from);
  }
  return next;
}

void ActiveSopCache::MarkSwitched() {
  const absl::Time now = absl::Now();
  for (const auto& [tenant_id, held] : kept_) {
    if (held.ok() && (*held)->next_from <= now) due_.insert(tenant_id);
  }
}

void ActiveSopCache::Run() {
  absl::MutexLock lock(&mutex_);
  absl::Time rest_until = absl::InfinitePast();
  while (true) {
    if (!mutex_.AwaitWithDeadline(absl::Condition(this, &ActiveSopCache::HasWork), NextSwitch())) {
      MarkSwitched();
      continue;
    }
    // While the database is away, what is held can rest, but whoever waits gets an answer.
    mutex_.AwaitWithDeadline(absl::Condition(this, &ActiveSopCache::HasHaste), rest_until);
    if (stopping_) return;
    const std::string tenant_id = TakeNext();
    reading_ = tenant_id;
    const auto kept = kept_.find(tenant_id);
    const ActiveSopPtr held = kept != kept_.end() && kept->second.ok() ? *kept->second : nullptr;

    mutex_.Unlock();
    const absl::StatusOr<ActiveSopPtr> read = source_(tenant_id, held);
    mutex_.Lock();

    reading_.clear();
    if (!IsFinal(read) && kept_.contains(tenant_id)) {
      due_.insert(tenant_id);
      rest_until = absl::Now() + kRetryPause;
    }
    std::vector<Then> waiters = Keep(tenant_id, read);
    if (waiters.empty()) continue;
    mutex_.Unlock();
    for (Then& then : waiters) then(read);
    mutex_.Lock();
  }
}

}  // namespace wissel::router
