// Stores past cases.

#ifndef WISSEL_SERVICES_CASES_HISTORY_HISTORY_STORE_H_
#define WISSEL_SERVICES_CASES_HISTORY_HISTORY_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "libs/pg/pool.h"
#include "libs/rpc/principal.h"

namespace wissel::cases {

// A past case that can be stored; the types are those of the parameters of the statement.
struct PastCase {
  int64_t reference = 0;
  std::string source_id;
  int32_t channel = 0;
  std::string team_id;
  std::string topic_id;
  std::string subject;
  absl::Time opened_at;
  // InfiniteFuture: no norm held.
  absl::Time due_at;
  std::optional<absl::Time> closed_at;
  // Only the day of the end is known; not stored.
  bool closed_day_only = false;
  // 0 while it is open.
  int32_t outcome = 0;
  // The source gives no verdict.
  bool excluded = false;
  std::string neighbourhood;
  std::string postcode;
};

// A past case that is stored.
struct StoredPast {
  PastCase past;
  int64_t version = 0;
  // Something happened to it that no import did.
  bool worked_on = false;
};

// For the pool.
std::vector<pg::Statement> HistoryStatements();

// Stores the cases whose source ids are new, with their contacts and events, and notifies
// the screens; returns their references. REQUIRES: each source id once. Two imports at once cannot
// lock each other up: source ids are taken in order.
absl::StatusOr<absl::flat_hash_set<int64_t>> InsertPast(pg::Transaction& transaction,
                                                        absl::Span<const PastCase> rows,
                                                        const rpc::Principal& who);

// Has PostgreSQL count anew what its plans go by.
absl::Status AnalyzeHistory(pg::Transaction& transaction);

// Those of `source_ids` that are stored, by source id.
absl::StatusOr<absl::flat_hash_map<std::string, StoredPast>> FindPast(
    pg::Transaction& transaction, const std::vector<std::string>& source_ids);

// Gives cases the topic, subject, neighbourhood and postcode of `rows`, and their end, with its
// event, where they were open; returns the references of those that still had their version, and
// notifies the screens.
absl::StatusOr<absl::flat_hash_set<int64_t>> UpdatePast(pg::Transaction& transaction,
                                                        absl::Span<const StoredPast> rows,
                                                        const rpc::Principal& who);

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_HISTORY_HISTORY_STORE_H_
