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
struct MunicipalitySnapshot {
  // Counts up with every change of teams, norms, calendar or zone. Members of teams do not count:
  // only a check looks at them, and reads them anew.
  int64_t version = 0;
  decision::ServiceHours hours{absl::UTCTimeZone()};
  absl::flat_hash_map<std::string, verify::TeamFacts> teams;
};

// For deciding.
decision::TeamDirectory TeamDirectoryOf(const MunicipalitySnapshot& snapshot);

// For a check on the local day of `now`.
verify::VerificationContext VerificationContextOf(const MunicipalitySnapshot& snapshot,
                                                  absl::Time now);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_ACTIVE_MUNICIPALITY_SNAPSHOT_H_
