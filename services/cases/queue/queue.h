// What lies in the queues, and single cases. Each method is one RPC of wissel.cases.v1.CaseService
// whose name it shares. Nothing is written.
//
// Who may read what: the KCC every team's queue and case, managers every team's queue, others those
// of their own teams; else PERMISSION_DENIED `not_in_team`.

#ifndef WISSEL_SERVICES_CASES_QUEUE_QUEUE_H_
#define WISSEL_SERVICES_CASES_QUEUE_QUEUE_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/base/clock.h"
#include "libs/municipality/snapshot_cache.h"
#include "libs/pg/pool.h"
#include "libs/rpc/call.h"
#include "services/cases/queue/queue_store.h"
#include "wissel/cases/v1/cases.pb.h"

namespace wissel::cases {

// What a page of `page_size` cases is: 50 if 0; INVALID_ARGUMENT `out_of_range` with field
// `page_size` outside 1 to 200.
absl::StatusOr<int> PageSize(int32_t page_size);

// Thread-safe; keeps what it counted. `pool` has QueueStatements() and those of the snapshot; it
// and `municipalities` outlive the reader. `clock` says what is overdue and which day is today; due
// moments themselves are stored.
class QueueReader {
 public:
  QueueReader(pg::Pool& pool, municipality::SnapshotCache& municipalities, const Clock& clock)
      : pool_(pool), municipalities_(municipalities), clock_(clock) {}

  // A page by due moment and reference. Pages hang together by the last case of the one before, so
  // that a case that comes or goes meanwhile never makes another one appear twice or not at all.
  // INVALID_ARGUMENT `invalid_page_token` for a token of another team or municipality as well;
  // NOT_FOUND `no_such_team` with field `team_id`.
  //
  // Performance: one round trip, whatever the length of the queue; another one that counts, if the
  // queue has changed since it was counted (docs/queues.md).
  absl::Status ListQueue(const rpc::Call& call, const v1::ListQueueRequest& request,
                         v1::ListQueueResponse* response);

  // Counts of the teams whose queue one may read.
  absl::Status CountQueues(const rpc::Call& call, const v1::CountQueuesRequest& request,
                           v1::CountQueuesResponse* response);

  // NOT_FOUND `no_such_case` with field `reference`.
  absl::Status GetCase(const rpc::Call& call, const v1::GetCaseRequest& request,
                       v1::GetCaseResponse* response);

 private:
  pg::Pool& pool_;
  municipality::SnapshotCache& municipalities_;
  const Clock& clock_;
  QueueCounter counter_;
};

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_QUEUE_QUEUE_H_
