// What the directory says of a municipality, as far as routing needs it.

#ifndef WISSEL_SERVICES_ROUTER_ACTIVE_MUNICIPALITY_SNAPSHOT_H_
#define WISSEL_SERVICES_ROUTER_ACTIVE_MUNICIPALITY_SNAPSHOT_H_

#include <cstdint>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include "libs/decision/compiled_sop.h"
#include "libs/decision/service_hours.h"
#include "libs/verify/team_facts.h"

namespace wissel::router {

// A value that does not change once it is filled, so then it is thread-safe.
struct House {
  // Counts up with every change of teams, norms, calendar or zone. Members of teams do not count:
  // only a check looks at them, and reads them anew.
  int64_t version = 0;
  ServiceHours hours{absl::UTCTimeZone()};
  absl::flat_hash_map<std::string, TeamFacts> teams;
};

// For deciding.
HouseFacts FactsFor(const House& house);

// For a check on the local day of `now`.
Surroundings SurroundingsOf(const House& house, absl::Time now);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_ACTIVE_MUNICIPALITY_SNAPSHOT_H_
