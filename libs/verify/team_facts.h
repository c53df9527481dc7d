// What an SOP is judged against: teams as the directory has them, and the day.

#ifndef WISSEL_LIBS_VERIFY_TEAM_FACTS_H_
#define WISSEL_LIBS_VERIFY_TEAM_FACTS_H_

#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/time/civil_time.h"
#include "libs/sop/sop.h"

namespace wissel::verify {

// What the directory says about a team. The SOP goes first where it says something.
struct TeamFacts {
  std::string name;
  std::string mailbox;
  std::string transfer_number;
  int members = 0;
  // One of them is a team lead.
  bool has_lead = false;
  bool has_norm = false;
  // The KCC's own team, which gets what could not be routed.
  bool is_kcc = false;
  // Hours of the service calendar.
  std::optional<sop::WeekHours> hours;
};

// What an SOP is judged against.
struct VerificationContext {
  // By team id. Absent: only what the document itself says is known, and nothing is found about
  // members or about teams that the document describes and the directory lacks.
  std::optional<absl::flat_hash_map<std::string, TeamFacts>> teams;
  // In Europe/Amsterdam: for review dates and closed teams.
  absl::CivilDay today;
};

}  // namespace wissel::verify

#endif  // WISSEL_LIBS_VERIFY_TEAM_FACTS_H_
