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

norms::JudgedCase JudgedAt(const CaseFact& fact, absl::Time as_of) {
  norms::JudgedCase judged = {.case_id = fact.case_id,
                              .events = fact.events,
                              .team_id = fact.team_id,
                              .channel = static_cast<common::v1::Channel>(fact.channel),
                              .received_at = fact.received_at,
                              .due_at = fact.due_at,
                              .satisfied_at = fact.satisfied_at,
                              .contacts = fact.contacts,
                              .verdict = static_cast<v1::Verdict>(fact.verdict)};
  if (fact.verdict == kVerdictOpen) {
    judged.verdict = norms::VerdictOfRunningClock(fact.due_at, as_of);
  }
  return judged;
}

}  // namespace wissel::insight
