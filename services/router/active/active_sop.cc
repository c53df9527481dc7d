#include "services/router/active/active_sop.h"

#include "absl/time/clock.h"
#include "libs/base/status.h"

namespace wissel::router {

absl::Status NoSop() {
  return Error(absl::StatusCode::kNotFound, "no_sop", "this municipality has no such SOP");
}

absl::StatusOr<SopPtr> SopOf(const absl::StatusOr<InForcePtr>& in_force) {
  if (!in_force.ok()) return in_force.status();
  const InForce& held = **in_force;
  // Without one that waits there is no clock to ask.
  const SopPtr& sop = held.next == nullptr ? held.sop : held.At(absl::Now());
  if (sop == nullptr) return NoSop();
  return sop;
}

}  // namespace wissel::router
