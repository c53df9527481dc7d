// Questions about an SOP that is in force, was, will be, or is only a text. Writes nothing.

#ifndef WISSEL_SERVICES_ROUTER_SOP_QUERIES_H_
#define WISSEL_SERVICES_ROUTER_SOP_QUERIES_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/municipality/snapshot_cache.h"
#include "libs/pg/pool.h"
#include "services/router/active/active_sop.h"
#include "services/router/replay/replay_runner.h"
#include "wissel/routing/v1/sop.pb.h"

namespace wissel::router {

namespace v1 = ::wissel::routing::v1;

// An SOP that was chosen.
struct ChosenSop {
  std::string document;
  // 0 for drafts and texts.
  int64_t version = 0;
};

// The text that `selector` means; the SOP in force when nothing is set. NOT_FOUND `no_sop`,
// `no_draft`.
absl::StatusOr<ChosenSop> Choose(pg::Transaction& transaction, const v1::SopSelector& selector);

// Errors stand with the methods of SopService in the contract, and are those of pg::Pool besides.
// Thread-safe; keeps nothing. `pool` has the statements of all stores here; it and `municipalities`
// outlive this.
class SopQueries {
 public:
  SopQueries(pg::Pool& pool, municipality::SnapshotCache& municipalities)
      : pool_(pool), municipalities_(municipalities) {}

  absl::StatusOr<v1::CheckSopResponse> Check(absl::string_view tenant_id,
                                             const v1::CheckSopRequest& request,
                                             absl::Time deadline);
  absl::StatusOr<v1::DiffSopResponse> Diff(absl::string_view tenant_id,
                                           const v1::DiffSopRequest& request, absl::Time deadline);
  absl::StatusOr<v1::ExplainDecisionResponse> Explain(absl::string_view tenant_id,
                                                      const v1::ExplainDecisionRequest& request,
                                                      absl::Time deadline);
  absl::StatusOr<v1::ProposeSopResponse> Propose(absl::string_view tenant_id,
                                                 const v1::ProposeSopRequest& request,
                                                 absl::Time deadline);
  // As RunReplay; takes at most five minutes.
  absl::StatusOr<v1::ReplayResult> Replay(absl::string_view tenant_id,
                                          const v1::ReplaySopRequest& request, absl::Time deadline,
                                          ReplayReport report);

 private:
  pg::Pool& pool_;
  municipality::SnapshotCache& municipalities_;
};

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_SOP_QUERIES_H_
