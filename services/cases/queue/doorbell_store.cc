#include "services/cases/queue/doorbell_store.h"

namespace wissel::cases {
namespace {

constexpr pg::Statement kRing = {"cases_ring", "select pg_notify('wissel_cases', '')::text"};

}  // namespace

std::vector<pg::Statement> DoorbellStatements() { return {kRing}; }

absl::Status NotifyScreens(pg::Transaction& transaction) { return transaction.Run(kRing).status(); }

}  // namespace wissel::cases
