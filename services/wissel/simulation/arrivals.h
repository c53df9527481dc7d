// When residents make contact, over which channel and about what: weekdays, hours, seasons,
// holidays, and days on which something is out of order.

#ifndef WISSEL_SERVICES_WISSEL_SIMULATION_ARRIVALS_H_
#define WISSEL_SERVICES_WISSEL_SIMULATION_ARRIVALS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "libs/municipality/municipality_snapshot.h"
#include "libs/sop/sop.h"
#include "services/wissel/simulation/dice.h"
#include "services/wissel/simulation/question_bank.h"
#include "wissel/common/v1/common.pb.h"

namespace wissel::simulation {

// A topic of the SOP, and what is known about it; null for one of the municipality's own.
struct AskedTopic {
  const sop::SopTopic* topic = nullptr;
  const KnownTopic* known = nullptr;
};

// Somebody makes contact.
struct Arrival {
  absl::Time at;
  // CALLBACK never: whoever asks for that calls by PHONE first.
  common::v1::Channel channel = common::v1::CHANNEL_UNSPECIFIED;
  const AskedTopic* topic = nullptr;
};

// Immutable, so thread-safe. What it is made with outlives it.
class Arrivals {
 public:
  Arrivals(uint64_t seed, int64_t inhabitants,
           const municipality::MunicipalitySnapshot& municipality, const sop::Sop& sop);

  // Those of a local day, in the order of time. Phone and counter only while the service calendar
  // is open.
  std::vector<Arrival> OfDay(absl::CivilDay day) const;

  // How many contacts a channel has in a usual year. Chats grow slower than the municipality does:
  // 6 a week at 10,000 inhabitants, some 260 at a million.
  static double InAYear(common::v1::Channel channel, int64_t inhabitants);

 private:
  absl::Time MomentOn(absl::CivilDay day, common::v1::Channel channel, Dice& dice) const;
  std::vector<double> TopicWeights(absl::CivilDay day) const;
  bool IsOutage(absl::CivilDay day) const;

  const uint64_t seed_;
  const int64_t inhabitants_;
  const municipality::MunicipalitySnapshot& municipality_;
  std::vector<AskedTopic> topics_;
};

}  // namespace wissel::simulation

#endif  // WISSEL_SERVICES_WISSEL_SIMULATION_ARRIVALS_H_
