#include "services/router/active/active_sop.h"

#include "absl/time/clock.h"
#include "libs/base/status.h"

namespace wissel::router {

absl::Status NoSop() {
  return Error(absl::StatusCode::kNotFound, "no_sop", "this municipality has no such SOP");
}

absl::StatusOr<CompiledSopPtr> ActiveCompiledSop(const absl::StatusOr<ActiveSopPtr>& active) {
  if (!active.ok()) return active.status();
  const ActiveSop& held = **active;
  // Without one that waits there is no clock to ask.
  const CompiledSopPtr& sop = held.next == nullptr ? held.sop : held.At(absl::Now());
  if (sop == nullptr) return NoSop();
  return sop;
}

}  // namespace wissel::router
