#include "services/cases/directory/directory_cache.h"

#include "libs/base/status.h"
#include "services/cases/directory/directory_store.h"

namespace wissel::cases {

std::shared_ptr<const Directory> DirectoryCache::Kept(absl::string_view tenant_id) {
  absl::MutexLock lock(&mutex_);
  const auto found = kept_.find(tenant_id);
  return found == kept_.end() ? nullptr : found->second;
}

absl::StatusOr<std::shared_ptr<const Directory>> DirectoryCache::GetFresh(
    pg::Transaction& transaction, absl::string_view tenant_id) {
  WISSEL_ASSIGN_OR_RETURN(const int64_t version, ReadDirectoryVersion(transaction));
  std::shared_ptr<const Directory> kept = Kept(tenant_id);
  if (kept != nullptr && kept->version == version) return kept;
  WISSEL_ASSIGN_OR_RETURN(std::shared_ptr<const Directory> read, ReadDirectory(transaction));
  absl::MutexLock lock(&mutex_);
  kept_[std::string(tenant_id)] = read;
  return read;
}

absl::StatusOr<std::shared_ptr<const Directory>> DirectoryCache::GetCached(
    pg::Transaction& transaction, absl::string_view tenant_id) {
  std::shared_ptr<const Directory> kept = Kept(tenant_id);
  if (kept != nullptr) return kept;
  return GetFresh(transaction, tenant_id);
}

absl::StatusOr<std::shared_ptr<const Directory>> DirectoryCache::GetWithTeam(
    pg::Transaction& transaction, absl::string_view tenant_id, absl::string_view team_id) {
  std::shared_ptr<const Directory> directory = Kept(tenant_id);
  if (directory == nullptr || directory->FindTeam(team_id) == nullptr) {
    WISSEL_ASSIGN_OR_RETURN(directory, GetFresh(transaction, tenant_id));
  }
  if (directory->FindTeam(team_id) == nullptr) return NoSuchTeam("team_id");
  return directory;
}

}  // namespace wissel::cases
