// An SOP made ready to decide.

#ifndef WISSEL_SERVICES_ROUTER_DECISION_H_
#define WISSEL_SERVICES_ROUTER_DECISION_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "services/router/inquiry.h"
#include "services/router/sop.h"

namespace wissel::router {

// Immutable once made, so any number of threads decide at once without a lock. The same inquiry and
// the same document give the same decision in every process: nothing else is looked at.
class CompiledSop {
 public:
  // Takes over `sop`, as ParseSop returned it. INVALID_ARGUMENT `invalid_sop` when its keywords
  // together are too large to search at once.
  static absl::StatusOr<std::shared_ptr<const CompiledSop>> Compile(Sop sop, int64_t version);
  ~CompiledSop();

  // Place in sop().rules of the first rule that applies.
  size_t Match(const Inquiry& inquiry) const;

  // The decision with its reason. Of the rules that came before and did not apply, it names the
  // kMostLosingRules that came nearest, in the order of the SOP. Nearest: the fewest conditions
  // failed; of equals the most held; of equals the later rule.
  v1::Decision Decide(const Inquiry& inquiry) const;

  static constexpr size_t kMostLosingRules = 10;

  const Sop& sop() const;
  int64_t version() const { return version_; }

 private:
  class Impl;
  CompiledSop(std::unique_ptr<const Impl> impl, int64_t version);

  const std::unique_ptr<const Impl> impl_;
  const int64_t version_;
};

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_DECISION_H_
