#include "services/insight/case_fact.h"

namespace wissel::insight {

CaseFact FactOf(const norms::JudgedCase& judged, absl::TimeZone zone) {
  // In the infinite future all that is open with a norm is too late.
  const bool open = judged.verdict == v1::VERDICT_MISSED && !judged.satisfied_at;
  return {.case_id = judged.case_id,
          .events = judged.events,
          .received_at = judged.received_at,
          .day = absl::FormatCivilTime(absl::ToCivilDay(judged.received_at, zone)),
          .team_id = judged.team_id,
          .channel = judged.channel,
          .due_at = judged.due_at,
          .satisfied_at = judged.satisfied_at,
          .verdict = open ? kVerdictOpen : static_cast<int32_t>(judged.verdict),
          .contacts = static_cast<int32_t>(judged.contacts)};
}

}  // namespace wissel::insight
