// What a municipality routes by: the SOP in force, the one that follows it, and its hours.

#ifndef WISSEL_SERVICES_ROUTER_ACTIVE_ACTIVE_SOP_H_
#define WISSEL_SERVICES_ROUTER_ACTIVE_ACTIVE_SOP_H_

#include <algorithm>
#include <memory>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/decision/compiled_sop.h"
#include "libs/decision/service_hours.h"
#include "libs/municipality/municipality_snapshot.h"

namespace wissel::router {

using CompiledSopPtr = std::shared_ptr<const decision::CompiledSop>;

// Immutable once it is shared. The version that waits is here, compiled, before its moment: so the
// switch needs no database, and a call sees one version or the other, whole.
struct ActiveSop {
  // What the SOPs are compiled with.
  std::shared_ptr<const municipality::MunicipalitySnapshot> municipality;
  // Of `municipality`.
  decision::ServiceHours hours{absl::UTCTimeZone()};
  // Null: none is in force yet.
  CompiledSopPtr sop;
  // Null: none waits.
  CompiledSopPtr next;
  // By the clock of this process.
  absl::Time next_from = absl::InfiniteFuture();

  // Null if none is in force at `now`.
  const CompiledSopPtr& At(absl::Time now) const { return now < next_from ? sop : next; }

  // The highest version that is here; 0 if there is none.
  int64_t last_version() const {
    return std::max(sop == nullptr ? 0 : sop->version(), next == nullptr ? 0 : next->version());
  }
};

using ActiveSopPtr = std::shared_ptr<const ActiveSop>;

// NOT_FOUND `no_sop`.
absl::Status NoSop();

// The SOP in force now, or NoSop. Returns an error of `active` unchanged.
absl::StatusOr<CompiledSopPtr> ActiveCompiledSop(const absl::StatusOr<ActiveSopPtr>& active);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_ACTIVE_ACTIVE_SOP_H_
