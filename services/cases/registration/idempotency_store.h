// The answers that writes gave, by their key: a write that is tried again is answered, not done
// again. For writes on one case:
//
//   pool.InTenant(tenant, deadline, pg::Access::kWrite, [&](pg::Transaction& transaction) {
//     WISSEL_ASSIGN_OR_RETURN(auto answer, FindStoredResponse(transaction, key, HashOf(request)));
//     if (answer) { response->ParseFromString(*answer); return absl::OkStatus(); }
//     ... do it ...
//     return StoreResponse(transaction, key, response->SerializeAsString());
//   });
//
// Registration, which writes many keys at once, has statements of its own (registration_store.h).

#ifndef WISSEL_SERVICES_CASES_REGISTRATION_IDEMPOTENCY_STORE_H_
#define WISSEL_SERVICES_CASES_REGISTRATION_IDEMPOTENCY_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libs/pg/pool.h"

namespace wissel::cases {

// For the pool.
std::vector<pg::Statement> IdempotencyStatements();

// The serialized answer that `key` got before, or nothing if this is its first time: then the key
// is taken for this transaction, and a second call with it waits until the transaction has ended.
// Rolled back, the key is free again. ALREADY_EXISTS `idempotency_key_reused` if it came with
// another `request_hash`. `key` must have passed CheckKey.
absl::StatusOr<std::optional<std::string>> FindStoredResponse(pg::Transaction& transaction,
                                                              absl::string_view key,
                                                              absl::string_view request_hash);

// Keeps the answer of a key that this transaction took with FindStoredResponse.
absl::Status StoreResponse(pg::Transaction& transaction, absl::string_view key,
                           absl::string_view response);

// Deletes keys of the transaction's municipality that are older than kKeyLifetime, at most `limit`
// of them; returns how many.
absl::StatusOr<int64_t> DeleteOldKeys(pg::Transaction& transaction, int limit);

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_REGISTRATION_IDEMPOTENCY_STORE_H_
