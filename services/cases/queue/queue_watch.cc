#include "services/cases/queue/queue_watch.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "libs/pg/listener.h"
#include "libs/telemetry/log.h"
#include "services/cases/lifecycle/case.h"
#include "services/cases/queue/queue.h"
#include "services/cases/queue/queue_store.h"
#include "services/cases/queue/watch_store.h"

namespace wissel::cases {
namespace {

using Stream = rpc::ServerStream<v1::WatchQueueResponse>;

// Cases that one message tells of; keeps it far under the limit of 1 MiB.
constexpr size_t kCasesInMessage = 200;
constexpr absl::Duration kTimeout = absl::Seconds(10);

struct Subscriber {
  PageQuery query;
  std::shared_ptr<const rpc::Principal> who;
  absl::Time renew_at;
  std::shared_ptr<Stream> stream;
  std::shared_ptr<std::atomic<bool>> over = std::make_shared<std::atomic<bool>>(false);
};

// What wakes the thread. Streams hold it too, and may outlive the watcher.
class ChangeSignal {
 public:
  void Notify() {
    absl::MutexLock lock(&mutex_);
    notified_ = true;
  }
  void AddSubscriber(Subscriber subscriber) {
    absl::MutexLock lock(&mutex_);
    arrivals_.push_back(std::move(subscriber));
  }
  void RemoveSubscriber() {
    absl::MutexLock lock(&mutex_);
    departed_ = true;
  }
  void Stop() {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }

  struct Wake {
    std::vector<Subscriber> arrivals;
    bool notified = false;
    bool stopping = false;
  };

  // Until something happened or `until`. A notification counts from `earliest_pass` on.
  Wake Await(absl::Time until, absl::Time earliest_pass) {
    absl::MutexLock lock(&mutex_);
    mutex_.AwaitWithDeadline(absl::Condition(this, &ChangeSignal::Anything), until);
    if (notified_) {
      mutex_.AwaitWithDeadline(absl::Condition(this, &ChangeSignal::Urgent), earliest_pass);
    }
    departed_ = false;
    Wake wake = {.arrivals = std::exchange(arrivals_, {}), .stopping = stopping_};
    if (absl::Now() >= earliest_pass) wake.notified = std::exchange(notified_, false);
    return wake;
  }

 private:
  bool Urgent() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return stopping_ || departed_ || !arrivals_.empty();
  }
  bool Anything() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return notified_ || Urgent(); }

  absl::Mutex mutex_;
  std::vector<Subscriber> arrivals_ ABSL_GUARDED_BY(mutex_);
  bool notified_ ABSL_GUARDED_BY(mutex_) = false;
  bool departed_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
};

// A municipality whose queues somebody watches.
struct WatchedTenant {
  // Events are read on from here.
  std::string snapshot;
  std::vector<Subscriber> subscribers;
  // As last told, by team.
  std::map<std::string, v1::QueueCounts> counts;
};

// What one pass over a municipality found.
struct ChangedCases {
  std::string snapshot;
  // By team.
  std::map<std::string, std::set<int64_t>> touched;
  absl::flat_hash_map<int64_t, v1::CaseSummary> cases;
  std::vector<v1::QueueCounts> counts;
  std::string kcc_team_id;
};

bool SameCounts(const v1::QueueCounts& a, const v1::QueueCounts& b) {
  return a.open() == b.open() && a.claimed() == b.claimed() && a.overdue() == b.overdue() &&
         a.due_today() == b.due_today();
}

// What a team is told; the counts go with the last message.
std::vector<v1::WatchQueueResponse> MessagesFor(const std::string& team_id,
                                                const ChangedCases& changed,
                                                const v1::QueueCounts* counts) {
  std::vector<v1::WatchQueueResponse> messages;
  size_t left = 0;
  if (const auto touched = changed.touched.find(team_id); touched != changed.touched.end()) {
    for (const int64_t reference : touched->second) {
      if (left == 0) {
        messages.emplace_back();
        left = kCasesInMessage;
      }
      --left;
      const auto found = changed.cases.find(reference);
      const bool here = found != changed.cases.end() && found->second.team_id() == team_id &&
                        found->second.state() != v1::CASE_STATE_CLOSED;
      if (here) {
        *messages.back().add_changed() = found->second;
      } else {
        messages.back().add_removed(reference);
      }
    }
  }
  if (counts != nullptr) {
    if (messages.empty()) messages.emplace_back();
    *messages.back().mutable_counts() = *counts;
  }
  return messages;
}

}  // namespace

class QueueWatcher::Hub {
 public:
  Hub(pg::Pool& pool, municipality::SnapshotCache& municipalities, const Clock& clock,
      WatchOptions options)
      : pool_(pool),
        municipalities_(municipalities),
        clock_(clock),
        options_(std::move(options)),
        thread_([this] { Loop(); }),
        listener_(options_.conninfo, "wissel_cases", [signal = signal_] { signal->Notify(); }) {}

  ~Hub() {
    signal_->Stop();
    thread_.join();
  }

  void Add(PageQuery query, std::shared_ptr<const rpc::Principal> who,
           std::shared_ptr<Stream> stream) {
    Subscriber subscriber = {.query = std::move(query),
                             .who = std::move(who),
                             .renew_at = absl::Now() + options_.renew_after,
                             .stream = stream};
    stream->OnOver([signal = signal_, over = subscriber.over] {
      *over = true;
      signal->RemoveSubscriber();
    });
    signal_->AddSubscriber(std::move(subscriber));
  }

 private:
  void Loop();
  // Takes out those that left, and ends those whose session or time is over.
  void Prune();
  void Admit(std::vector<Subscriber> arrivals);
  absl::Status AdmitOne(Subscriber subscriber);
  void TellChanges(bool sweep);
  absl::StatusOr<ChangedCases> Collect(const std::string& tenant_id, const WatchedTenant& watched,
                                       bool sweep);
  static void Tell(const ChangedCases& changed, WatchedTenant& watched);
  absl::Time NextExpiry() const;
  void EndAll(const std::vector<Subscriber>& arrivals);

  pg::Pool& pool_;
  municipality::SnapshotCache& municipalities_;
  const Clock& clock_;
  const WatchOptions options_;
  const std::shared_ptr<ChangeSignal> signal_ = std::make_shared<ChangeSignal>();
  // Of the thread only.
  std::map<std::string, WatchedTenant> tenants_;
  QueueCounter counter_;
  std::thread thread_;
  pg::Listener listener_;
};

void QueueWatcher::Hub::Loop() {
  absl::Time last_pass = absl::InfinitePast();
  absl::Time next_sweep = absl::Now() + options_.sweep_every;
  for (;;) {
    ChangeSignal::Wake wake =
        signal_->Await(std::min(next_sweep, NextExpiry()), last_pass + options_.pause);
    if (wake.stopping) return EndAll(wake.arrivals);
    Prune();
    Admit(std::move(wake.arrivals));
    const bool sweep = absl::Now() >= next_sweep;
    if (!wake.notified && !sweep) continue;
    TellChanges(sweep);
    last_pass = absl::Now();
    if (sweep) next_sweep = last_pass + options_.sweep_every;
  }
}

absl::Time QueueWatcher::Hub::NextExpiry() const {
  absl::Time next = absl::InfiniteFuture();
  for (const auto& [tenant_id, watched] : tenants_) {
    for (const Subscriber& subscriber : watched.subscribers) {
      const absl::Time expires_at = absl::Now() + (subscriber.who->expires_at - clock_.Now());
      next = std::min({next, expires_at, subscriber.renew_at});
    }
  }
  return next;
}

void QueueWatcher::Hub::Prune() {
  const absl::Time now = clock_.Now();
  for (auto tenant = tenants_.begin(); tenant != tenants_.end();) {
    std::erase_if(tenant->second.subscribers, [&](const Subscriber& subscriber) {
      if (subscriber.who->expires_at <= now) {
        subscriber.stream->End(Error(absl::StatusCode::kUnauthenticated, "session_ended",
                                     "the session has ended; sign in again"));
        return true;
      }
      if (subscriber.renew_at <= absl::Now()) {
        subscriber.stream->End(absl::OkStatus());
        return true;
      }
      return subscriber.over->load();
    });
    tenant = tenant->second.subscribers.empty() ? tenants_.erase(tenant) : std::next(tenant);
  }
}

void QueueWatcher::Hub::Admit(std::vector<Subscriber> arrivals) {
  for (Subscriber& subscriber : arrivals) {
    const std::shared_ptr<Stream> stream = subscriber.stream;
    if (absl::Status status = AdmitOne(std::move(subscriber)); !status.ok()) stream->End(status);
  }
}

absl::Status QueueWatcher::Hub::AdmitOne(Subscriber subscriber) {
  const std::string tenant_id = subscriber.query.tenant_id;
  const auto known = tenants_.find(tenant_id);
  std::string snapshot = known == tenants_.end() ? "" : known->second.snapshot;
  v1::WatchQueueResponse first;
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(
      tenant_id, absl::Now() + kTimeout, pg::Access::kRead,
      [&](pg::Transaction& transaction) -> absl::Status {
        if (snapshot.empty()) {
          WISSEL_ASSIGN_OR_RETURN(snapshot, ReadSnapshot(transaction));
        }
        WISSEL_ASSIGN_OR_RETURN(
            const auto municipality,
            municipalities_.GetWithTeam(transaction, tenant_id, subscriber.query.team_id));
        subscriber.query.today = TodayAt(clock_.Now(), municipality->zone);
        WISSEL_RETURN_IF_ERROR(
            ReadPage(transaction, subscriber.query, counter_, first.mutable_snapshot()));
        for (v1::CaseSummary& row : *first.mutable_snapshot()->mutable_cases()) {
          SetAllowedActions(*subscriber.who, municipality->kcc_team_id(), &row);
        }
        return absl::OkStatus();
      }));
  if (!subscriber.stream->Push(std::move(first))) return absl::OkStatus();
  WatchedTenant& watched = tenants_[tenant_id];
  watched.snapshot = std::move(snapshot);
  watched.subscribers.push_back(std::move(subscriber));
  return absl::OkStatus();
}

void QueueWatcher::Hub::TellChanges(bool sweep) {
  for (auto& [tenant_id, watched] : tenants_) {
    const absl::StatusOr<ChangedCases> changed = Collect(tenant_id, watched, sweep);
    if (!changed.ok()) {
      // The next sweep tries again from the same place.
      telemetry::LogError("queue_watch_failed",
                          {{"tenant", tenant_id}, {"reason", ReasonOf(changed.status())}});
      continue;
    }
    Tell(*changed, watched);
  }
}

absl::StatusOr<ChangedCases> QueueWatcher::Hub::Collect(const std::string& tenant_id,
                                                        const WatchedTenant& watched, bool sweep) {
  std::set<std::string> watched_teams;
  for (const Subscriber& subscriber : watched.subscribers) {
    watched_teams.insert(subscriber.query.team_id);
  }
  ChangedCases changed;
  const auto touch = [&](const std::string& team_id, int64_t reference) {
    if (watched_teams.contains(team_id)) changed.touched[team_id].insert(reference);
  };
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(
      tenant_id, absl::Now() + kTimeout, pg::Access::kRead,
      [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(NewEvents fresh, ReadNewEvents(transaction, watched.snapshot));
        changed.snapshot = std::move(fresh.snapshot);
        for (const QueueEvent& touched : fresh.events) {
          touch(touched.team_id, touched.reference);
          touch(touched.previous_team_id, touched.reference);
        }
        std::set<int64_t> references;
        std::vector<std::string> teams;
        for (const auto& [team_id, of_team] : changed.touched) {
          references.insert(of_team.begin(), of_team.end());
          teams.push_back(team_id);
        }
        if (sweep) teams.assign(watched_teams.begin(), watched_teams.end());
        if (teams.empty()) return absl::OkStatus();
        if (!references.empty()) {
          WISSEL_ASSIGN_OR_RETURN(
              auto summaries, ReadSummaries(transaction, std::vector<int64_t>(references.begin(),
                                                                              references.end())));
          for (v1::CaseSummary& summary : summaries) {
            const int64_t reference = summary.reference();
            changed.cases.emplace(reference, std::move(summary));
          }
        }
        WISSEL_ASSIGN_OR_RETURN(const auto municipality,
                                municipalities_.GetCached(transaction, tenant_id));
        changed.kcc_team_id = municipality->kcc_team_id();
        WISSEL_ASSIGN_OR_RETURN(changed.counts,
                                ReadCounts(transaction, tenant_id, counter_, teams,
                                           TodayAt(clock_.Now(), municipality->zone)));
        return absl::OkStatus();
      }));
  return changed;
}

void QueueWatcher::Hub::Tell(const ChangedCases& changed, WatchedTenant& watched) {
  watched.snapshot = changed.snapshot;
  for (const v1::QueueCounts& counts : changed.counts) {
    const std::string& team_id = counts.team_id();
    const auto known = watched.counts.find(team_id);
    const bool news = changed.touched.contains(team_id) || known == watched.counts.end() ||
                      !SameCounts(known->second, counts);
    if (!news) continue;
    watched.counts[team_id] = counts;
    const std::vector<v1::WatchQueueResponse> messages = MessagesFor(team_id, changed, &counts);
    for (const Subscriber& subscriber : watched.subscribers) {
      if (subscriber.query.team_id != team_id) continue;
      for (v1::WatchQueueResponse message : messages) {
        for (v1::CaseSummary& row : *message.mutable_changed()) {
          SetAllowedActions(*subscriber.who, changed.kcc_team_id, &row);
        }
        subscriber.stream->Push(std::move(message));
      }
    }
  }
}

void QueueWatcher::Hub::EndAll(const std::vector<Subscriber>& arrivals) {
  const auto end = [](const std::vector<Subscriber>& subscribers) {
    for (const Subscriber& subscriber : subscribers) {
      subscriber.stream->End(
          Error(absl::StatusCode::kUnavailable, "restarting", "Wissel is restarting; call again"));
    }
  };
  end(arrivals);
  for (const auto& [tenant_id, watched] : tenants_) end(watched.subscribers);
}

QueueWatcher::QueueWatcher(pg::Pool& pool, municipality::SnapshotCache& municipalities,
                           const Clock& clock, WatchOptions options)
    : hub_(std::make_unique<Hub>(pool, municipalities, clock, std::move(options))) {}
QueueWatcher::~QueueWatcher() = default;

void QueueWatcher::Watch(const rpc::Call& call, const v1::WatchQueueRequest& request,
                         std::shared_ptr<Stream> stream) {
  const auto query = [&]() -> absl::StatusOr<PageQuery> {
    if (request.team_id().empty()) return InvalidField("team_id", "required", "a team is required");
    WISSEL_ASSIGN_OR_RETURN(const int size, PageSize(request.page_size()));
    WISSEL_RETURN_IF_ERROR(MayReadQueue(*call.principal, request.team_id()));
    return PageQuery{.tenant_id = call.tenant_id(), .team_id = request.team_id(), .size = size};
  }();
  if (!query.ok()) return stream->End(query.status());
  hub_->Add(*query, call.principal, std::move(stream));
}

}  // namespace wissel::cases
