#include "services/router/drafts/assessment.h"

#include <algorithm>
#include <utility>

#include "libs/sop/sop_diff.h"
#include "libs/sop/sop_reader.h"

namespace wissel::router {

Assessment Assess(const std::string& document, const std::string& base, const House& house,
                  absl::Time now) {
  Assessment assessment;
  absl::StatusOr<Sop> sop = ParseSop(document);
  if (!sop.ok()) return assessment;
  // A base that this program cannot read any more counts as none: then everything is new.
  absl::StatusOr<Sop> before = base.empty() ? Sop() : ParseSop(base);
  assessment.concerned_team_ids = DiffSops(before.ok() ? *before : Sop(), *sop).team_ids;
  // Whoever looks after the document, also where only its comments differ.
  if (assessment.concerned_team_ids.empty()) assessment.concerned_team_ids = {kDefaultTeam};
  assessment.is_sound = !HasErrors(Verify(*sop, SurroundingsOf(house, now))) &&
                        CompiledSop::Compile(*std::move(sop), 0, FactsFor(house)).ok();
  return assessment;
}

}  // namespace wissel::router
