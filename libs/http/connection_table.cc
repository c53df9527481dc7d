#include "libs/http/connection_table.h"

#include <algorithm>
#include <cstdint>
#include <limits>

#include "absl/strings/str_cat.h"
#include "libs/http/connection.h"
#include "libs/http/meters.h"
#include "libs/telemetry/log.h"

namespace wissel::http {

Admission ConnectionTable::Add(const std::shared_ptr<Connection>& connection, const Address& peer) {
  const bool trusted = options_.is_trusted && options_.is_trusted(peer);
  Entry entry = {.connection = connection, .subscriber = trusted ? "" : peer.subscriber()};
  absl::MutexLock lock(&mutex_);
  if (stopped_) return Admission::kStopped;
  const Admission admission = Admit(entry.subscriber);
  entry.refused = admission != Admission::kServed;
  if (entry.refused) {
    refused_.push_back(connection.get());
    const char* limit = admission == Admission::kAddressFull ? "address" : "all";
    telemetry::LogOnceAMinute(
        "connection_refused", absl::StrCat(options_.name, " ", limit),
        {{"server", options_.name}, {"limit", limit}, {"address", peer.text()}});
  } else {
    Count(entry, 1);
  }
  entries_.emplace(connection.get(), std::move(entry));
  LimitRefused();
  CountOpen(options_.name, 1);
  return admission;
}

Admission ConnectionTable::Admit(const std::string& subscriber) {
  const auto count = of_subscriber_.find(subscriber);
  if (count != of_subscriber_.end() && count->second >= options_.max_connections_per_address &&
      !MakeRoom(subscriber)) {
    return Admission::kAddressFull;
  }
  if (served_ >= options_.max_connections && !MakeRoom("")) return Admission::kServerFull;
  return Admission::kServed;
}

// Looks at all of them, which only costs when a limit is met.
bool ConnectionTable::MakeRoom(const std::string& subscriber) {
  std::shared_ptr<Connection> oldest;
  int64_t since = std::numeric_limits<int64_t>::max();
  for (auto& [key, entry] : entries_) {
    if (entry.refused || entry.leaving) continue;
    if (!subscriber.empty() && entry.subscriber != subscriber) continue;
    std::shared_ptr<Connection> connection = entry.connection.lock();
    const int64_t idle_since = connection == nullptr ? 0 : connection->idle_since();
    if (idle_since == 0 || idle_since >= since) continue;
    since = idle_since;
    oldest = std::move(connection);
  }
  if (oldest == nullptr) return false;
  Entry& entry = entries_.at(oldest.get());
  Count(entry, -1);
  entry.leaving = true;
  CountClosed(options_.name, subscriber.empty() ? "full" : "address_full");
  oldest->CloseIfIdle([this, key = oldest.get()] { Stays(key); });
  return true;
}

void ConnectionTable::LimitRefused() {
  if (refused_.size() <= static_cast<size_t>(options_.max_refused_connections)) return;
  if (auto first = entries_.at(refused_.front()).connection.lock()) first->Close();
  refused_.erase(refused_.begin());
}

void ConnectionTable::Count(const Entry& entry, int change) {
  served_ += change;
  if (entry.subscriber.empty()) return;
  const auto count = of_subscriber_.try_emplace(entry.subscriber, 0).first;
  count->second += change;
  if (count->second == 0) of_subscriber_.erase(count);
}

void ConnectionTable::Stays(Connection* connection) {
  absl::MutexLock lock(&mutex_);
  const auto found = entries_.find(connection);
  if (found == entries_.end()) return;
  found->second.leaving = false;
  Count(found->second, 1);
}

void ConnectionTable::Remove(Connection* connection) {
  absl::MutexLock lock(&mutex_);
  const auto found = entries_.find(connection);
  const Entry& entry = found->second;
  if (entry.refused) {
    refused_.erase(std::remove(refused_.begin(), refused_.end(), connection), refused_.end());
  } else if (!entry.leaving) {
    Count(entry, -1);
  }
  entries_.erase(found);
  CountOpen(options_.name, -1);
}

bool ConnectionTable::Stop() {
  absl::MutexLock lock(&mutex_);
  return !std::exchange(stopped_, true);
}

std::vector<std::shared_ptr<Connection>> ConnectionTable::All() {
  std::vector<std::shared_ptr<Connection>> all;
  absl::MutexLock lock(&mutex_);
  for (const auto& [key, entry] : entries_) {
    if (auto connection = entry.connection.lock()) all.push_back(std::move(connection));
  }
  return all;
}

bool ConnectionTable::WaitUntilEmpty(absl::Duration timeout) {
  absl::MutexLock lock(&mutex_);
  const auto empty = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return entries_.empty(); };
  return mutex_.AwaitWithTimeout(absl::Condition(&empty), timeout);
}

}  // namespace wissel::http
