// Puts back what is held by somebody who no longer works the team.

#ifndef WISSEL_SERVICES_CASES_UPKEEP_CLAIM_RELEASER_H_
#define WISSEL_SERVICES_CASES_UPKEEP_CLAIM_RELEASER_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libs/pg/pool.h"

namespace wissel::cases {

// Thread-safe; holds no state: what is to be done stands in the cases and in the directory. `pool`
// has ClaimReleaserStatements() and CaseStatements(), and outlives it.
class ClaimReleaser {
 public:
  explicit ClaimReleaser(pg::Pool& pool) : pool_(pool) {}

  // Puts every case of the municipality whose holder does not work its team (WorksTeam in case.h,
  // by roles and teams as they are in the directory now) back in the queue of that team, each with
  // an event UNCLAIMED in the name of Wissel. Returns how many. In batches, each a transaction:
  // after an error the next run goes on. Errors are those of pg::Pool.
  //
  // Several processes may run this at once: a case that changed meanwhile is left alone.
  absl::StatusOr<int> Run(absl::string_view tenant_id);

 private:
  pg::Pool& pool_;
};

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_UPKEEP_CLAIM_RELEASER_H_
