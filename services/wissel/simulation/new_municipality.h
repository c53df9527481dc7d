// A municipality for a simulation that has none to begin with: teams, and an SOP over the topics of
// the question bank.

#ifndef WISSEL_SERVICES_WISSEL_SIMULATION_NEW_MUNICIPALITY_H_
#define WISSEL_SERVICES_WISSEL_SIMULATION_NEW_MUNICIPALITY_H_

#include <string>

#include "wissel/directory/v1/directory.pb.h"

namespace wissel::simulation {

inline constexpr int kMostTeams = 60;

// As requests to make.
struct NewMunicipality {
  directory::v1::EnsureMunicipalityRequest municipality;
  directory::v1::EnsureTeamsRequest teams;
  // A document for LoadSop.
  std::string sop;
};

// With `teams` departments beside the KCC, which share the topics. REQUIRES: 1 <= teams <=
// kMostTeams. Pure.
NewMunicipality PlanMunicipality(const std::string& tenant_id, int teams);

}  // namespace wissel::simulation

#endif  // WISSEL_SERVICES_WISSEL_SIMULATION_NEW_MUNICIPALITY_H_
