// Threads for handlers that wait for the database, with an end to how much may wait.

#ifndef WISSEL_LIBS_RPC_WORKER_POOL_H_
#define WISSEL_LIBS_RPC_WORKER_POOL_H_

#include <deque>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/synchronization/mutex.h"
#include "wissel/options/v1/options.pb.h"

namespace wissel::rpc {

// Thread-safe. Writes go before reads, and reads are refused first: at half the room. Work that was
// taken is run, also while the pool stops.
class WorkerPool {
 public:
  using Work = absl::AnyInvocable<void()>;

  WorkerPool(int threads, int room);
  // Runs what was taken, then joins.
  ~WorkerPool();

  // False when there is no room; `work` is not run then.
  bool Submit(options::v1::Effect effect, Work work);

 private:
  // A thread without work, until it is woken.
  struct Idle {
    absl::CondVar woken;
    bool is_woken = false;
  };

  void Run();
  // The next work; nothing when the pool stops and all is done.
  Work Take() ABSL_LOCKS_EXCLUDED(mutex_);
  void WakeOne() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const size_t room_;
  absl::Mutex mutex_;
  std::deque<Work> writes_ ABSL_GUARDED_BY(mutex_);
  std::deque<Work> reads_ ABSL_GUARDED_BY(mutex_);
  // The one that worked last is woken first: its caches are warm.
  std::vector<Idle*> idle_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace wissel::rpc

#endif  // WISSEL_LIBS_RPC_WORKER_POOL_H_
