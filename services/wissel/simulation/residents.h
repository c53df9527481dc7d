// The people and businesses of a simulated municipality. All of them are made up; addresses end in
// .example and phone numbers in a range that is given to nobody.

#ifndef WISSEL_SERVICES_WISSEL_SIMULATION_RESIDENTS_H_
#define WISSEL_SERVICES_WISSEL_SIMULATION_RESIDENTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "libs/sop/sop.h"
#include "services/wissel/simulation/dice.h"
#include "wissel/common/v1/common.pb.h"

namespace wissel::simulation {

// Immutable, so thread-safe. Keeps nothing by resident: a resident is worked out from its number.
class Residents {
 public:
  // `areas` of the SOP give the neighbourhoods that some live in; it outlives this.
  Residents(uint64_t seed, int64_t inhabitants, const std::vector<sop::SopArea>& areas);

  // The number of somebody who makes contact: some do so often, most seldom.
  int64_t SomeoneWhoAsks(Dice& dice) const;

  // Resident `number`, always the same. One in twelve is a business.
  common::v1::Customer At(int64_t number) const;

 private:
  const uint64_t seed_;
  const int64_t inhabitants_;
  const std::vector<sop::SopArea>& areas_;
};

// The name of a colleague, such as "Fatma Yıldız".
std::string ColleagueName(Dice& dice);

}  // namespace wissel::simulation

#endif  // WISSEL_SERVICES_WISSEL_SIMULATION_RESIDENTS_H_
