#include "libs/municipality/snapshot_cache.h"

#include "libs/base/status.h"
#include "libs/municipality/snapshot_store.h"

namespace wissel::municipality {

std::shared_ptr<const MunicipalitySnapshot> SnapshotCache::Kept(absl::string_view tenant_id) {
  absl::MutexLock lock(&mutex_);
  const auto found = kept_.find(tenant_id);
  return found == kept_.end() ? nullptr : found->second;
}

absl::StatusOr<std::shared_ptr<const MunicipalitySnapshot>> SnapshotCache::GetFresh(
    pg::Transaction& transaction, absl::string_view tenant_id) {
  WISSEL_ASSIGN_OR_RETURN(const int64_t version, ReadVersion(transaction));
  std::shared_ptr<const MunicipalitySnapshot> kept = Kept(tenant_id);
  if (kept != nullptr && kept->version == version) return kept;
  WISSEL_ASSIGN_OR_RETURN(std::shared_ptr<const MunicipalitySnapshot> read,
                          ReadSnapshot(transaction));
  absl::MutexLock lock(&mutex_);
  kept_[std::string(tenant_id)] = read;
  return read;
}

absl::StatusOr<std::shared_ptr<const MunicipalitySnapshot>> SnapshotCache::GetCached(
    pg::Transaction& transaction, absl::string_view tenant_id) {
  std::shared_ptr<const MunicipalitySnapshot> kept = Kept(tenant_id);
  if (kept != nullptr) return kept;
  return GetFresh(transaction, tenant_id);
}

absl::StatusOr<std::shared_ptr<const MunicipalitySnapshot>> SnapshotCache::GetWithTeam(
    pg::Transaction& transaction, absl::string_view tenant_id, absl::string_view team_id) {
  std::shared_ptr<const MunicipalitySnapshot> snapshot = Kept(tenant_id);
  if (snapshot == nullptr || snapshot->FindTeam(team_id) == nullptr) {
    WISSEL_ASSIGN_OR_RETURN(snapshot, GetFresh(transaction, tenant_id));
  }
  if (snapshot->FindTeam(team_id) == nullptr) return NoSuchTeam("team_id");
  return snapshot;
}

}  // namespace wissel::municipality
