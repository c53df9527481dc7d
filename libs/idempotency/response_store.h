// The answers that writes gave, by their key: a write that is tried again is answered, not done
// again.
//
//   pool.InTenant(tenant, deadline, pg::Access::kWrite, [&](pg::Transaction& transaction) {
//     WISSEL_ASSIGN_OR_RETURN(auto answer, Responses().Find(transaction, key, hash));
//     if (answer) { response->ParseFromString(*answer); return absl::OkStatus(); }
//     ... do it ...
//     return Responses().Store(transaction, key, response->SerializeAsString());
//   });

#ifndef WISSEL_LIBS_IDEMPOTENCY_RESPONSE_STORE_H_
#define WISSEL_LIBS_IDEMPOTENCY_RESPONSE_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libs/pg/pool.h"

namespace wissel::idempotency {

// The table `idempotency_key` of one service. Immutable, so thread-safe. Lives as long as the pools
// that have its statements: a service keeps one for good.
class ResponseStore {
 public:
  // `schema` is that of the service. `also_taken`, if any, is a query for the column `request_hash`
  // of what took the key $1 elsewhere in the service; such a key is never free.
  explicit ResponseStore(absl::string_view schema, absl::string_view also_taken = "");

  ResponseStore(const ResponseStore&) = delete;
  ResponseStore& operator=(const ResponseStore&) = delete;

  // For the pool.
  std::vector<pg::Statement> Statements() const;

  // The serialized answer that `key` got before, or nothing if this is its first time: then the key
  // is taken for this transaction, and a second call with it waits until the transaction has ended.
  // Rolled back, the key is free again. ALREADY_EXISTS `idempotency_key_reused` if it came with
  // another request. `key` must have passed text::CheckIdempotencyKey.
  absl::StatusOr<std::optional<std::string>> Find(pg::Transaction& transaction,
                                                  absl::string_view key,
                                                  absl::string_view request_hash) const;

  // Keeps the answer of a key that this transaction took with Find.
  absl::Status Store(pg::Transaction& transaction, absl::string_view key,
                     absl::string_view response) const;

  // Deletes keys of the transaction's municipality that are older than kKeyLifetime, at most
  // `limit` of them; returns how many.
  absl::StatusOr<int64_t> DeleteOld(pg::Transaction& transaction, int limit) const;

 private:
  struct OwnedStatement {
    pg::Statement statement() const { return {name.c_str(), sql.c_str()}; }

    std::string name;
    std::string sql;
  };

  static OwnedStatement Of(absl::string_view schema, absl::string_view name, absl::string_view sql,
                           absl::string_view also_taken);

  const OwnedStatement take_;
  const OwnedStatement find_;
  const OwnedStatement store_;
  const OwnedStatement delete_old_;
};

}  // namespace wissel::idempotency

#endif  // WISSEL_LIBS_IDEMPOTENCY_RESPONSE_STORE_H_
