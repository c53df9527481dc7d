// How a case goes on after its receipt: who takes it in hand, who calls, who sends it back, and how
// it ends.

#ifndef WISSEL_SERVICES_WISSEL_SIMULATION_COURSE_H_
#define WISSEL_SERVICES_WISSEL_SIMULATION_COURSE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/municipality/municipality_snapshot.h"
#include "services/cases/history/case_history.h"
#include "services/wissel/simulation/dice.h"
#include "services/wissel/simulation/pace.h"
#include "services/wissel/simulation/staff.h"

namespace wissel::simulation {

// Immutable, so thread-safe. What it is made with outlives it.
class Course {
 public:
  // Nothing happens after `until`: what would is still to come then, and the case is open.
  Course(const municipality::MunicipalitySnapshot& municipality, const Staff& staff,
         const Pace& pace, absl::Time until);

  // Lets an open case go on. Errors are those of cases::Decide, and a fault of this class.
  absl::Status Run(cases::CaseHistory& history, Dice& dice) const;

 private:
  class Walk;

  const municipality::MunicipalitySnapshot& municipality_;
  const Staff& staff_;
  const Pace& pace_;
  const absl::Time until_;
  // In an order of their own, so that the same dice give the same team.
  std::vector<std::string> departments_;
};

}  // namespace wissel::simulation

#endif  // WISSEL_SERVICES_WISSEL_SIMULATION_COURSE_H_
