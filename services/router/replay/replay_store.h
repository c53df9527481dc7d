// Reads past contacts, page by page, in no order.

#ifndef WISSEL_SERVICES_ROUTER_REPLAY_REPLAY_STORE_H_
#define WISSEL_SERVICES_ROUTER_REPLAY_REPLAY_STORE_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/pg/pool.h"
#include "services/router/replay/replay_tally.h"

namespace wissel::router {

// To prepare on every connection.
std::vector<pg::Statement> ReplayStatements();

inline constexpr int kContactsPerPage = 10000;

// Begins to read the contacts that were received in [from, to); how many there are. Without words
// subject and question come empty. Once a transaction.
absl::StatusOr<int64_t> OpenContacts(pg::Transaction& transaction, absl::Time from, absl::Time to,
                                     bool with_words);

// The next kContactsPerPage contacts, to be read by ContactOf. Fewer: there are no more.
absl::StatusOr<pg::Result> FetchContacts(pg::Transaction& transaction);

// A row; its texts live as long as the result.
PastContact ContactOf(const pg::Result::Row& row);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_REPLAY_REPLAY_STORE_H_
