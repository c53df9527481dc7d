// From draft to version: saving, checking, accepting, in force. Each a transaction in which other
// writers of the municipality wait, so that what was checked is what is stored.

#ifndef WISSEL_SERVICES_ROUTER_DRAFTS_DRAFTS_H_
#define WISSEL_SERVICES_ROUTER_DRAFTS_DRAFTS_H_

#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/municipality/snapshot_cache.h"
#include "libs/pg/pool.h"
#include "libs/rpc/principal.h"
#include "services/router/active/active_sop.h"
#include "wissel/routing/v1/sop.pb.h"

namespace wissel::router {

namespace v1 = ::wissel::routing::v1;

// What a draft became.
struct NewVersion {
  v1::PutDraftInForceResponse answer;
  // What holds afterwards.
  ActiveSopPtr active;
};

// Errors stand with the methods of SopService in the contract; besides those FAILED_PRECONDITION
// `draft_closed` for a draft that is in force or discarded, and those of pg::Pool. Thread-safe;
// keeps nothing. `pool` has DraftStatements(), SopStatements(), TeamFactsStatements() and those of
// the snapshot; it and `municipalities` outlive this. `who` names the municipality.
class Drafts {
 public:
  Drafts(pg::Pool& pool, municipality::SnapshotCache& municipalities)
      : pool_(pool), municipalities_(municipalities) {}

  // Based, from now on, on the latest version: what others changed meanwhile and this document
  // undoes is among what the teams concerned accept.
  absl::StatusOr<v1::SaveDraftResponse> Save(const rpc::Principal& who,
                                             const v1::SaveDraftRequest& request,
                                             absl::Time deadline);

  absl::StatusOr<v1::AcceptDraftResponse> Accept(const rpc::Principal& who,
                                                 const v1::AcceptDraftRequest& request,
                                                 absl::Time deadline);

  absl::StatusOr<NewVersion> PutInForce(const rpc::Principal& who,
                                        const v1::PutDraftInForceRequest& request,
                                        absl::Time deadline);

  absl::Status Discard(const rpc::Principal& who, int64_t draft_id, absl::Time deadline);

 private:
  pg::Pool& pool_;
  municipality::SnapshotCache& municipalities_;
};

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_DRAFTS_DRAFTS_H_
