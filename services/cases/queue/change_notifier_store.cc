#include "services/cases/queue/change_notifier_store.h"

namespace wissel::cases {
namespace {

// PostgreSQL gives a transaction that notifies a commit record, and would wait for the disk. Nobody
// needs to find this one again after a crash.
constexpr pg::Statement kNotify = {"cases_notify", R"(
  select set_config('synchronous_commit', 'off', true), pg_notify('wissel_cases', '')::text)"};

}  // namespace

std::vector<pg::Statement> ChangeNotifierStatements() { return {kNotify}; }

absl::Status NotifyScreens(pg::Transaction& transaction) {
  return transaction.Run(kNotify).status();
}

}  // namespace wissel::cases
