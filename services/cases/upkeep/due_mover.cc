#include "services/cases/upkeep/due_mover.h"

#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "libs/telemetry/log.h"
#include "services/cases/lifecycle/norm_clock.h"
#include "services/cases/upkeep/due_store.h"

namespace wissel::cases {
namespace {

constexpr int kBatch = 500;
constexpr absl::Duration kTimeout = absl::Seconds(10);

}  // namespace

absl::StatusOr<int> DueMover::Run(absl::string_view tenant_id) {
  int moved = 0;
  size_t looked_at = kBatch;
  while (looked_at == kBatch) {
    int moved_now = 0;
    WISSEL_RETURN_IF_ERROR(pool_.InTenant(
        tenant_id, absl::Now() + kTimeout, pg::Access::kWrite,
        [&](pg::Transaction& transaction) -> absl::Status {
          WISSEL_ASSIGN_OR_RETURN(
              std::shared_ptr<const municipality::MunicipalitySnapshot> municipality,
              municipalities_.GetFresh(transaction, tenant_id));
          WISSEL_ASSIGN_OR_RETURN(
              std::vector<DueCase> cases,
              LockOutdated(transaction, municipality->calendar_version, kBatch));
          for (DueCase& one : cases) {
            const NormClock clock = Recount(*municipality, one.norm, one.received_at);
            one.moved = clock.due_at != one.due_at;
            moved_now += one.moved;
            one.due_at = clock.due_at;
          }
          looked_at = cases.size();
          if (cases.empty()) return absl::OkStatus();
          return MoveDue(transaction, cases, municipality->calendar_version);
        }));
    moved += moved_now;
  }
  if (moved > 0) {
    telemetry::LogEvent("due_dates_moved",
                        {{"tenant", tenant_id}, {"count", std::to_string(moved)}});
  }
  return moved;
}

}  // namespace wissel::cases
