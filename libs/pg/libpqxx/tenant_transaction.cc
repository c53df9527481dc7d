#include "libs/pg/libpqxx/tenant_transaction.h"

#include "absl/strings/str_cat.h"

namespace wissel::pg {

TenantTransaction::TenantTransaction(PqxxConnection& connection,
                                     const TransactionSettings& settings)
    : namedclass("TenantTransaction"),
      pqxx::dbtransaction(connection),
      connection_(connection),
      settings_(settings) {
  Begin();
}

TenantTransaction::~TenantTransaction() { End(); }

void TenantTransaction::do_begin() {
  // `set` takes no snapshot: a transaction that reads sees the database at its own first statement.
  const std::string begin = absl::StrCat(
      settings_.access == Access::kRead ? "begin isolation level repeatable read, read only"
                                        : "begin",
      "; set local wissel.tenant = ", connection_.quote(settings_.tenant_id),
      "; set local statement_timeout = ", settings_.timeout);
  direct_exec(begin.c_str());
}

void TenantTransaction::do_commit() {
  if (settings_.access == Access::kRead) return connection_.SendWithoutWaiting("commit");
  // A commit that is cancelled may be half-way to its standby: nothing may time it out.
  direct_exec(settings_.timeout == "0" ? "commit" : "set local statement_timeout = 0; commit");
}

void TenantTransaction::do_abort() { connection_.SendWithoutWaiting("rollback"); }

}  // namespace wissel::pg
