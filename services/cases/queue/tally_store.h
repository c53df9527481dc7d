// Counts queues.

#ifndef WISSEL_SERVICES_CASES_QUEUE_TALLY_STORE_H_
#define WISSEL_SERVICES_CASES_QUEUE_TALLY_STORE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/pg/pool.h"
#include "services/cases/queue/queue_counter.h"

namespace wissel::cases {

// For the pool.
std::vector<pg::Statement> TallyStatements();

// What RefreshTallies goes by, with its parameter: the snapshot of what is kept. It may run beside
// other statements, in the same round trip.
extern const pg::Statement kTouchedQueues;

// The queues of `teams` as the transaction sees them: what is kept, and counted anew where
// `touched`, the answer of kTouchedQueues, says that it has changed. A team that does not exist has
// an empty queue. Of one moment, if the transaction only reads.
absl::StatusOr<TalliedQueues> RefreshTallies(pg::Transaction& transaction,
                                             const TalliedQueues& kept, const pg::Result& touched,
                                             const std::vector<std::string>& teams);

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_QUEUE_TALLY_STORE_H_
