// What a municipality routes by: the SOP in force, the one that follows it, and its house.

#ifndef WISSEL_SERVICES_ROUTER_ACTIVE_ACTIVE_SOP_H_
#define WISSEL_SERVICES_ROUTER_ACTIVE_ACTIVE_SOP_H_

#include <algorithm>
#include <memory>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/decision/compiled_sop.h"
#include "services/router/active/municipality_snapshot.h"

namespace wissel::router {

using SopPtr = std::shared_ptr<const CompiledSop>;

// Immutable once it is shared. The version that waits is here, compiled, before its moment: so the
// switch needs no database, and a call sees one version or the other, whole.
struct InForce {
  std::shared_ptr<const House> house;
  // Null: none is in force yet.
  SopPtr sop;
  // Null: none waits.
  SopPtr next;
  // By the clock of this process.
  absl::Time next_from = absl::InfiniteFuture();

  // Null if none is in force at `now`.
  const SopPtr& At(absl::Time now) const { return now < next_from ? sop : next; }

  // The highest version that is here; 0 if there is none.
  int64_t last_version() const {
    return std::max(sop == nullptr ? 0 : sop->version(), next == nullptr ? 0 : next->version());
  }
};

using InForcePtr = std::shared_ptr<const InForce>;

// NOT_FOUND `no_sop`.
absl::Status NoSop();

// The SOP in force now, or NoSop. A status stays as it is.
absl::StatusOr<SopPtr> SopOf(const absl::StatusOr<InForcePtr>& in_force);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_ACTIVE_ACTIVE_SOP_H_
