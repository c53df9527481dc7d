// wissel insight rebuild, wissel insight verify: what figures are kept in, made again and proven.

#include <cstdio>
#include <memory>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "libs/municipality/snapshot_cache.h"
#include "libs/telemetry/log.h"
#include "services/insight/insight.h"
#include "services/insight/rollup_keeper.h"
#include "services/wissel/command_app.h"
#include "services/wissel/commands/commands.h"
#include "services/wissel/settings.h"

namespace wissel {
namespace {

constexpr absl::Duration kTimeout = absl::Hours(2);

// The keeper of one municipality, over a connection of its own.
class Rollups {
 public:
  static absl::StatusOr<std::unique_ptr<Rollups>> Open(const std::vector<std::string>& operands) {
    telemetry::LogOnlyErrors();
    WISSEL_RETURN_IF_ERROR(NeedOperands(operands, 0));
    WISSEL_ASSIGN_OR_RETURN(std::string tenant_id, TenantFlag());
    WISSEL_ASSIGN_OR_RETURN(const Settings settings, ReadSettings());
    WISSEL_ASSIGN_OR_RETURN(std::unique_ptr<pg::Pool> pool,
                            pg::Pool::Open({.conninfo = settings.ConnInfo("insight"),
                                            .size = 1,
                                            .statements = insight::InsightStatements()}));
    return std::unique_ptr<Rollups>(new Rollups(std::move(tenant_id), std::move(pool)));
  }

  absl::StatusOr<int64_t> Rebuild() { return keeper_.Rebuild(tenant_id_, absl::Now() + kTimeout); }
  absl::StatusOr<insight::RollupDifferences> Verify() {
    return keeper_.Verify(tenant_id_, absl::Now() + kTimeout);
  }
  const std::string& tenant_id() const { return tenant_id_; }

 private:
  Rollups(std::string tenant_id, std::unique_ptr<pg::Pool> pool)
      : tenant_id_(std::move(tenant_id)), pool_(std::move(pool)) {}

  const std::string tenant_id_;
  const std::unique_ptr<pg::Pool> pool_;
  municipality::SnapshotCache municipalities_;
  insight::RollupKeeper keeper_{*pool_, municipalities_};
};

}  // namespace

absl::Status RebuildInsight(const std::vector<std::string>& operands) {
  WISSEL_ASSIGN_OR_RETURN(const std::unique_ptr<Rollups> rollups, Rollups::Open(operands));
  const absl::Time began = absl::Now();
  WISSEL_ASSIGN_OR_RETURN(const int64_t cases, rollups->Rebuild());
  std::printf("%s\n",
              absl::StrFormat("%s: figures of %d cases made again in %.1f s", rollups->tenant_id(),
                              cases, absl::ToDoubleSeconds(absl::Now() - began))
                  .c_str());
  return absl::OkStatus();
}

absl::Status VerifyInsight(const std::vector<std::string>& operands) {
  WISSEL_ASSIGN_OR_RETURN(const std::unique_ptr<Rollups> rollups, Rollups::Open(operands));
  WISSEL_ASSIGN_OR_RETURN(const insight::RollupDifferences differences, rollups->Verify());
  if (differences.empty()) {
    std::printf("%s: the figures of %lld cases are what the event log says\n",
                rollups->tenant_id().c_str(), static_cast<long long>(differences.cases_read));
    return absl::OkStatus();
  }
  std::printf("%s: the figures are not what the event log says; wissel insight rebuild mends it\n",
              rollups->tenant_id().c_str());
  if (!differences.cases.empty()) {
    std::printf("cases: %s\n", absl::StrJoin(differences.cases, ", ").c_str());
  }
  if (!differences.counts.empty()) {
    std::printf("counts (day, team, channel): %s\n",
                absl::StrJoin(differences.counts, "; ").c_str());
  }
  return FoundSomething();
}

}  // namespace wissel
