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
    while (!idle_.empty()) WakeOne();
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
  if (!idle_.empty()) WakeOne();
  return true;
}

void WorkerPool::Run() {
  while (Work work = Take()) work();
}

WorkerPool::Work WorkerPool::Take() {
  absl::MutexLock lock(&mutex_);
  while (writes_.empty() && reads_.empty() && !stopping_) {
    Idle self;
    idle_.push_back(&self);
    while (!self.is_woken) self.woken.Wait(&mutex_);
  }
  std::deque<Work>& queue = writes_.empty() ? reads_ : writes_;
  if (queue.empty()) return nullptr;
  Work work = std::move(queue.front());
  queue.pop_front();
  return work;
}

void WorkerPool::WakeOne() {
  Idle& idle = *idle_.back();
  idle_.pop_back();
  idle.is_woken = true;
  idle.woken.Signal();
}

}  // namespace wissel::rpc
