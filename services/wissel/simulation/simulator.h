// Makes up the past of a municipality: every contact, decided by its SOP, with the case that came
// of it and all that happened to that, by the rules that hold for real ones.

#ifndef WISSEL_SERVICES_WISSEL_SIMULATION_SIMULATOR_H_
#define WISSEL_SERVICES_WISSEL_SIMULATION_SIMULATOR_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/decision/compiled_sop.h"
#include "libs/decision/service_hours.h"
#include "libs/municipality/municipality_snapshot.h"
#include "services/cases/history/case_history.h"
#include "services/cases/history/simulation_store.h"
#include "services/wissel/simulation/arrivals.h"
#include "services/wissel/simulation/course.h"
#include "services/wissel/simulation/pace.h"
#include "services/wissel/simulation/residents.h"
#include "services/wissel/simulation/staff.h"

namespace wissel::simulation {

// The municipality that is simulated.
struct SimulatedMunicipality {
  std::shared_ptr<const municipality::MunicipalitySnapshot> facts;
  std::shared_ptr<const decision::CompiledSop> sop;
  // Accounts with their roles and teams.
  std::vector<rpc::Principal> accounts;
};

// Gives the past day by day. The same simulation of the same municipality gives the same histories,
// whose references are for whoever stores them. Not thread-safe.
class Simulator {
 public:
  Simulator(cases::Simulation simulation, SimulatedMunicipality municipality);

  // The histories that begin on the next day, in the order of receipt; some days have none. Nothing
  // is left after `until`: see IsOver. Their references are 0. Errors are faults of this library.
  absl::StatusOr<std::vector<cases::CaseHistory>> NextDay();
  bool IsOver() const;

 private:
  absl::StatusOr<cases::CaseHistory> Make(const Arrival& arrival, uint64_t number, Dice& dice);
  // As an agent registers a question that was asked at once, or as it came in.
  void Register(const Arrival& arrival, Dice& dice, cases::v1::Contact& contact) const;
  routing::v1::Decision Decide(const cases::v1::Contact& contact, absl::Time at) const;

  const cases::Simulation simulation_;
  const SimulatedMunicipality municipality_;
  const decision::ServiceHours hours_;
  const Residents residents_;
  const Arrivals arrivals_;
  const Staff staff_;
  const Pace pace_;
  const Course course_;
  absl::CivilDay day_;
};

}  // namespace wissel::simulation

#endif  // WISSEL_SERVICES_WISSEL_SIMULATION_SIMULATOR_H_
