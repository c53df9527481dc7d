#include "services/router/drafts/assessment.h"

#include <algorithm>
#include <utility>

#include "libs/decision/compiled_sop.h"
#include "libs/sop/sop_diff.h"
#include "libs/sop/sop_reader.h"
#include "libs/verify/verify.h"

namespace wissel::router {

Assessment Assess(const std::string& document, const std::string& base,
                  const verify::VerificationContext& context, decision::TeamDirectory teams) {
  Assessment assessment;
  absl::StatusOr<sop::Sop> sop = sop::ParseSop(document);
  if (!sop.ok()) return assessment;
  // A base that this program cannot read any more counts as none: then everything is new.
  absl::StatusOr<sop::Sop> before = base.empty() ? sop::Sop() : sop::ParseSop(base);
  assessment.concerned_team_ids = sop::DiffSops(before.ok() ? *before : sop::Sop(), *sop).team_ids;
  // Whoever looks after the document, also where only its comments differ.
  if (assessment.concerned_team_ids.empty()) assessment.concerned_team_ids = {sop::kDefaultTeam};
  assessment.is_sound = !verify::HasErrors(verify::Verify(*sop, context)) &&
                        decision::CompiledSop::Compile(*std::move(sop), 0, std::move(teams)).ok();
  return assessment;
}

}  // namespace wissel::router
