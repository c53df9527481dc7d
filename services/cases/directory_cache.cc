#include "services/cases/directory_cache.h"

#include "libs/base/status.h"
#include "services/cases/directory_store.h"

namespace wissel::cases {

absl::StatusOr<std::shared_ptr<const Directory>> DirectoryCache::At(pg::Transaction& transaction,
                                                                    absl::string_view tenant_id,
                                                                    int64_t version) {
  {
    absl::MutexLock lock(&mutex_);
    const auto found = kept_.find(tenant_id);
    if (found != kept_.end() && found->second->version == version) return found->second;
  }
  WISSEL_ASSIGN_OR_RETURN(std::shared_ptr<const Directory> read, ReadDirectory(transaction));
  absl::MutexLock lock(&mutex_);
  kept_[std::string(tenant_id)] = read;
  return read;
}

absl::StatusOr<std::shared_ptr<const Directory>> DirectoryCache::Now(pg::Transaction& transaction,
                                                                     absl::string_view tenant_id) {
  WISSEL_ASSIGN_OR_RETURN(const int64_t version, ReadDirectoryVersion(transaction));
  return At(transaction, tenant_id, version);
}

}  // namespace wissel::cases
