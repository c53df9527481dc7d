#include "services/cases/upkeep/claim_releaser.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "libs/rpc/call.h"
#include "libs/telemetry/log.h"
#include "services/cases/actions/case_store.h"
#include "services/cases/lifecycle/case.h"
#include "services/cases/upkeep/claim_releaser_store.h"

namespace wissel::cases {
namespace {

constexpr int kBatch = 100;
constexpr absl::Duration kTimeout = absl::Seconds(10);

bool StillWorks(const Holder& holder) {
  return WorksTeam(holder.who, holder.team_id, holder.at_kcc ? holder.team_id : "");
}

// Puts back what `holder` has of `references`, if that is still so.
absl::StatusOr<int> PutBack(pg::Transaction& transaction, const Holder& holder,
                            const std::vector<int64_t>& references, const rpc::Principal& wissel) {
  int released = 0;
  for (const int64_t reference : references) {
    WISSEL_ASSIGN_OR_RETURN(const StoredCase stored, LockCase(transaction, reference));
    if (stored.facts.claimed_by != holder.who.account_id ||
        stored.facts.team_id != holder.team_id) {
      continue;
    }
    WISSEL_RETURN_IF_ERROR(WriteChange(transaction, stored, Release(stored.facts, wissel), wissel));
    ++released;
  }
  return released;
}

}  // namespace

absl::StatusOr<int> ClaimReleaser::Run(absl::string_view tenant_id) {
  std::vector<Holder> holders;
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(tenant_id, absl::Now() + kTimeout, pg::Access::kRead,
                                        [&](pg::Transaction& transaction) -> absl::Status {
                                          WISSEL_ASSIGN_OR_RETURN(holders,
                                                                  ReadHolders(transaction));
                                          return absl::OkStatus();
                                        }));
  const auto wissel =
      rpc::ServiceCall("", std::string(tenant_id), absl::InfiniteFuture()).principal;
  int released = 0;
  for (const Holder& holder : holders) {
    if (StillWorks(holder)) continue;
    for (size_t batch = kBatch; batch == kBatch;) {
      int released_now = 0;
      WISSEL_RETURN_IF_ERROR(pool_.InTenant(
          tenant_id, absl::Now() + kTimeout, pg::Access::kWrite,
          [&](pg::Transaction& transaction) -> absl::Status {
            WISSEL_ASSIGN_OR_RETURN(const std::vector<int64_t> held,
                                    ListHeld(transaction, holder, kBatch));
            batch = held.size();
            WISSEL_ASSIGN_OR_RETURN(released_now, PutBack(transaction, holder, held, *wissel));
            return absl::OkStatus();
          }));
      released += released_now;
    }
  }
  if (released > 0) {
    telemetry::LogEvent("claims_released",
                        {{"tenant", tenant_id}, {"count", std::to_string(released)}});
  }
  return released;
}

}  // namespace wissel::cases
