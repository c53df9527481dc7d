// Residents who do not give up: clients that register contacts and repeat what was not
// acknowledged.

#ifndef WISSEL_TESTS_CHAOS_CLIENTS_H_
#define WISSEL_TESTS_CHAOS_CLIENTS_H_

#include <atomic>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace wissel::chaos {

// What the clients were promised: key of the registration -> reference that was acknowledged.
using Promises = std::map<std::string, int64_t>;

// `count` threads, from construction until Stop. Each makes a key, registers over the gateway, and
// repeats with the same key until it is acknowledged; then it goes on with the next.
class Clients {
 public:
  Clients(std::string url, std::string token, int count);
  ~Clients() { Stop(); }

  // Waits until every client has an acknowledgement for what it was sending, and ends them.
  // Afterwards nothing is under way: every key that was ever sent is among the promises.
  Promises Stop();

  // Acknowledgements so far.
  int64_t acknowledged() const { return acknowledged_; }
  // Tries that ended without one.
  int64_t failed_tries() const { return failed_tries_; }

 private:
  void Run(int number);

  const std::string url_;
  const std::string token_;
  const std::string run_;
  std::atomic<bool> stopping_ = false;
  std::atomic<int64_t> acknowledged_ = 0;
  std::atomic<int64_t> failed_tries_ = 0;
  absl::Mutex mutex_;
  Promises promises_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::thread> threads_;
};

}  // namespace wissel::chaos

#endif  // WISSEL_TESTS_CHAOS_CLIENTS_H_
