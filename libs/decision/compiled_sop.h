// An SOP made ready to decide.

#ifndef WISSEL_LIBS_DECISION_COMPILED_SOP_H_
#define WISSEL_LIBS_DECISION_COMPILED_SOP_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "libs/decision/routing_request.h"
#include "libs/decision/team_directory.h"
#include "libs/sop/sop.h"

namespace wissel::decision {

namespace v1 = ::wissel::routing::v1;

// A decision and how it came about.
struct Explanation {
  // Its losing rules are all rules that were tried before, in the order of trying.
  v1::Decision decision;
  // One readable paragraph in plain Dutch.
  std::string paragraph;
};

// No rule applies; an SOP that passed Verify never answers this.
inline constexpr size_t kNoRule = static_cast<size_t>(-1);

// Immutable once made, so any number of threads decide at once without a lock. The same request,
// document and facts give the same decision in every process: nothing else is looked at.
class CompiledSop {
 public:
  // Takes over `sop`, as ParseSop returned it. INVALID_ARGUMENT `invalid_sop` for a keyword that is
  // not RE2. Ten thousand rules take some tens of milliseconds.
  static absl::StatusOr<std::shared_ptr<const CompiledSop>> Compile(sop::Sop sop, int64_t version,
                                                                    TeamDirectory facts = {});
  ~CompiledSop();

  // Index in sop().rules of the first rule that applies, or kNoRule. Well below a microsecond,
  // however many rules there are, where they name topics; allocates nothing once the thread has
  // seen texts as long.
  size_t Match(const RoutingRequest& request) const;

  // The decision with its reason. Without a rule it has no outcome. Of the rules that came before
  // and did not apply, it names the kMostLosingRules that came nearest, in the order of trying.
  // Nearest: the fewest conditions failed; of equals the most held; of equals the later rule.
  v1::Decision Decide(const RoutingRequest& request) const;

  // The same decision, with every rule that was tried.
  Explanation Explain(const RoutingRequest& request) const;

  static constexpr size_t kMostLosingRules = 3;

  const sop::Sop& sop() const;
  int64_t version() const { return version_; }

 private:
  class Impl;
  CompiledSop(std::unique_ptr<const Impl> impl, int64_t version);

  const std::unique_ptr<const Impl> impl_;
  const int64_t version_;
};

}  // namespace wissel::decision

#endif  // WISSEL_LIBS_DECISION_COMPILED_SOP_H_
