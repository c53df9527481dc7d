// Teams and their norms, of the municipality of the transaction.

#ifndef WISSEL_SERVICES_DIRECTORY_TEAM_STORE_H_
#define WISSEL_SERVICES_DIRECTORY_TEAM_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/pg/pool.h"
#include "services/directory/team.h"

namespace wissel::directory {

// Statements of this store, to prepare with the pool.
std::vector<pg::Statement> TeamStatements();

// Teams by name, with the norms that hold today in the municipality's zone, or on its local day of
// `moment`.
absl::StatusOr<std::vector<Team>> ListAllTeams(pg::Transaction& transaction,
                                               std::optional<absl::Time> moment = {});

// Sets mailbox and transfer number of the teams in `agreed` where they are not empty, and gives
// them these norms from the local day of `moment` on. REQUIRES the lock, and that the teams exist.
absl::Status UpdateTeams(pg::Transaction& transaction, const std::vector<Team>& agreed,
                         absl::Time moment);

// Mailbox of the KCC's own team; touches nothing when it is the same.
absl::Status SetKccMailbox(pg::Transaction& transaction, const std::string& mailbox);

// Adds teams that are not there, with norms that hold since ever, so that imported history is
// judged by them too. REQUIRES the lock of LockMunicipality.
absl::Status InsertTeams(pg::Transaction& transaction, const std::vector<Team>& teams);

// Which of `team_ids` are no teams; in order.
absl::StatusOr<std::vector<std::string>> UnknownTeams(pg::Transaction& transaction,
                                                      const std::vector<std::string>& team_ids);

}  // namespace wissel::directory

#endif  // WISSEL_SERVICES_DIRECTORY_TEAM_STORE_H_
