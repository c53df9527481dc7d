// Reads a case to change it, and writes what becomes of it. Row-level security narrows everything
// to the municipality of the transaction.

#ifndef WISSEL_SERVICES_CASES_ACTIONS_CASE_STORE_H_
#define WISSEL_SERVICES_CASES_ACTIONS_CASE_STORE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libs/pg/pool.h"
#include "libs/rpc/principal.h"
#include "services/cases/lifecycle/case.h"

namespace wissel::cases {

// For the pool.
std::vector<pg::Statement> CaseStatements();

// A case as it is stored.
struct StoredCase {
  int64_t reference = 0;
  // Counts up with each change; a change is written only over the version that it was decided on.
  int64_t version = 0;
  CaseFacts facts;
  // Whether any contact of the case, the added ones included, gave an e-mail address.
  bool has_reply_address = false;
};

// Reads a case and keeps others from changing it until the transaction ends. Who comes second
// waits, and then reads what the first has made of it. NOT_FOUND `no_such_case`.
absl::StatusOr<StoredCase> LockCase(pg::Transaction& transaction, int64_t reference);

// The teams that an act on a case concerns.
struct TeamsForAction {
  std::string kcc_team_id;
  // Whether the team that the act names exists.
  bool named_exists = false;
};

// `named_team_id` may be empty. FAILED_PRECONDITION `no_kcc_team` if the municipality has none.
absl::StatusOr<TeamsForAction> ReadTeamsForAction(pg::Transaction& transaction,
                                                  absl::string_view named_team_id);

// Writes the case as `change` leaves it, its events in the name of `who` at this moment and the
// notification of the screens, in one statement. ABORTED `serialization`, and nothing
// written, if the case is not what it was when it was read.
absl::Status WriteChange(pg::Transaction& transaction, const StoredCase& before,
                         const Change& change, const rpc::Principal& who);

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_ACTIONS_CASE_STORE_H_
