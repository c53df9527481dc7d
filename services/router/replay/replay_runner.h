// Runs a replay over the contacts of a municipality.

#ifndef WISSEL_SERVICES_ROUTER_REPLAY_REPLAY_RUNNER_H_
#define WISSEL_SERVICES_ROUTER_REPLAY_REPLAY_RUNNER_H_

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/pg/pool.h"
#include "services/router/replay/replay_tally.h"

namespace wissel::router {

namespace v1 = ::wissel::routing::v1;

// Which contacts, and for how long they may take.
struct ReplayScope {
  std::string tenant_id;
  // Received in [from, to).
  absl::Time from;
  absl::Time to;
  // Their cases are judged as they stood at this moment.
  absl::Time as_of;
  absl::Time deadline;
};

// How far it is. False: nobody waits for it any more.
using ReplayReport = absl::FunctionRef<bool(const v1::ReplayProgress&)>;

// Adds the contacts of `scope` and their cases to `tally`. Reads page by page in one transaction,
// and decides one page while the next is read; memory is that of two pages. Calls `report` at the
// start and then after every page of contacts. CANCELLED when it says so; otherwise errors of
// pg::Pool. `words`: contacts are needed with subject and question.
absl::Status RunReplay(pg::Pool& pool, const ReplayScope& scope, bool words, ReplayTally& tally,
                       ReplayReport report);

// Whether any rule looks for words.
bool LooksForWords(const sop::Sop& sop);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_REPLAY_REPLAY_RUNNER_H_
