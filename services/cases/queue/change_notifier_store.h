// The statement that notifies the screens.

#ifndef WISSEL_SERVICES_CASES_QUEUE_CHANGE_NOTIFIER_STORE_H_
#define WISSEL_SERVICES_CASES_QUEUE_CHANGE_NOTIFIER_STORE_H_

#include <vector>

#include "absl/status/status.h"
#include "libs/pg/pool.h"

namespace wissel::cases {

// For the pool.
std::vector<pg::Statement> ChangeNotifierStatements();

// Sends NOTIFY `wissel_cases` when the transaction is committed. Nothing else is in that
// transaction, so its commit waits for no flush.
absl::Status NotifyScreens(pg::Transaction& transaction);

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_QUEUE_CHANGE_NOTIFIER_STORE_H_
