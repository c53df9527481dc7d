#include "libs/health/background_responder.h"

#include "libs/http/secure_response.h"

namespace wissel::health {
namespace {

constexpr size_t kCapacity = 8;

http::Response Busy() { return http::UncachedResponse(503, "text/plain; charset=utf-8", "busy\n"); }

}  // namespace

BackgroundResponder::BackgroundResponder() : thread_([this] { Run(); }) {}

BackgroundResponder::~BackgroundResponder() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  thread_.join();
  absl::MutexLock lock(&mutex_);
  for (Job& job : jobs_) job.second.Respond(Busy());
}

void BackgroundResponder::Answer(std::function<http::Response()> work, http::Responder responder) {
  {
    absl::MutexLock lock(&mutex_);
    if (!stopping_ && jobs_.size() < kCapacity) {
      jobs_.emplace_back(std::move(work), std::move(responder));
      return;
    }
  }
  responder.Respond(Busy());
}

void BackgroundResponder::Run() {
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

}  // namespace wissel::health
