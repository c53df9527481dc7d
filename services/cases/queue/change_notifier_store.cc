#include "services/cases/queue/change_notifier_store.h"

namespace wissel::cases {
namespace {

constexpr pg::Statement kNotify = {"cases_notify", "select pg_notify('wissel_cases', '')::text"};

}  // namespace

std::vector<pg::Statement> ChangeNotifierStatements() { return {kNotify}; }

absl::Status NotifyScreens(pg::Transaction& transaction) {
  return transaction.Run(kNotify).status();
}

}  // namespace wissel::cases
