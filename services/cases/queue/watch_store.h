// Reads on from where a reader of the event log was. Numbers and moments of events commit out of
// order, so neither tells what is new; the database's own snapshots do: new is what the transaction
// sees now and did not see then. Nothing is passed over or read twice, however late a transaction
// commits, and a long one (an import) does not hold up the others.

#ifndef WISSEL_SERVICES_CASES_QUEUE_WATCH_STORE_H_
#define WISSEL_SERVICES_CASES_QUEUE_WATCH_STORE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/pg/pool.h"

namespace wissel::cases {

// For the pool.
std::vector<pg::Statement> WatchStatements();

// A new event, as far as it matters to a queue.
struct QueueEvent {
  int64_t reference = 0;
  // Teams that held the case after the event, and before it; the second is empty for the first
  // event of a case.
  std::string team_id;
  std::string previous_team_id;
};

// What is new, and the snapshot to read on from.
struct NewEvents {
  std::string snapshot;
  std::vector<QueueEvent> events;
};

// Snapshot of this moment, to read on from.
absl::StatusOr<std::string> ReadSnapshot(pg::Transaction& transaction);

// What `since` did not see: events of the transaction's municipality, in no order. The queues that
// are read later in the same transaction may be further on than the news, never less far.
absl::StatusOr<NewEvents> ReadNewEvents(pg::Transaction& transaction, const std::string& since);

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_QUEUE_WATCH_STORE_H_
