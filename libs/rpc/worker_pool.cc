#include "libs/rpc/worker_pool.h"

namespace wissel::rpc {

WorkerPool::WorkerPool(int threads, int room) : room_(room) {
  threads_.reserve(threads);
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Run(); });
}

WorkerPool::~WorkerPool() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  for (std::thread& thread : threads_) thread.join();
}

bool WorkerPool::Submit(options::v1::Effect effect, Work work) {
  absl::MutexLock lock(&mutex_);
  if (effect == options::v1::EFFECT_WRITE) {
    if (writes_.size() >= room_) return false;
    writes_.push_back(std::move(work));
  } else {
    if (reads_.size() >= room_ / 2) return false;
    reads_.push_back(std::move(work));
  }
  return true;
}

void WorkerPool::Run() {
  while (true) {
    Work work;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(this, &WorkerPool::HasWork));
      std::deque<Work>& queue = writes_.empty() ? reads_ : writes_;
      if (queue.empty()) return;
      work = std::move(queue.front());
      queue.pop_front();
    }
    work();
  }
}

}  // namespace wissel::rpc
