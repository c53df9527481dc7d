#include "services/cases/registration/group_committer.h"

#include <iterator>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "services/cases/registration/registration.h"

namespace wissel::cases {
namespace {

// The keys and messages of a batch. Requests with the same one may not share a batch: the second
// is answered with what became of the first.
class DuplicateKeys {
 public:
  // False if `request` has the key or the message of one that was added before.
  bool Add(const v1::RegisterContactRequest& request) {
    const v1::Contact& contact = request.contact();
    const auto message =
        std::make_tuple(static_cast<int>(contact.channel()), absl::string_view(contact.account()),
                        absl::string_view(contact.external_id()));
    if (keys_.contains(request.idempotency_key())) return false;
    if (!contact.external_id().empty() && !messages_.insert(message).second) return false;
    keys_.insert(request.idempotency_key());
    return true;
  }

 private:
  absl::flat_hash_set<absl::string_view> keys_;
  absl::flat_hash_set<std::tuple<int, absl::string_view, absl::string_view>> messages_;
};

absl::Status Overloaded() {
  return Error(absl::StatusCode::kResourceExhausted, "overloaded",
               "too many contacts wait to be registered; try again in a moment", "",
               {{"retry_after_ms", "500"}});
}

}  // namespace

GroupCommitter::GroupCommitter(RegistrationWriter& writer, GroupCommitterOptions options)
    : writer_(writer), options_(options) {
  for (int i = 0; i < options_.batches_in_flight; ++i) threads_.emplace_back([this] { Run(); });
}

GroupCommitter::~GroupCommitter() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  for (std::thread& thread : threads_) thread.join();
}

void GroupCommitter::Register(const rpc::Call& call, const v1::RegisterContactRequest& request,
                              v1::RegisterContactResponse* response, rpc::Dispatcher::Done done) {
  absl::Status status = CheckRequest(request);
  if (status.ok()) {
    absl::MutexLock lock(&mutex_);
    if (waiting_ < options_.capacity) {
      ++waiting_;
      std::unique_ptr<TenantQueue>& queue = queues_[call.tenant_id()];
      if (queue == nullptr) queue = std::make_unique<TenantQueue>();
      if (queue->waiting.empty() && !queue->busy) turns_.push_back(queue.get());
      queue->waiting.push_back({call, &request, response, std::move(done)});
      return;
    }
    status = Overloaded();
  }
  done(std::move(status));
}

void GroupCommitter::Run() {
  TenantQueue* queue = nullptr;
  for (Batch batch = TakeBatch(queue); !batch.empty(); batch = TakeBatch(queue)) {
    Commit(*queue, std::move(batch));
  }
}

GroupCommitter::Batch GroupCommitter::TakeBatch(TenantQueue*& queue) {
  Batch batch;
  absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(this, &GroupCommitter::HasWork));
  if (turns_.empty()) return batch;
  queue = turns_.front();
  turns_.pop_front();
  queue->busy = true;

  DuplicateKeys duplicates;
  Batch put_back;
  Batch& waiting = queue->waiting;
  while (!waiting.empty() && batch.size() < static_cast<size_t>(options_.batch_size_max)) {
    Batch& destination = duplicates.Add(*waiting.front().request) ? batch : put_back;
    destination.push_back(std::move(waiting.front()));
    waiting.pop_front();
  }
  waiting.insert(waiting.begin(), std::make_move_iterator(put_back.begin()),
                 std::make_move_iterator(put_back.end()));
  waiting_ -= static_cast<int>(batch.size());
  return batch;
}

void GroupCommitter::AllowNextBatch(TenantQueue& queue) {
  absl::MutexLock lock(&mutex_);
  queue.busy = false;
  if (!queue.waiting.empty()) turns_.push_back(&queue);
}

void GroupCommitter::Commit(TenantQueue& queue, Batch batch) {
  std::vector<Job*> live;
  std::vector<Submission> submissions;
  const absl::Time began = absl::Now();
  for (Job& job : batch) {
    if (job.call.deadline < began) {
      job.done(absl::DeadlineExceededError("no turn to be registered came in time"));
      continue;
    }
    live.push_back(&job);
    submissions.push_back({.request = job.request, .who = job.call.principal.get()});
  }
  if (!live.empty()) {
    writer_.Register(live.front()->call.tenant_id(), absl::MakeSpan(submissions));
  }
  AllowNextBatch(queue);
  for (size_t i = 0; i < live.size(); ++i) {
    absl::StatusOr<v1::RegisterContactResponse>& answer = submissions[i].answer;
    if (answer.ok()) *live[i]->response = *std::move(answer);
    live[i]->done(answer.status());
  }
}

}  // namespace wissel::cases
