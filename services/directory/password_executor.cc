#include "services/directory/password_executor.h"

#include <memory>
#include <utility>

#include "absl/time/clock.h"
#include "libs/base/status.h"

namespace wissel::directory {

void PasswordExecutor::Run(absl::Time deadline, rpc::Dispatcher::Done done, Work work) {
  // Shared, since the pool destroys what it does not take.
  auto shared = std::make_shared<rpc::Dispatcher::Done>(std::move(done));
  const bool taken =
      pool_.Submit(options::v1::EFFECT_WRITE, [deadline, shared, work = std::move(work)]() mutable {
        if (deadline < absl::Now()) {
          return (*shared)(absl::DeadlineExceededError("no time left when the call's turn came"));
        }
        (*shared)(work());
      });
  if (taken) return;
  (*shared)(Error(absl::StatusCode::kResourceExhausted, "overloaded",
                  "too many people sign in at once; try again in a moment", "",
                  {{"retry_after_ms", "1000"}}));
}

}  // namespace wissel::directory
