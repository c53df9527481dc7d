// A transaction of libpqxx that belongs to one municipality. Internal to libs/pg.

#ifndef WISSEL_LIBS_PG_LIBPQXX_TENANT_TRANSACTION_H_
#define WISSEL_LIBS_PG_LIBPQXX_TENANT_TRANSACTION_H_

#include <pqxx/dbtransaction>
#include <string>

#include "libs/pg/libpqxx/pqxx_connection.h"
#include "libs/pg/transaction.h"

namespace wissel::pg {

// What a transaction begins with.
struct TransactionSettings {
  Access access = Access::kRead;
  // Empty: none.
  std::string tenant_id;
  // Value of statement_timeout, in milliseconds; "0": none.
  std::string timeout;
};

// Differs from pqxx::work in its round trips: begin, municipality and time limit take one together,
// and neither the commit of a transaction that reads nor a rollback is waited for. Its commit is
// not subject to the time limit. Throws as pqxx::transaction_base does; rolls back in the
// destructor unless it was committed.
class TenantTransaction final : public pqxx::dbtransaction {
 public:
  // Begins. Both arguments outlive the transaction.
  TenantTransaction(PqxxConnection& connection, const TransactionSettings& settings);
  ~TenantTransaction() override;

 private:
  void do_begin() override;
  void do_commit() override;
  void do_abort() override;

  PqxxConnection& connection_;
  const TransactionSettings& settings_;
};

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_LIBPQXX_TENANT_TRANSACTION_H_
