#include "services/router/sop_service.h"

#include <utility>
#include <vector>

#include "absl/cleanup/cleanup.h"
#include "libs/base/status.h"
#include "services/router/drafts/draft_store.h"
#include "services/router/replay/progress_stream.h"

namespace wissel::router {
namespace {

absl::Status FindVersions(pg::Transaction& transaction, const v1::ListSopVersionsRequest&,
                          v1::ListSopVersionsResponse* response) {
  WISSEL_ASSIGN_OR_RETURN(std::vector<v1::SopVersion> versions, ReadVersions(transaction));
  for (v1::SopVersion& version : versions) *response->add_versions() = std::move(version);
  return absl::OkStatus();
}

absl::Status FindDrafts(pg::Transaction& transaction, const v1::ListDraftsRequest&,
                        v1::ListDraftsResponse* response) {
  WISSEL_ASSIGN_OR_RETURN(const std::vector<Draft> drafts, ReadOpenDrafts(transaction));
  for (const Draft& draft : drafts) ToProto(draft, response->add_drafts());
  return absl::OkStatus();
}

absl::Status FindDraft(pg::Transaction& transaction, const v1::GetDraftRequest& request,
                       v1::GetDraftResponse* response) {
  WISSEL_ASSIGN_OR_RETURN(const Draft draft, ReadDraft(transaction, request.draft_id()));
  ToProto(draft, response->mutable_draft());
  return absl::OkStatus();
}

}  // namespace

SopService::SopService(pg::Pool& pool, municipality::SnapshotCache& municipalities,
                       ActiveSopCache& cache, rpc::Dispatcher& dispatcher)
    : pool_(pool),
      cache_(cache),
      dispatcher_(dispatcher),
      queries_(pool, municipalities),
      drafts_(pool, municipalities) {}

template <typename Request, typename Response, typename Handler>
SopService::Reactor* SopService::Answer(Context* context, const Request* request,
                                        Response* response, Handler handler) {
  return dispatcher_.Blocking(
      context, request, response,
      [handler](const rpc::Call& call, const Request& in, Response* out) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(*out, handler(call, in));
        return absl::OkStatus();
      });
}

template <typename Request, typename Response, typename Handler>
SopService::Reactor* SopService::Read(Context* context, const Request* request, Response* response,
                                      Handler handler) {
  return dispatcher_.Blocking(
      context, request, response,
      [this, handler](const rpc::Call& call, const Request& in, Response* out) {
        return pool_.InTenant(
            call.tenant_id(), call.deadline, pg::Access::kRead,
            [&](pg::Transaction& transaction) { return handler(transaction, in, out); });
      });
}

SopService::Reactor* SopService::CheckSop(Context* context, const v1::CheckSopRequest* request,
                                          v1::CheckSopResponse* response) {
  return Answer(context, request, response, [this](const rpc::Call& call, const auto& in) {
    return queries_.Check(call.tenant_id(), in, call.deadline);
  });
}

SopService::Reactor* SopService::DiffSop(Context* context, const v1::DiffSopRequest* request,
                                         v1::DiffSopResponse* response) {
  return Answer(context, request, response, [this](const rpc::Call& call, const auto& in) {
    return queries_.Diff(call.tenant_id(), in, call.deadline);
  });
}

SopService::Reactor* SopService::ExplainDecision(Context* context,
                                                 const v1::ExplainDecisionRequest* request,
                                                 v1::ExplainDecisionResponse* response) {
  return Answer(context, request, response, [this](const rpc::Call& call, const auto& in) {
    return queries_.Explain(call.tenant_id(), in, call.deadline);
  });
}

SopService::Reactor* SopService::ProposeSop(Context* context, const v1::ProposeSopRequest* request,
                                            v1::ProposeSopResponse* response) {
  return Answer(context, request, response, [this](const rpc::Call& call, const auto& in) {
    return queries_.Propose(call.tenant_id(), in, call.deadline);
  });
}

grpc::ServerWriteReactor<v1::ReplaySopResponse>* SopService::ReplaySop(
    Context* context, const v1::ReplaySopRequest* request) {
  return dispatcher_.Stream<v1::ReplaySopResponse>(
      context, request, [this](const rpc::Call& call, const auto& in, ReplayStream stream) {
        stream->End(Replay(call, in, stream));
      });
}

absl::Status SopService::Replay(const rpc::Call& call, const v1::ReplaySopRequest& request,
                                const ReplayStream& stream) {
  const auto leave = absl::MakeCleanup([this] { --replays_; });
  if (++replays_ > kMostReplays) {
    return Error(absl::StatusCode::kResourceExhausted, "replay_busy",
                 "other replays are running; try again in a moment");
  }
  v1::ReplaySopResponse last;
  {
    ReplayProgressStream told(stream);
    WISSEL_ASSIGN_OR_RETURN(
        *last.mutable_result(),
        queries_.Replay(call.tenant_id(), request, call.deadline,
                        [&](const v1::ReplayProgress& progress) { return told.Tell(progress); }));
  }
  stream->Push(std::move(last));
  return absl::OkStatus();
}

SopService::Reactor* SopService::ListSopVersions(Context* context,
                                                 const v1::ListSopVersionsRequest* request,
                                                 v1::ListSopVersionsResponse* response) {
  return Read(context, request, response, FindVersions);
}

SopService::Reactor* SopService::ListDrafts(Context* context, const v1::ListDraftsRequest* request,
                                            v1::ListDraftsResponse* response) {
  return Read(context, request, response, FindDrafts);
}

SopService::Reactor* SopService::GetDraft(Context* context, const v1::GetDraftRequest* request,
                                          v1::GetDraftResponse* response) {
  return Read(context, request, response, FindDraft);
}

SopService::Reactor* SopService::SaveDraft(Context* context, const v1::SaveDraftRequest* request,
                                           v1::SaveDraftResponse* response) {
  return Answer(context, request, response, [this](const rpc::Call& call, const auto& in) {
    return drafts_.Save(*call.principal, in, call.deadline);
  });
}

SopService::Reactor* SopService::AcceptDraft(Context* context,
                                             const v1::AcceptDraftRequest* request,
                                             v1::AcceptDraftResponse* response) {
  return Answer(context, request, response, [this](const rpc::Call& call, const auto& in) {
    return drafts_.Accept(*call.principal, in, call.deadline);
  });
}

SopService::Reactor* SopService::PutDraftInForce(Context* context,
                                                 const v1::PutDraftInForceRequest* request,
                                                 v1::PutDraftInForceResponse* response) {
  return dispatcher_.Blocking(
      context, request, response,
      [this](const rpc::Call& call, const auto& in, auto* out) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(NewVersion put,
                                drafts_.PutInForce(*call.principal, in, call.deadline));
        *out = std::move(put.answer);
        cache_.Put(call.tenant_id(), std::move(put.active));
        return absl::OkStatus();
      });
}

SopService::Reactor* SopService::DiscardDraft(Context* context,
                                              const v1::DiscardDraftRequest* request,
                                              v1::DiscardDraftResponse* response) {
  return dispatcher_.Blocking(
      context, request, response, [this](const rpc::Call& call, const auto& in, auto*) {
        return drafts_.Discard(*call.principal, in.draft_id(), call.deadline);
      });
}

}  // namespace wissel::router
