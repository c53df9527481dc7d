#include "libs/rpc/stream_places.h"

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"

namespace wissel::rpc {

absl::StatusOr<StreamPlaces::Place> StreamPlaces::Take(const Principal& principal) {
  std::string account = absl::StrCat(principal.tenant_id, " ", principal.account_id);
  {
    absl::MutexLock lock(&mutex_);
    int& count = taken_.try_emplace(account, 0).first->second;
    if (count >= per_account_) {
      return Error(absl::StatusCode::kResourceExhausted, "too_many_streams",
                   absl::StrCat("this account has ", per_account_,
                                " live views open, which is the limit; close some of them"),
                   "", {{"limit", absl::StrCat(per_account_)}, {"retry_after_ms", "5000"}});
    }
    ++count;
  }
  return Place(nullptr, [this, account = std::move(account)](void*) { GiveBack(account); });
}

void StreamPlaces::GiveBack(const std::string& account) {
  absl::MutexLock lock(&mutex_);
  const auto count = taken_.find(account);
  if (--count->second == 0) taken_.erase(count);
}

}  // namespace wissel::rpc
