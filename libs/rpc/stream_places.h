// How many streams one account may have open: each costs memory and work for as long as it lives,
// and a client can open a thousand.

#ifndef WISSEL_LIBS_RPC_STREAM_PLACES_H_
#define WISSEL_LIBS_RPC_STREAM_PLACES_H_

#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "libs/rpc/principal.h"

namespace wissel::rpc {

// Counts the streams of this process by account. Thread-safe.
class StreamPlaces {
 public:
  // Taken until the last copy goes; it must not outlive the StreamPlaces.
  using Place = std::shared_ptr<void>;

  explicit StreamPlaces(int per_account) : per_account_(per_account) {}

  // RESOURCE_EXHAUSTED `too_many_streams` with the fact `limit` when the account has as many as it
  // may. Those that it has go on: to close one of them would only make its client call again.
  absl::StatusOr<Place> Take(const Principal& principal) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void GiveBack(const std::string& account) ABSL_LOCKS_EXCLUDED(mutex_);

  const int per_account_;
  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, int> taken_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wissel::rpc

#endif  // WISSEL_LIBS_RPC_STREAM_PLACES_H_
