// Reads past contacts, page by page, in the order in which they came.

#ifndef WISSEL_SERVICES_ROUTER_REPLAY_STORE_H_
#define WISSEL_SERVICES_ROUTER_REPLAY_STORE_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/pg/pool.h"
#include "services/router/replay.h"

namespace wissel::router {

// To prepare on every connection.
std::vector<pg::Statement> ReplayStatements();

// Where a page begins: after this contact.
struct ContactPlace {
  absl::Time received_at;
  int64_t case_id = 0;
  int64_t contact_no = 0;
};

inline constexpr int kContactsPerPage = 20000;

// How many contacts were received in [from, to). Also prepares the transaction for ReadContacts.
absl::StatusOr<int64_t> CountContacts(pg::Transaction& transaction, absl::Time from, absl::Time to);

// At most kContactsPerPage contacts after `place` and before `to`, to be read by ContactOf. Fewer:
// there are no more. Without words subject and question come empty.
absl::StatusOr<pg::Result> ReadContacts(pg::Transaction& transaction, const ContactPlace& place,
                                        absl::Time to, bool with_words);

// A row; its texts live as long as the result.
PastContact ContactOf(const pg::Result::Row& row);
ContactPlace PlaceOf(const pg::Result::Row& row);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_REPLAY_STORE_H_
