#include "services/router/router_service.h"

#include <utility>

#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "services/router/loading.h"
#include "services/router/sop_store.h"

namespace wissel::router {
namespace {

void FillTopics(const Sop& sop, v1::ListTopicsResponse* response) {
  std::vector<const SopTopic*> topics;
  for (const SopTopic& topic : sop.topics) topics.push_back(&topic);
  std::sort(topics.begin(), topics.end(), [](const SopTopic* a, const SopTopic* b) {
    return std::tie(a->name, a->topic_id) < std::tie(b->name, b->topic_id);
  });
  for (const SopTopic* topic : topics) {
    v1::Topic* listed = response->add_topics();
    listed->set_topic_id(topic->topic_id);
    listed->set_name(topic->name);
    listed->set_upl_uri(topic->upl_uri);
  }
}

}  // namespace

grpc::ServerUnaryReactor* RouterService::Decide(grpc::CallbackServerContext* context,
                                                const v1::DecideRequest* request,
                                                v1::DecideResponse* response) {
  return dispatcher_.Async(
      context, request, response,
      [this](const rpc::Call& call, const auto& in, auto* out, rpc::Dispatcher::Done done) {
        if (in.channel() == common::v1::CHANNEL_UNSPECIFIED) {
          return done(InvalidField("channel", "required", "the channel is required"));
        }
        cache_.With(call.tenant_id(),
                    [&in, out, done = std::move(done)](const absl::StatusOr<SopPtr>& sop) mutable {
                      if (!sop.ok()) return done(sop.status());
                      *out->mutable_decision() = (*sop)->Decide({.channel = in.channel(),
                                                                 .topic_id = in.topic_id(),
                                                                 .subject = in.subject(),
                                                                 .text = in.text(),
                                                                 .is_business = in.is_business()});
                      done(absl::OkStatus());
                    });
      });
}

grpc::ServerUnaryReactor* RouterService::ListTopics(grpc::CallbackServerContext* context,
                                                    const v1::ListTopicsRequest* request,
                                                    v1::ListTopicsResponse* response) {
  return dispatcher_.Async(
      context, request, response,
      [this](const rpc::Call& call, const auto&, auto* out, rpc::Dispatcher::Done done) {
        cache_.With(call.tenant_id(),
                    [out, done = std::move(done)](const absl::StatusOr<SopPtr>& sop) mutable {
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
      [this](const rpc::Call& call, const auto&, auto* out) { return Get(call, out); });
}

absl::Status RouterService::Load(const rpc::Call& call, const v1::LoadSopRequest& request,
                                 v1::LoadSopResponse* response) {
  WISSEL_ASSIGN_OR_RETURN(SopPtr sop, PutInForce(pool_, call.tenant_id(), request.document(),
                                                 call.principal->account_id, call.deadline));
  response->set_version(sop->version());
  cache_.Put(call.tenant_id(), std::move(sop));
  return absl::OkStatus();
}

absl::Status RouterService::Get(const rpc::Call& call, v1::GetSopResponse* response) {
  std::optional<StoredSop> stored;
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(call.tenant_id(), call.deadline, pg::Access::kRead,
                                        [&](pg::Transaction& transaction) -> absl::Status {
                                          WISSEL_ASSIGN_OR_RETURN(stored, ReadSop(transaction));
                                          return absl::OkStatus();
                                        }));
  if (!stored) return NoSop();
  response->set_version(stored->version);
  response->set_document(std::move(stored->document));
  *response->mutable_in_force_from() = ToProto(stored->in_force_from);
  return absl::OkStatus();
}

}  // namespace wissel::router
