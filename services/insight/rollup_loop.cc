#include "services/insight/rollup_loop.h"

#include <cstdint>
#include <map>

#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "libs/municipality/snapshot_store.h"
#include "libs/telemetry/log.h"

namespace wissel::insight {
namespace {

constexpr absl::Duration kTimeout = absl::Seconds(30);
// For a municipality of ten million cases.
constexpr absl::Duration kRebuildTimeout = absl::Hours(1);

void LogFailure(absl::string_view tenant_id, const absl::Status& status) {
  telemetry::LogOnceAMinute("rollups_failed", "rollups_failed",
                            {{"tenant", tenant_id},
                             {"code", absl::StatusCodeToString(status.code())},
                             {"reason", ReasonOf(status)}});
}

}  // namespace

void RollupLoop::LookAtAll() {
  std::map<std::string, int64_t> municipalities;
  const absl::Status listed = pool_.WithoutTenant(
      absl::Now() + kTimeout, pg::Access::kRead, [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(municipalities, municipality::ListMunicipalities(transaction));
        return absl::OkStatus();
      });
  if (!listed.ok()) return LogFailure("", listed);
  for (const auto& [tenant_id, directory_version] : municipalities) {
    if (task_.stopping()) return;
    const absl::Status looked = LookAt(tenant_id);
    if (!looked.ok()) LogFailure(tenant_id, looked);
  }
}

absl::Status RollupLoop::LookAt(const std::string& tenant_id) {
  WISSEL_ASSIGN_OR_RETURN(const bool counted,
                          keeper_.CatchUpUnlessBusy(tenant_id, absl::Now() + kTimeout));
  if (counted) return absl::OkStatus();
  const absl::Time began = absl::Now();
  WISSEL_ASSIGN_OR_RETURN(const int64_t cases, keeper_.Rebuild(tenant_id, began + kRebuildTimeout));
  telemetry::LogEvent("rollups_rebuilt",
                      {{"tenant", tenant_id},
                       {"cases", std::to_string(cases)},
                       {"seconds", std::to_string(absl::ToInt64Seconds(absl::Now() - began))}});
  return absl::OkStatus();
}

}  // namespace wissel::insight
