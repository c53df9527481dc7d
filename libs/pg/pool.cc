#include "libs/pg/pool.h"

#include <atomic>
#include <deque>
#include <optional>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/base/thread_annotations.h"
#include "absl/strings/ascii.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "libs/pg/meters.h"
#include "libs/pg/session.h"
#include "libs/pg/sql_error.h"
#include "libs/telemetry/log.h"

namespace wissel::pg {
namespace {

// The right to use one connection; null while it is not connected.
using Slot = std::unique_ptr<Session>;

// A waiting caller. A slot that is returned goes to the one that waits longest (FIFO).
struct Waiter {
  bool served = false;
  Slot slot;
  absl::CondVar was_served;
};

// Letters, digits, dash and underscore, which is more than the codes of municipalities use.
bool IsCode(absl::string_view tenant_id) {
  return tenant_id.size() <= 64 && absl::c_all_of(tenant_id, [](char c) {
           return absl::ascii_isalnum(c) || c == '-' || c == '_';
         });
}

constexpr Statement kPing = {"pg_ping", "select 1"};

}  // namespace

class Pool::Impl {
 public:
  explicit Impl(PoolOptions options) : options_(std::move(options)), idle_(options_.size) {}

  // Takes a slot, waiting for it until `deadline`.
  absl::StatusOr<Slot> Take(absl::Time deadline) ABSL_LOCKS_EXCLUDED(mutex_);
  void Return(Slot slot) ABSL_LOCKS_EXCLUDED(mutex_);
  // Begins a transaction. A connection that was lost while it was idle is replaced first.
  absl::Status Begin(Slot& slot, std::optional<absl::string_view> tenant_id, absl::Time deadline,
                     Access access);
  absl::Status Transact(std::optional<absl::string_view> tenant_id, absl::Time deadline,
                        Access access, Body body);

 private:
  const PoolOptions options_;
  std::atomic<bool> away_ = false;
  absl::Mutex mutex_;
  // The slot that was used last is reused first: its caches are warm.
  std::vector<Slot> idle_ ABSL_GUARDED_BY(mutex_);
  std::deque<Waiter*> waiters_ ABSL_GUARDED_BY(mutex_);
};

absl::StatusOr<Slot> Pool::Impl::Take(absl::Time deadline) {
  absl::MutexLock lock(&mutex_);
  if (!idle_.empty()) {
    Slot slot = std::move(idle_.back());
    idle_.pop_back();
    return slot;
  }
  Waiter waiter;
  waiters_.push_back(&waiter);
  while (!waiter.served) {
    const bool timed_out = waiter.was_served.WaitWithDeadline(&mutex_, deadline);
    if (!timed_out || waiter.served) continue;
    std::erase(waiters_, &waiter);
    return Error(absl::StatusCode::kResourceExhausted, "no_connection",
                 "all connections to the database stay in use");
  }
  return std::move(waiter.slot);
}

void Pool::Impl::Return(Slot slot) {
  if (slot != nullptr && !slot->usable()) slot.reset();
  absl::MutexLock lock(&mutex_);
  if (waiters_.empty()) {
    // Slots without a connection go to the bottom: one that is connected is preferred.
    idle_.insert(slot == nullptr ? idle_.begin() : idle_.end(), std::move(slot));
    return;
  }
  Waiter* const next = waiters_.front();
  waiters_.pop_front();
  next->slot = std::move(slot);
  next->served = true;
  next->was_served.Signal();
}

absl::Status Pool::Impl::Begin(Slot& slot, std::optional<absl::string_view> tenant_id,
                               absl::Time deadline, Access access) {
  const absl::Duration timeout = deadline - absl::Now();
  if (timeout <= absl::ZeroDuration()) {
    return Error(absl::StatusCode::kDeadlineExceeded, "deadline", "the deadline has passed");
  }
  if (slot != nullptr && slot->Begin(tenant_id, access, timeout).ok()) return absl::OkStatus();
  absl::StatusOr<Slot> fresh =
      Session::Connect(options_.engine, options_.conninfo, options_.statements);
  if (absl::IsUnavailable(fresh.status())) {
    // The cause names hosts and paths. It is logged once for each outage and never told to callers.
    if (!away_.exchange(true)) {
      telemetry::LogError("database_away", {{"why", fresh.status().message()}});
    }
    return DatabaseAway("connect");
  }
  if (!fresh.ok()) return fresh.status();
  away_ = false;
  slot = *std::move(fresh);
  return slot->Begin(tenant_id, access, timeout);
}

absl::Status Pool::Impl::Transact(std::optional<absl::string_view> tenant_id, absl::Time deadline,
                                  Access access, Body body) {
  const absl::Time begin = absl::Now();
  absl::StatusOr<Slot> taken = Take(deadline);
  WaitSeconds().Observe(absl::ToDoubleSeconds(absl::Now() - begin));
  WISSEL_ASSIGN_OR_RETURN(Slot slot, std::move(taken));
  absl::Status status = Begin(slot, tenant_id, deadline, access);
  if (status.ok()) {
    status = body(*slot);
    // A failed statement has ended the transaction, even if the body ignored its error.
    if (status.ok()) status = slot->error();
    if (status.ok()) {
      status = slot->Commit();
    } else {
      slot->Rollback();
    }
  }
  Return(std::move(slot));
  return status;
}

Pool::Pool(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Pool::~Pool() = default;

absl::StatusOr<std::unique_ptr<Pool>> Pool::Open(PoolOptions options) {
  options.statements.push_back(kPing);
  auto impl = std::make_unique<Impl>(std::move(options));
  WISSEL_ASSIGN_OR_RETURN(Slot slot, impl->Take(absl::InfiniteFuture()));
  WISSEL_RETURN_IF_ERROR(impl->Begin(slot, std::nullopt, absl::InfiniteFuture(), Access::kRead));
  slot->Rollback();
  impl->Return(std::move(slot));
  return std::unique_ptr<Pool>(new Pool(std::move(impl)));
}

absl::Status Pool::InTenant(absl::string_view tenant_id, absl::Time deadline, Access access,
                            Body body) {
  if (tenant_id.empty()) return InvalidField("tenant_id", "required", "no municipality is named");
  if (!IsCode(tenant_id)) {
    return InvalidField("tenant_id", "invalid_code", "this is not the code of a municipality");
  }
  return impl_->Transact(tenant_id, deadline, access, body);
}

absl::Status Pool::WithoutTenant(absl::Time deadline, Access access, Body body) {
  return impl_->Transact(std::nullopt, deadline, access, body);
}

absl::Status Pool::Ping(absl::Time deadline) {
  return WithoutTenant(deadline, Access::kRead,
                       [](Transaction& transaction) { return transaction.Run(kPing).status(); });
}

}  // namespace wissel::pg
