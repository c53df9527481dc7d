// The statements of registration: each takes a whole batch.

#ifndef WISSEL_SERVICES_CASES_REGISTRATION_REGISTRATION_STORE_H_
#define WISSEL_SERVICES_CASES_REGISTRATION_REGISTRATION_STORE_H_

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "libs/pg/pool.h"
#include "services/cases/registration/registration.h"

namespace wissel::cases {

// For the pool.
std::vector<pg::Statement> RegistrationStatements();

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

// What the rows of a batch were made with: the directory, and the local day of receipt, which the
// norms and due moments go by.
struct BatchPrecondition {
  int64_t directory_version = 0;
  absl::Time received_from;
  absl::Time received_before;
};

// What became of a batch.
struct Inserted {
  // False: the directory or the day has changed, and nothing was stored.
  bool precondition_held = false;
  // Moment of receipt: the start of the transaction, by the clock of the database.
  absl::Time received_at;
  // That were new, and are stored.
  absl::flat_hash_set<std::string> keys;
};

// Stores the rows whose keys are new, with all that belongs to them, if the precondition holds. A
// key that another transaction is writing is waited for. No two rows have the same key or message.
// Rows are locked in the same order by everybody: keys, then customers, then messages, each sorted;
// so two batches never wait for each other in a circle. FAILED_PRECONDITION `no_such_municipality`.
absl::StatusOr<Inserted> InsertNew(pg::Transaction& transaction, absl::Span<const NewCase> rows,
                                   const BatchPrecondition& precondition);

// The answer that a key got, and for which request.
struct StoredResponse {
  std::string request_hash;
  v1::RegisterContactResponse response;
};

// By key; keys that are not there are left out.
absl::StatusOr<absl::flat_hash_map<std::string, StoredResponse>> FindStoredResponses(
    pg::Transaction& transaction, const std::vector<std::string>& keys);

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_REGISTRATION_REGISTRATION_STORE_H_
