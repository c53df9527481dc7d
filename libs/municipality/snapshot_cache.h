// The snapshot of each municipality, kept while the directory does not change.

#ifndef WISSEL_LIBS_MUNICIPALITY_SNAPSHOT_CACHE_H_
#define WISSEL_LIBS_MUNICIPALITY_SNAPSHOT_CACHE_H_

#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "libs/municipality/municipality_snapshot.h"
#include "libs/pg/pool.h"

namespace wissel::municipality {

// Thread-safe. Holds one snapshot a municipality, some tens of kilobytes each. Pools whose
// transactions it is asked with have SnapshotStatements().
class SnapshotCache {
 public:
  // The municipality as `transaction` sees it; read if the one that is kept has another version.
  // `tenant_id` is the municipality of the transaction. FAILED_PRECONDITION `no_such_municipality`.
  absl::StatusOr<std::shared_ptr<const MunicipalitySnapshot>> GetFresh(pg::Transaction& transaction,
                                                                       absl::string_view tenant_id);

  // The one that is kept, which may be stale: for whoever checks its version with the statement
  // that uses it, or needs of it only the time zone. As GetFresh if none is kept.
  absl::StatusOr<std::shared_ptr<const MunicipalitySnapshot>> GetCached(
      pg::Transaction& transaction, absl::string_view tenant_id);

  // As GetCached, but read again if the one that is kept does not know the team. NOT_FOUND
  // `no_such_team` with field `team_id`.
  absl::StatusOr<std::shared_ptr<const MunicipalitySnapshot>> GetWithTeam(
      pg::Transaction& transaction, absl::string_view tenant_id, absl::string_view team_id);

 private:
  std::shared_ptr<const MunicipalitySnapshot> Kept(absl::string_view tenant_id)
      ABSL_LOCKS_EXCLUDED(mutex_);

  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, std::shared_ptr<const MunicipalitySnapshot>> kept_
      ABSL_GUARDED_BY(mutex_);
};

}  // namespace wissel::municipality

#endif  // WISSEL_LIBS_MUNICIPALITY_SNAPSHOT_CACHE_H_
