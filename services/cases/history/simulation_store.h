// What a municipality was simulated with, and what a simulation needs to know beside its SOP.

#ifndef WISSEL_SERVICES_CASES_HISTORY_SIMULATION_STORE_H_
#define WISSEL_SERVICES_CASES_HISTORY_SIMULATION_STORE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "libs/pg/pool.h"
#include "libs/rpc/principal.h"

namespace wissel::cases {

// To prepare on every connection.
std::vector<pg::Statement> SimulationStatements();

// What a municipality was simulated with. The same values give the same histories.
struct Simulation {
  int64_t seed = 0;
  int64_t inhabitants = 0;
  // Local date of the first contacts.
  absl::CivilDay first_day;
  // Nothing happens after it.
  absl::Time until;
  // Share of answers in time that all teams come near to; absent: each has its own.
  std::optional<double> share_in_time;
  // All of it is stored.
  bool finished = false;
};

// The simulation of the transaction's municipality; nothing if there was none.
absl::StatusOr<std::optional<Simulation>> FindSimulation(pg::Transaction& transaction);

// Notes that one begins. FAILED_PRECONDITION `constraint` if there was one.
absl::Status BeginSimulation(pg::Transaction& transaction, const Simulation& simulation);

// Notes that all of it is stored, and wakes who watches cases.
absl::Status FinishSimulation(pg::Transaction& transaction);

// When the first case of the municipality was received; nothing without cases.
absl::StatusOr<std::optional<absl::Time>> FirstReceipt(pg::Transaction& transaction);

// Colleagues of the municipality with the teams that they work in.
absl::StatusOr<std::vector<rpc::Principal>> ListColleagues(pg::Transaction& transaction);

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_HISTORY_SIMULATION_STORE_H_
