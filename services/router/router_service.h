// gRPC adapter of the router; proto/wissel/routing/v1/routing.proto is its contract.

#ifndef WISSEL_SERVICES_ROUTER_ROUTER_SERVICE_H_
#define WISSEL_SERVICES_ROUTER_ROUTER_SERVICE_H_

#include "libs/municipality/snapshot_cache.h"
#include "libs/pg/pool.h"
#include "libs/rpc/dispatcher.h"
#include "libs/rpc/local_methods.h"
#include "services/router/active/active_sop_cache.h"
#include "wissel/routing/v1/routing.grpc.pb.h"

namespace wissel::router {

namespace v1 = ::wissel::routing::v1;

// Thread-safe; state only in the caches and the database. What it is made with outlives it.
// Decide and ListTopics are answered from the cache on gRPC's own thread and never wait; the two
// others go to the database on the worker pool.
class RouterService final : public v1::RouterService::CallbackService {
 public:
  // In the .cc: whoever sees the body compiles a class template of gRPC for every method.
  RouterService(pg::Pool& pool, municipality::SnapshotCache& municipalities, ActiveSopCache& cache,
                rpc::Dispatcher& dispatcher);

  // Decide without gRPC, for municipalities whose SOP is in the cache.
  void OfferDecide(rpc::LocalMethods& local_methods);

  grpc::ServerUnaryReactor* Decide(grpc::CallbackServerContext* context,
                                   const v1::DecideRequest* request,
                                   v1::DecideResponse* response) override;
  grpc::ServerUnaryReactor* LoadSop(grpc::CallbackServerContext* context,
                                    const v1::LoadSopRequest* request,
                                    v1::LoadSopResponse* response) override;
  grpc::ServerUnaryReactor* GetSop(grpc::CallbackServerContext* context,
                                   const v1::GetSopRequest* request,
                                   v1::GetSopResponse* response) override;
  grpc::ServerUnaryReactor* ListTopics(grpc::CallbackServerContext* context,
                                       const v1::ListTopicsRequest* request,
                                       v1::ListTopicsResponse* response) override;

 private:
  void DecideNow(const rpc::Call& call, const v1::DecideRequest& request,
                 v1::DecideResponse* response, rpc::Dispatcher::Done done);
  absl::Status Load(const rpc::Call& call, const v1::LoadSopRequest& request,
                    v1::LoadSopResponse* response);
  absl::Status Get(const rpc::Call& call, const v1::GetSopRequest& request,
                   v1::GetSopResponse* response);

  pg::Pool& pool_;
  municipality::SnapshotCache& municipalities_;
  ActiveSopCache& cache_;
  rpc::Dispatcher& dispatcher_;
};

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_ROUTER_SERVICE_H_
