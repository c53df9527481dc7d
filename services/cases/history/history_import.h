// Past cases of another system, with their own timestamps.

#ifndef WISSEL_SERVICES_CASES_HISTORY_HISTORY_IMPORT_H_
#define WISSEL_SERVICES_CASES_HISTORY_HISTORY_IMPORT_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/municipality/snapshot_cache.h"
#include "libs/pg/pool.h"
#include "libs/rpc/call.h"
#include "services/cases/history/history_store.h"
#include "wissel/cases/v1/cases.pb.h"

namespace wissel::cases {

// Cases in a request.
inline constexpr int kImportBatchMax = 1000;

// How long an end or a due moment may lie before the receipt: sources note them by the clocks of
// two systems, which differ by seconds, or by minutes where nobody sets them.
inline constexpr absl::Duration kClockDifferenceMax = absl::Minutes(5);

// Moves an end and a due moment that lie up to kClockDifferenceMax before the receipt to the
// receipt, and tells which. Whether it was in time stays as it was. Pure.
std::vector<v1::AdjustedCase> TakeAtReceipt(v1::ImportedCase& past);

// What is wrong with a past case: its first wrong field, why, and what would be right, in plain
// words; nothing if it can be stored. Texts are cleaned as they are stored (libs/text/clean.h).
// Pure. `now` is the clock of the database: nothing of the past lies after it. Without
// `municipality` any team will do.
std::optional<v1::RejectedCase> WrongWith(const v1::ImportedCase& past,
                                          const municipality::MunicipalitySnapshot* municipality,
                                          absl::Time now);

// Fields in which `given` differs from what is stored. Of a case that was worked on since it was
// imported only its end counts, while it is open: people here may have changed all else. Pure.
std::vector<std::string> ChangedFields(const PastCase& given, const StoredPast& stored,
                                       const v1::ImportCasesRequest& request);

// Thread-safe; holds no state. `pool` has HistoryStatements(), ReferenceStatements() and
// those of the snapshot; it and `municipalities` outlive the importer.
class HistoryImporter {
 public:
  HistoryImporter(pg::Pool& pool, municipality::SnapshotCache& municipalities)
      : pool_(pool), municipalities_(municipalities) {}

  // Stores the cases of a request in one transaction, with an event for the receipt and one for the
  // end, at their own moments. No mail is sent, and their due moments never move. Cases that cannot
  // be taken are listed in the response and the others are stored. With `validate_only` nothing is
  // stored.
  // INVALID_ARGUMENT `too_many` with field `cases`; errors of pg::Pool: nothing was stored then,
  // but for the last request of an import, whose rows may be stored when the statistics are
  // refused.
  //
  // Idempotency: a source id that is known counts as repeated, within a request as well, and
  // changes nothing unless the request asks for it. The same request again changes nothing.
  absl::Status Import(const rpc::Call& call, const v1::ImportCasesRequest& request,
                      v1::ImportCasesResponse* response);

 private:
  absl::Status ImportBatch(const rpc::Call& call, const v1::ImportCasesRequest& request,
                           v1::ImportCasesResponse* response);
  absl::Status Store(pg::Transaction& transaction, const rpc::Call& call,
                     const v1::ImportCasesRequest& request, v1::ImportCasesResponse& response);
  // As Store, without storing anything.
  absl::Status Validate(pg::Transaction& transaction, const rpc::Call& call,
                        const v1::ImportCasesRequest& request, v1::ImportCasesResponse& response);

  pg::Pool& pool_;
  municipality::SnapshotCache& municipalities_;
};

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_HISTORY_HISTORY_IMPORT_H_
