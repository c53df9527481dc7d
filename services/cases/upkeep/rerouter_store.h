// The statements of the rerouter: each takes many cases.

#ifndef WISSEL_SERVICES_CASES_UPKEEP_REROUTER_STORE_H_
#define WISSEL_SERVICES_CASES_UPKEEP_REROUTER_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "libs/pg/pool.h"
#include "wissel/common/v1/common.pb.h"
#include "wissel/routing/v1/routing.pb.h"

namespace wissel::cases {

// A case that waits for the router, as far as routing looks at it.
struct PendingCase {
  int64_t reference = 0;
  int64_t version = 0;
  common::v1::Channel channel = common::v1::CHANNEL_UNSPECIFIED;
  std::string team_id;
  std::string topic_id;
  std::string subject;
  std::string question;
  bool is_business = false;
  bool is_urgent = false;
  std::string neighbourhood;
  std::string postcode;
  absl::Time received_at;
  absl::Time due_at;
};

// What the router said about it.
struct DecidedCase {
  PendingCase pending;
  routing::v1::Decision decision;
};

// What to change; the types are those of the parameters of the statement.
struct RoutedCase {
  int64_t reference = 0;
  // That the decision was made for; a case that has another by now is left alone.
  int64_t version = 0;
  std::string team_id;
  absl::Time due_at;
  bool due_moved = false;
  std::optional<int64_t> norm_working_days;
  bool norm_statutory = false;
  bool first_attempt_counts = false;
  int64_t calendar_version = 0;
  // Serialized Decision.
  pg::Bytes decision;
  // Of the decision, apart.
  std::string rule_id;
  int64_t sop_version = 0;
  std::string reason;
};

// For the pool.
std::vector<pg::Statement> RerouterStatements();

// The first `limit` cases with a reference above `after` that wait and that nobody has in hand, by
// reference.
absl::StatusOr<std::vector<PendingCase>> ReadPending(pg::Transaction& transaction, int64_t after,
                                                     int limit);

// Receipt of the oldest of them; absl::InfiniteFuture if there is none.
absl::StatusOr<absl::Time> ReadOldestPending(pg::Transaction& transaction);

// Moves the cases that still wait, with their events, and notifies the screens if there are any;
// returns how many. What the sender was told stays known.
absl::StatusOr<int> MoveRouted(pg::Transaction& transaction, absl::Span<const RoutedCase> routed);

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_UPKEEP_REROUTER_STORE_H_
