#include "services/gateway/background.h"

#include "services/gateway/answer.h"

namespace wissel::gateway {
namespace {

constexpr size_t kRoom = 8;

http::Response Busy() { return ApiAnswer(503, "text/plain; charset=utf-8", "busy\n"); }

}  // namespace

Background::Background() : thread_([this] { Run(); }) {}

Background::~Background() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  thread_.join();
  absl::MutexLock lock(&mutex_);
  for (Job& job : jobs_) job.second.Respond(Busy());
}

void Background::Answer(std::function<http::Response()> work, http::Responder responder) {
  {
    absl::MutexLock lock(&mutex_);
    if (!stopping_ && jobs_.size() < kRoom) {
      jobs_.emplace_back(std::move(work), std::move(responder));
      return;
    }
  }
  responder.Respond(Busy());
}

void Background::Run() {
  const auto has_news = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return stopping_ || !jobs_.empty();
  };
  absl::MutexLock lock(&mutex_);
  for (;;) {
    mutex_.Await(absl::Condition(&has_news));
    if (stopping_) return;
    Job job = std::move(jobs_.front());
    jobs_.pop_front();
    mutex_.Unlock();
    job.second.Respond(job.first());
    mutex_.Lock();
  }
}

}  // namespace wissel::gateway
