// What was registered before: by its message, and by its key.

#ifndef WISSEL_SERVICES_CASES_REGISTRATION_FIRST_REGISTRATION_STORE_H_
#define WISSEL_SERVICES_CASES_REGISTRATION_FIRST_REGISTRATION_STORE_H_

#include <map>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "libs/pg/pool.h"
#include "wissel/cases/v1/cases.pb.h"

namespace wissel::cases {

// For the pool.
std::vector<pg::Statement> FirstRegistrationStatements();

// A message as its channel names it.
struct MessageId {
  int32_t channel;
  std::string account;
  std::string external_id;

  friend auto operator<=>(const MessageId&, const MessageId&) = default;
};

// First registrations of those messages that are registered. Its answer is a hint that saves work:
// what decides is the unique index `contact_message`.
absl::StatusOr<std::map<MessageId, v1::RegisterContactResponse>> FindMessages(
    pg::Transaction& transaction, absl::Span<const MessageId> messages);

// The answer that a key got, and for which request.
struct StoredResponse {
  std::string request_hash;
  v1::RegisterContactResponse response;
};

// By key; keys that are not there, or that are older than idempotency::kKeyLifetime, are left out.
// Of a contact the answer is made again from its rows.
absl::StatusOr<absl::flat_hash_map<std::string, StoredResponse>> FindStoredResponses(
    pg::Transaction& transaction, const std::vector<std::string>& keys);

// Takes those keys from contacts that are older than idempotency::kKeyLifetime, so that others may
// have them.
absl::Status FreeOldKeys(pg::Transaction& transaction, const std::vector<std::string>& keys);

// A key that came with a message that had been registered before.
struct RepeatedMessage {
  std::string key;
  std::string request_hash;
  // The first registration.
  v1::RegisterContactResponse response;
};

// Keeps their keys with these answers; keys that are there already stay as they are.
absl::Status StoreRepeats(pg::Transaction& transaction, absl::Span<const RepeatedMessage> repeats);

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_REGISTRATION_FIRST_REGISTRATION_STORE_H_
