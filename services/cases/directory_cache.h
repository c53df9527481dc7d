// The directory of each municipality, kept while it does not change.

#ifndef WISSEL_SERVICES_CASES_DIRECTORY_CACHE_H_
#define WISSEL_SERVICES_CASES_DIRECTORY_CACHE_H_

#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "libs/pg/pool.h"
#include "services/cases/directory.h"

namespace wissel::cases {

// Never stale: whoever asks names the version that its own transaction has read. Thread-safe.
// Holds one directory a municipality, some tens of kilobytes each.
class DirectoryCache {
 public:
  // The directory of `tenant_id`, the municipality of `transaction`, at `version` or later; read
  // in this transaction if the one that is kept has another version.
  absl::StatusOr<std::shared_ptr<const Directory>> At(pg::Transaction& transaction,
                                                      absl::string_view tenant_id, int64_t version);

  // The same, for a transaction that has not read the version yet: costs one statement more.
  // FAILED_PRECONDITION `no_such_municipality`.
  absl::StatusOr<std::shared_ptr<const Directory>> Now(pg::Transaction& transaction,
                                                       absl::string_view tenant_id);

 private:
  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, std::shared_ptr<const Directory>> kept_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_DIRECTORY_CACHE_H_
