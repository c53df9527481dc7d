// One thread for answers that take a moment, so that no io thread waits for them.

#ifndef WISSEL_LIBS_HEALTH_BACKGROUND_RESPONDER_H_
#define WISSEL_LIBS_HEALTH_BACKGROUND_RESPONDER_H_

#include <deque>
#include <functional>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "libs/http/responder.h"

namespace wissel::health {

// Answers one after another; thread-safe. Only a few can wait: probes that pile up while an answer
// is slow are told so at once.
class BackgroundResponder {
 public:
  BackgroundResponder();
  // Finishes what is being worked on; what waits is answered 503.
  ~BackgroundResponder();

  // Gives `responder` what `work` makes, or 503 if there is no room.
  void Answer(std::function<http::Response()> work, http::Responder responder)
      ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  using Job = std::pair<std::function<http::Response()>, http::Responder>;

  void Run() ABSL_LOCKS_EXCLUDED(mutex_);

  absl::Mutex mutex_;
  std::deque<Job> jobs_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace wissel::health

#endif  // WISSEL_LIBS_HEALTH_BACKGROUND_RESPONDER_H_
