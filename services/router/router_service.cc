#include "services/router/router_service.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/decision/routing_request_proto.h"
#include "services/router/active/sop_loader.h"
#include "services/router/active/sop_store.h"

namespace wissel::router {
namespace {

void FillTopics(const sop::Sop& sop, v1::ListTopicsResponse* response) {
  std::vector<const sop::SopTopic*> topics;
  for (const sop::SopTopic& topic : sop.topics) topics.push_back(&topic);
  std::sort(topics.begin(), topics.end(), [](const sop::SopTopic* a, const sop::SopTopic* b) {
    return std::tie(a->name, a->topic_id) < std::tie(b->name, b->topic_id);
  });
  for (const sop::SopTopic* topic : topics) {
    v1::Topic* listed = response->add_topics();
    listed->set_topic_id(topic->topic_id);
    listed->set_name(topic->name);
    listed->set_upl_uri(topic->upl_uri);
    listed->set_parent(topic->parent);
  }
}

absl::Status DecideBy(const absl::StatusOr<ActiveSopPtr>& active, const v1::DecideRequest& request,
                      v1::DecideResponse* response) {
  WISSEL_ASSIGN_OR_RETURN(const CompiledSopPtr sop, ActiveCompiledSop(active));
  WISSEL_ASSIGN_OR_RETURN(const decision::RoutingRequest routing_request,
                          decision::RoutingRequestFrom(request, (*active)->hours, absl::Now()));
  *response->mutable_decision() = sop->Decide(routing_request);
  return absl::OkStatus();
}

}  // namespace

RouterService::RouterService(pg::Pool& pool, municipality::SnapshotCache& municipalities,
                             ActiveSopCache& cache, rpc::Dispatcher& dispatcher)
    : pool_(pool), municipalities_(municipalities), cache_(cache), dispatcher_(dispatcher) {}

void RouterService::OfferDecide(rpc::LocalMethods& local_methods) {
  local_methods.Offer<v1::DecideRequest, v1::DecideResponse>(
      [this](const rpc::Call& call) { return cache_.Has(call.tenant_id()); },
      [this](const rpc::Call& call, const v1::DecideRequest& request, v1::DecideResponse* response,
             rpc::Done done) { DecideNow(call, request, response, std::move(done)); });
}

void RouterService::DecideNow(const rpc::Call& call, const v1::DecideRequest& request,
                              v1::DecideResponse* response, rpc::Dispatcher::Done done) {
  if (request.channel() == common::v1::CHANNEL_UNSPECIFIED) return done(decision::NoChannel());
  cache_.With(call.tenant_id(), [&request, response, done = std::move(done)](
                                    const absl::StatusOr<ActiveSopPtr>& active) mutable {
    done(DecideBy(active, request, response));
  });
}

grpc::ServerUnaryReactor* RouterService::Decide(grpc::CallbackServerContext* context,
                                                const v1::DecideRequest* request,
                                                v1::DecideResponse* response) {
  return dispatcher_.Async(
      context, request, response,
      [this](const rpc::Call& call, const auto& in, auto* out, rpc::Dispatcher::Done done) {
        DecideNow(call, in, out, std::move(done));
      });
}

grpc::ServerUnaryReactor* RouterService::ListTopics(grpc::CallbackServerContext* context,
                                                    const v1::ListTopicsRequest* request,
                                                    v1::ListTopicsResponse* response) {
  return dispatcher_.Async(
      context, request, response,
      [this](const rpc::Call& call, const auto&, auto* out, rpc::Dispatcher::Done done) {
        cache_.With(call.tenant_id(), [out, done = std::move(done)](
                                          const absl::StatusOr<ActiveSopPtr>& active) mutable {
          const absl::StatusOr<CompiledSopPtr> sop = ActiveCompiledSop(active);
          if (sop.ok()) FillTopics((*sop)->sop(), out);
          done(sop.status());
        });
      });
}

grpc::ServerUnaryReactor* RouterService::LoadSop(grpc::CallbackServerContext* context,
                                                 const v1::LoadSopRequest* request,
                                                 v1::LoadSopResponse* response) {
  return dispatcher_.Blocking(
      context, request, response,
      [this](const rpc::Call& call, const auto& in, auto* out) { return Load(call, in, out); });
}

grpc::ServerUnaryReactor* RouterService::GetSop(grpc::CallbackServerContext* context,
                                                const v1::GetSopRequest* request,
                                                v1::GetSopResponse* response) {
  return dispatcher_.Blocking(
      context, request, response,
      [this](const rpc::Call& call, const auto& in, auto* out) { return Get(call, in, out); });
}

absl::Status RouterService::Load(const rpc::Call& call, const v1::LoadSopRequest& request,
                                 v1::LoadSopResponse* response) {
  WISSEL_ASSIGN_OR_RETURN(ActiveSopPtr active, LoadDocument(pool_, municipalities_, *call.principal,
                                                            request.document(), call.deadline));
  response->set_version(active->sop->version());
  cache_.Put(call.tenant_id(), std::move(active));
  return absl::OkStatus();
}

absl::Status RouterService::Get(const rpc::Call& call, const v1::GetSopRequest& request,
                                v1::GetSopResponse* response) {
  std::optional<StoredSop> stored;
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(call.tenant_id(), call.deadline, pg::Access::kRead,
                                        [&](pg::Transaction& transaction) -> absl::Status {
                                          WISSEL_ASSIGN_OR_RETURN(
                                              stored, ReadSop(transaction, request.version()));
                                          return absl::OkStatus();
                                        }));
  if (!stored) return NoSop();
  response->set_version(stored->version);
  response->set_document(std::move(stored->document));
  *response->mutable_in_force_from() = ToProto(stored->in_force_from);
  return absl::OkStatus();
}

}  // namespace wissel::router
