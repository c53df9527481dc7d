// Group commit: contacts of a municipality that arrive while its last batch is on its way form the
// next one. No thread waits for a contact.

#ifndef WISSEL_SERVICES_CASES_REGISTRATION_GROUP_COMMITTER_H_
#define WISSEL_SERVICES_CASES_REGISTRATION_GROUP_COMMITTER_H_

#include <deque>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "libs/rpc/call.h"
#include "libs/rpc/dispatcher.h"
#include "services/cases/registration/registration_writer.h"
#include "wissel/cases/v1/cases.pb.h"

namespace wissel::cases {

// What a committer may take on.
struct GroupCommitterOptions {
  // Batches on their way at once, each of another municipality; a thread and a database connection
  // each.
  int batches_in_flight = 2;
  // Contacts in a batch.
  int batch_size_max = 128;
  // Contacts that wait, for all municipalities together.
  int capacity = 4096;
};

// Thread-safe. Municipalities take turns, a batch each, so that a busy one does not starve another.
// `writer` outlives the committer.
//
// A contact that comes alone is committed at once. A municipality's next batch begins as soon as
// the last one is stored, while that is being answered: the database is what all wait for.
class GroupCommitter {
 public:
  GroupCommitter(RegistrationWriter& writer, GroupCommitterOptions options);
  // Answers what was taken, then joins.
  ~GroupCommitter();

  // Registers `request` for the principal of `call` and calls `done` once, from a thread of the
  // committer or at once when it is refused. `request` and `response` live until then.
  //
  // INVALID_ARGUMENT as CheckRequest says; RESOURCE_EXHAUSTED `overloaded` beyond the capacity;
  // DEADLINE_EXCEEDED if no turn came in time: nothing was written then; else as RegistrationWriter
  // says.
  void Register(const rpc::Call& call, const v1::RegisterContactRequest& request,
                v1::RegisterContactResponse* response, rpc::Dispatcher::Done done);

 private:
  struct Job {
    rpc::Call call;
    const v1::RegisterContactRequest* request;
    v1::RegisterContactResponse* response;
    rpc::Dispatcher::Done done;
  };
  using Batch = std::deque<Job>;

  // The contacts of one municipality that wait for their batch.
  struct TenantQueue {
    Batch waiting;
    // A batch of it is on its way, so that it is not in `turns_`.
    bool busy = false;
  };

  void Run();
  bool HasWork() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return stopping_ || !turns_.empty();
  }
  // The next batch of the municipality whose turn it is, which is busy from then on; nothing when
  // the committer stops. `queue` is set to its queue.
  Batch TakeBatch(TenantQueue*& queue) ABSL_LOCKS_EXCLUDED(mutex_);
  // Stores a batch of `queue`, lets the next one begin, and answers.
  void Commit(TenantQueue& queue, Batch batch);
  void AllowNextBatch(TenantQueue& queue) ABSL_LOCKS_EXCLUDED(mutex_);

  RegistrationWriter& writer_;
  const GroupCommitterOptions options_;
  absl::Mutex mutex_;
  // By municipality; the queues are never moved or removed.
  absl::flat_hash_map<std::string, std::unique_ptr<TenantQueue>> queues_ ABSL_GUARDED_BY(mutex_);
  // Queues that are not empty and not busy, in the order of their turns.
  std::deque<TenantQueue*> turns_ ABSL_GUARDED_BY(mutex_);
  // In all queues.
  int waiting_ ABSL_GUARDED_BY(mutex_) = 0;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_REGISTRATION_GROUP_COMMITTER_H_
