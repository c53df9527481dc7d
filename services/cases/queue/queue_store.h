// Reads queues, counts and cases. Row-level security narrows everything to the municipality of the
// transaction.

#ifndef WISSEL_SERVICES_CASES_QUEUE_QUEUE_STORE_H_
#define WISSEL_SERVICES_CASES_QUEUE_QUEUE_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/pg/pool.h"
#include "services/cases/queue/page_token.h"
#include "services/cases/queue/queue_counter.h"
#include "services/cases/queue/today.h"
#include "wissel/cases/v1/cases.pb.h"

namespace wissel::cases {

// For the pool.
std::vector<pg::Statement> QueueStatements();

// Which page of which queue.
struct PageQuery {
  // Municipality of the transaction; the token of the next page is bound to it.
  std::string tenant_id;
  std::string team_id;
  int size = 50;
  // Last case of the page before; absent for the first page.
  std::optional<QueuePosition> after;
  // Decides what is overdue and due today.
  Today today;
};

// Fills a page, its next token and the counts: of one moment, if the transaction only reads. A team
// that does not exist has an empty queue. `counter` knows what was counted before; nothing was read
// in the transaction since that.
absl::Status ReadPage(pg::Transaction& transaction, const PageQuery& query, QueueCounter& counter,
                      v1::ListQueueResponse* page);

// Counts of the given teams, or of all; by team, those that do not exist left out.
absl::StatusOr<std::vector<v1::QueueCounts>> ReadCounts(
    pg::Transaction& transaction, const std::string& tenant_id, QueueCounter& counter,
    const std::optional<std::vector<std::string>>& team_ids, const Today& today);

// The cases as a queue shows them, open or closed, in no order; those that do not exist left out.
absl::StatusOr<std::vector<v1::CaseSummary>> ReadSummaries(pg::Transaction& transaction,
                                                           const std::vector<int64_t>& references);

// A whole case with its history: of one moment, if the transaction only reads. Nothing can be read
// in that transaction afterwards. NOT_FOUND `no_such_case`.
absl::StatusOr<v1::Case> ReadCase(pg::Transaction& transaction, int64_t reference);

// NOT_FOUND `no_such_case` with field `reference`.
absl::Status NoSuchCase();

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_QUEUE_QUEUE_STORE_H_
