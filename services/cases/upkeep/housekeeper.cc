#include "services/cases/upkeep/housekeeper.h"

#include <prometheus/gauge.h>

#include <algorithm>

#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "libs/municipality/snapshot_store.h"
#include "libs/telemetry/log.h"
#include "libs/telemetry/metrics.h"
#include "services/cases/registration/case_response_store.h"

namespace wissel::cases {
namespace {

constexpr absl::Duration kTimeout = absl::Seconds(10);
constexpr int kKeysAtOnce = 5000;

// A registration that began before a calendar changed may be committed after the first look: so
// long does a transaction take at most.
constexpr absl::Duration kSettling = absl::Seconds(30);

prometheus::Gauge& OldestPendingSeconds() {
  static auto& gauge =
      prometheus::BuildGauge()
          .Name("wissel_oldest_pending_seconds")
          .Help("Since the receipt of the oldest contact that waits for the router; 0 if none does")
          .Register(telemetry::Metrics())
          .Add({});
  return gauge;
}

void LogFailure(absl::string_view what, absl::string_view tenant_id, const absl::Status& status) {
  telemetry::LogError("housekeeping_failed", {{"what", what},
                                              {"tenant", tenant_id},
                                              {"code", absl::StatusCodeToString(status.code())},
                                              {"reason", ReasonOf(status)}});
}

}  // namespace

Housekeeper::Housekeeper(pg::Pool& pool, Rerouter& rerouter, DueMover& due_mover,
                         ClaimReleaser& releaser, HousekeeperOptions options)
    : pool_(pool),
      rerouter_(rerouter),
      due_mover_(due_mover),
      releaser_(releaser),
      options_(options),
      task_(options.period, [this] { LookAtAll(); }) {}

void Housekeeper::LookAtAll() {
  std::map<std::string, int64_t> municipalities;
  const absl::Status listed = pool_.WithoutTenant(
      absl::Now() + kTimeout, pg::Access::kRead, [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(municipalities, municipality::ListMunicipalities(transaction));
        return absl::OkStatus();
      });
  if (!listed.ok()) return LogFailure("list", "", listed);
  absl::Time oldest = absl::InfiniteFuture();
  for (const auto& [tenant_id, directory_version] : municipalities) {
    if (task_.stopping()) return;
    LookAt(tenant_id, directory_version);
    oldest = std::min(oldest, seen_[tenant_id].oldest_pending);
  }
  const absl::Time now = absl::Now();
  OldestPendingSeconds().Set(absl::ToDoubleSeconds(now - std::min(oldest, now)));
  absl::MutexLock lock(&mutex_);
  oldest_pending_ = oldest;
}

void Housekeeper::LookAt(const std::string& tenant_id, int64_t directory_version) {
  const absl::Time now = absl::Now();
  Seen& seen = seen_[tenant_id];
  if (seen.directory_version != directory_version) {
    seen.directory_version = directory_version;
    seen.changed_at = now;
  }
  Reroute(tenant_id, seen);
  if (now - seen.changed_at < kSettling) {
    const absl::StatusOr<int> moved = due_mover_.Run(tenant_id);
    if (!moved.ok()) {
      LogFailure("due_dates", tenant_id, moved.status());
      seen.changed_at = now;
    }
  }
  if (now - seen.released_at >= options_.release_period) {
    const absl::StatusOr<int> released = releaser_.Run(tenant_id);
    if (!released.ok()) LogFailure("claims", tenant_id, released.status());
    seen.released_at = now;
  }
  if (now - seen.deleted_keys_at >= options_.delete_keys_period) {
    const absl::Status forgot = pool_.InTenant(
        tenant_id, now + kTimeout, pg::Access::kWrite, [](pg::Transaction& transaction) {
          return CaseResponses().DeleteOld(transaction, kKeysAtOnce).status();
        });
    if (!forgot.ok()) LogFailure("keys", tenant_id, forgot);
    seen.deleted_keys_at = now;
  }
}

void Housekeeper::Reroute(const std::string& tenant_id, Seen& seen) {
  const absl::StatusOr<int> routed = rerouter_.Run(tenant_id);
  // That the router is away is told once; it stays away for many rounds.
  if (!routed.ok() && !seen.router_away) LogFailure("reroute", tenant_id, routed.status());
  seen.router_away = !routed.ok();
  const absl::StatusOr<absl::Time> oldest = rerouter_.OldestPending(tenant_id);
  // On failure the last known moment is kept.
  if (oldest.ok()) seen.oldest_pending = *oldest;
}

absl::Time Housekeeper::OldestPending() {
  absl::MutexLock lock(&mutex_);
  return oldest_pending_;
}

}  // namespace wissel::cases
