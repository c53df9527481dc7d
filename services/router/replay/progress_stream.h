// Tells whoever waits for a replay how far it is.

#ifndef WISSEL_SERVICES_ROUTER_REPLAY_PROGRESS_STREAM_H_
#define WISSEL_SERVICES_ROUTER_REPLAY_PROGRESS_STREAM_H_

#include <memory>
#include <optional>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "libs/base/periodic_task.h"
#include "libs/rpc/server_stream.h"
#include "wissel/routing/v1/sop.pb.h"

namespace wissel::router {

// Repeats the last progress several times a second, also while the database is at work and there is
// no news. Thread-safe; owns one thread, from construction until destruction.
class ReplayProgressStream {
 public:
  using Stream = std::shared_ptr<rpc::ServerStream<routing::v1::ReplaySopResponse>>;

  explicit ReplayProgressStream(Stream stream);

  // What is told from now on; the first and the last at once. False: nobody listens any more.
  bool Tell(const routing::v1::ReplayProgress& progress) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void Repeat() ABSL_LOCKS_EXCLUDED(mutex_);
  void Push() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const Stream stream_;
  absl::Mutex mutex_;
  std::optional<routing::v1::ReplayProgress> progress_ ABSL_GUARDED_BY(mutex_);
  bool is_heard_ ABSL_GUARDED_BY(mutex_) = true;
  PeriodicTask task_;
};

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_REPLAY_PROGRESS_STREAM_H_
