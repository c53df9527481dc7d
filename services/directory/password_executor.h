// Where calls run that hash a password.

#ifndef WISSEL_SERVICES_DIRECTORY_PASSWORD_EXECUTOR_H_
#define WISSEL_SERVICES_DIRECTORY_PASSWORD_EXECUTOR_H_

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/rpc/dispatcher.h"
#include "libs/rpc/worker_pool.h"

namespace wissel::directory {

// Two threads of its own, since two passwords at once is what memory and cores are given for, and a
// rush of people who sign in must not stall the others. Thread-safe; runs what it took before it is
// gone.
class PasswordExecutor {
 public:
  using Work = absl::AnyInvocable<absl::Status()>;

  // Ends the call with the result of `work`; with RESOURCE_EXHAUSTED `overloaded` when 64 wait
  // already; with DEADLINE_EXCEEDED, without running it, when its turn comes too late.
  void Run(absl::Time deadline, rpc::Dispatcher::Done done, Work work);

 private:
  static constexpr int kThreads = 2;
  static constexpr int kCapacity = 64;

  rpc::WorkerPool pool_{kThreads, kCapacity};
};

}  // namespace wissel::directory

#endif  // WISSEL_SERVICES_DIRECTORY_PASSWORD_EXECUTOR_H_
