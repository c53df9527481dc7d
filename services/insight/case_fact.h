// What is kept of a case so that figures need not read its events again. Pure.

#ifndef WISSEL_SERVICES_INSIGHT_CASE_FACT_H_
#define WISSEL_SERVICES_INSIGHT_CASE_FACT_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "libs/norms/log_fold.h"

namespace wissel::insight {

// A verdict that waits for its due moment: OPEN_NOT_DUE until then and MISSED from then on.
inline constexpr int32_t kVerdictOpen = 0;

// So many working days, and more.
inline constexpr int kMostWorkingDays = 60;

// What is said of a case. The numbers are those of insight.month_count.
enum class Mark : int32_t {
  kTopic = 1,
  // Hour of the week of receipt.
  kArrival = 2,
  kAnsweredAfter = 3,
  // Day on which a team was done with it.
  kDone = 4,
  // Working days that a team held it.
  kHeld = 5,
  kAskedAgain = 6,
  // Team that it was passed on to.
  kMovedTo = 7,
  // Not counted by month: to list what was settled at first contact, or was not.
  kAtFirstContact = 8,
};

// A row of insight.case_fact. The types are those of the parameters that fact_store.cc sends.
struct CaseFact {
  int64_t case_id = 0;
  // Of which it is made.
  int32_t events = 0;
  absl::Time received_at;
  // Local date of receipt, as `2026-04-01`.
  std::string day;
  std::string team_id;
  int32_t channel = 0;
  absl::Time due_at = absl::InfiniteFuture();
  std::optional<absl::Time> satisfied_at;
  // A verdict of the contract, or kVerdictOpen.
  int32_t verdict = kVerdictOpen;
  int32_t contacts = 1;
  // No event tells it: whoever makes the fact reads it from the case.
  std::string topic_id;
  // Local hour of the week of receipt: 0 begins on Monday at midnight.
  int32_t arrival = 0;
  bool at_first_contact = false;
  // Working days from the day of receipt to that of satisfied_at, at most kMostWorkingDays: by
  // weekends and holidays alone, so that a calendar that changes does not change what is past.
  std::optional<int64_t> answered_after;
  // Channels of contacts that were added: `2 3`.
  std::string asked_again;
  // A line for each of norms::JudgedCase::stays: team, working days and last day, as
  // `parkeren\t3\t2026-04-04`, the last two empty while it lasts.
  std::string stays;

  bool operator==(const CaseFact&) const = default;
};

// What the log says of a case. As of absl::InfiniteFuture() it is by all of its events, whatever
// time it is: that is what is kept. Without the topic.
CaseFact FactOf(const norms::JudgedCase& judged, absl::TimeZone zone);

}  // namespace wissel::insight

#endif  // WISSEL_SERVICES_INSIGHT_CASE_FACT_H_
