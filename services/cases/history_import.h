// Past cases of another system, with their own timestamps.

#ifndef WISSEL_SERVICES_CASES_HISTORY_IMPORT_H_
#define WISSEL_SERVICES_CASES_HISTORY_IMPORT_H_

#include <optional>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/pg/pool.h"
#include "libs/rpc/call.h"
#include "services/cases/directory_cache.h"
#include "wissel/cases/v1/cases.pb.h"

namespace wissel::cases {

// Cases in a request.
inline constexpr int kImportBatchMax = 1000;

// What is wrong with a past case: its first wrong field and why, in plain words; nothing if it can
// be stored. Texts are cleaned as they are stored (libs/text/clean.h). Pure. `now` is the clock of the database: nothing of the past lies after it.
std::optional<v1::RejectedCase> WrongWith(const v1::ImportedCase& past, const Directory& directory,
                                          absl::Time now);

// Thread-safe; holds no state. `pool` has HistoryStatements(), ReferenceStatements() and
// DirectoryStatements(); it and `directories` outlive the importer.
class HistoryImporter {
 public:
  HistoryImporter(pg::Pool& pool, DirectoryCache& directories)
      : pool_(pool), directories_(directories) {}

  // Stores the cases of a request in one transaction, with an event for the receipt and one for the
  // end, at their own moments. No mail is sent, and their due moments never move. Cases that cannot
  // be taken are listed in the response and the others are stored.
  // INVALID_ARGUMENT `too_many` with field `cases`; errors of pg::Pool: nothing was stored then.
  //
  // Idempotency: a source id that is known counts as repeated and changes nothing, within a request
  // as well. The same request again stores nothing.
  absl::Status Import(const rpc::Call& call, const v1::ImportCasesRequest& request,
                      v1::ImportCasesResponse* response);

 private:
  pg::Pool& pool_;
  DirectoryCache& directories_;
};

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_HISTORY_IMPORT_H_
