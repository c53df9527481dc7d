// An SOP made ready to decide.

#ifndef WISSEL_SERVICES_ROUTER_DECISION_H_
#define WISSEL_SERVICES_ROUTER_DECISION_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "services/router/inquiry.h"
#include "services/router/sop.h"

namespace wissel::router {

// What a municipality's other records say, by team id. Both may be empty.
struct HouseFacts {
  // For reasons; a team without one goes by its id.
  absl::flat_hash_map<std::string, std::string> team_names;
  // Of the service calendar, for teams to which the SOP gives no hours. A team with neither is
  // never open.
  absl::flat_hash_map<std::string, WeekHours> team_hours;
};

// A decision and how it came about.
struct Explanation {
  // Its losing rules are all rules that were tried before, in the order of trying.
  v1::Decision decision;
  // One readable paragraph in plain Dutch.
  std::string paragraph;
};

// No rule applies; an SOP that passed Verify never answers this.
inline constexpr size_t kNoRule = static_cast<size_t>(-1);

// Immutable once made, so any number of threads decide at once without a lock. The same inquiry and
// the same document give the same decision in every process: nothing else is looked at.
class CompiledSop {
 public:
  // Takes over `sop`, as ParseSop returned it. INVALID_ARGUMENT `invalid_sop` when its keywords
  // together are too large to search at once.
  static absl::StatusOr<std::shared_ptr<const CompiledSop>> Compile(Sop sop, int64_t version,
                                                                    HouseFacts facts = {});
  ~CompiledSop();

  // Place in sop().rules of the first rule that applies, or kNoRule.
  size_t Match(const Inquiry& inquiry) const;

  // The decision with its reason. Of the rules that came before and did not apply, it names the
  // kMostLosingRules that came nearest, in the order of the SOP. Nearest: the fewest conditions
  // failed; of equals the most held; of equals the later rule.
  v1::Decision Decide(const Inquiry& inquiry) const;

  // The same decision, with every rule that was tried.
  Explanation Explain(const Inquiry& inquiry) const;

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
