// gRPC adapter of the life of an SOP; proto/wissel/routing/v1/sop.proto is its contract.

#ifndef WISSEL_SERVICES_ROUTER_SOP_SERVICE_H_
#define WISSEL_SERVICES_ROUTER_SOP_SERVICE_H_

#include <atomic>
#include <memory>

#include "libs/municipality/snapshot_cache.h"
#include "libs/pg/pool.h"
#include "libs/rpc/dispatcher.h"
#include "services/router/active/active_sop_cache.h"
#include "services/router/drafts/drafts.h"
#include "services/router/sop_queries.h"
#include "wissel/routing/v1/sop.grpc.pb.h"

namespace wissel::router {

namespace v1 = ::wissel::routing::v1;

// Thread-safe. What it is made with outlives it. Everything runs on the worker pool. Replays are
// many seconds of work, so at most kMostReplays run at once: RESOURCE_EXHAUSTED `replay_busy`.
class SopService final : public v1::SopService::CallbackService {
 public:
  using Reactor = grpc::ServerUnaryReactor;
  using Context = grpc::CallbackServerContext;

  static constexpr int kMostReplays = 2;

  // In the .cc: whoever sees the body compiles a class template of gRPC for every method.
  SopService(pg::Pool& pool, municipality::SnapshotCache& municipalities, ActiveSopCache& cache,
             rpc::Dispatcher& dispatcher);

  // Questions.
  Reactor* CheckSop(Context* context, const v1::CheckSopRequest* request,
                    v1::CheckSopResponse* response) override;
  Reactor* DiffSop(Context* context, const v1::DiffSopRequest* request,
                   v1::DiffSopResponse* response) override;
  Reactor* ExplainDecision(Context* context, const v1::ExplainDecisionRequest* request,
                           v1::ExplainDecisionResponse* response) override;
  Reactor* ProposeSop(Context* context, const v1::ProposeSopRequest* request,
                      v1::ProposeSopResponse* response) override;
  grpc::ServerWriteReactor<v1::ReplaySopResponse>* ReplaySop(
      Context* context, const v1::ReplaySopRequest* request) override;

  // Lists.
  Reactor* ListSopVersions(Context* context, const v1::ListSopVersionsRequest* request,
                           v1::ListSopVersionsResponse* response) override;
  Reactor* ListDrafts(Context* context, const v1::ListDraftsRequest* request,
                      v1::ListDraftsResponse* response) override;
  Reactor* GetDraft(Context* context, const v1::GetDraftRequest* request,
                    v1::GetDraftResponse* response) override;

  // Changes.
  Reactor* SaveDraft(Context* context, const v1::SaveDraftRequest* request,
                     v1::SaveDraftResponse* response) override;
  Reactor* AcceptDraft(Context* context, const v1::AcceptDraftRequest* request,
                       v1::AcceptDraftResponse* response) override;
  Reactor* PutDraftInForce(Context* context, const v1::PutDraftInForceRequest* request,
                           v1::PutDraftInForceResponse* response) override;
  Reactor* DiscardDraft(Context* context, const v1::DiscardDraftRequest* request,
                        v1::DiscardDraftResponse* response) override;

 private:
  using ReplayStream = std::shared_ptr<rpc::ServerStream<v1::ReplaySopResponse>>;

  // `handler(const Call&, const Request&) -> absl::StatusOr<Response>` on the worker pool.
  template <typename Request, typename Response, typename Handler>
  Reactor* Answer(Context* context, const Request* request, Response* response, Handler handler);
  // `handler(pg::Transaction&, const Request&, Response*)` in one read transaction.
  template <typename Request, typename Response, typename Handler>
  Reactor* Read(Context* context, const Request* request, Response* response, Handler handler);
  absl::Status Replay(const rpc::Call& call, const v1::ReplaySopRequest& request,
                      const ReplayStream& stream);

  pg::Pool& pool_;
  ActiveSopCache& cache_;
  rpc::Dispatcher& dispatcher_;
  SopQueries queries_;
  Drafts drafts_;
  std::atomic<int> replays_ = 0;
};

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_SOP_SERVICE_H_
