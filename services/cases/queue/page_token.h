// Where a page of a queue ended, as the client gets it. Opaque to the client, bound to the
// municipality and the team. It guards against mixing up queues, not against reading them: what a
// caller may read is decided anew for every page. Pure and thread-safe.

#ifndef WISSEL_SERVICES_CASES_QUEUE_PAGE_TOKEN_H_
#define WISSEL_SERVICES_CASES_QUEUE_PAGE_TOKEN_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace wissel::cases {

// A case's place in its queue.
struct QueuePosition {
  // InfiniteFuture: no norm holds.
  absl::Time due_at;
  int64_t reference = 0;
};

std::string WritePageToken(absl::string_view tenant_id, absl::string_view team_id,
                           const QueuePosition& last);

// INVALID_ARGUMENT `invalid_page_token` with field `page_token` for anything that WritePageToken
// did not make for this municipality and team.
absl::StatusOr<QueuePosition> ReadPageToken(absl::string_view tenant_id, absl::string_view team_id,
                                            absl::string_view token);

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_QUEUE_PAGE_TOKEN_H_
