// Keeps open screens up to date: a snapshot of a queue, and then every change to it.
//
// One thread feeds all streams of the process. NOTIFY `wissel_cases` wakes it; notifications within
// 100 ms are one. For each municipality that somebody watches it reads the events that are new
// (watch_store.h), loads the cases that they touch once, and tells the streams of the teams that
// hold them or held them before. A stream that comes gets its snapshot from that same thread, after
// the place from which the events are read on: nothing falls between, and no older state of a case
// ever follows a newer one. What a stream is told can be told again: a change holds the whole row.
//
// A sweep goes over everything without being rung, since counts change by the hour (overdue, due
// today) and a notification can be lost with its connection. While the database is away streams
// stay open, and catch up afterwards.

#ifndef WISSEL_SERVICES_CASES_QUEUE_QUEUE_WATCH_H_
#define WISSEL_SERVICES_CASES_QUEUE_QUEUE_WATCH_H_

#include <memory>
#include <string>

#include "absl/time/time.h"
#include "libs/base/clock.h"
#include "libs/municipality/snapshot_cache.h"
#include "libs/pg/pool.h"
#include "libs/rpc/call.h"
#include "libs/rpc/server_stream.h"
#include "wissel/cases/v1/cases.pb.h"

namespace wissel::cases {

// How often it looks.
struct WatchOptions {
  // For LISTEN: the role of the service.
  std::string conninfo;
  // Notifications closer together than this are one.
  absl::Duration pause = absl::Milliseconds(100);
  // Without a notification.
  absl::Duration sweep_every = absl::Seconds(5);
  // A stream ends without an error and its client calls again, so that who has signed out or left
  // the team meanwhile sees no more.
  absl::Duration renew_after = absl::Minutes(2);
};

// Thread-safe. What it is made with outlives it; `pool` has the statements of the stores of queues,
// watching and the directory.
class QueueWatcher {
 public:
  QueueWatcher(pg::Pool& pool, municipality::SnapshotCache& municipalities, const Clock& clock,
               WatchOptions options);
  // Ends all streams with UNAVAILABLE `restarting`: the clients call again.
  ~QueueWatcher();

  // Returns at once; the stream lives on until it is to be renewed, the client leaves or falls too
  // far behind, or its session ends (UNAUTHENTICATED `session_ended`). Errors end it: those of
  // QueueReader::ListQueue.
  void Watch(const rpc::Call& call, const v1::WatchQueueRequest& request,
             std::shared_ptr<rpc::ServerStream<v1::WatchQueueResponse>> stream);

 private:
  class Hub;
  std::unique_ptr<Hub> hub_;
};

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_QUEUE_QUEUE_WATCH_H_
