// Wiring of the router.

#ifndef WISSEL_SERVICES_ROUTER_ROUTER_H_
#define WISSEL_SERVICES_ROUTER_ROUTER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/municipality/snapshot_cache.h"
#include "libs/pg/listener.h"
#include "libs/pg/pool.h"
#include "libs/rpc/channel_registry.h"
#include "libs/rpc/dispatcher.h"
#include "services/router/active/active_sop_cache.h"
#include "services/router/active/agreement_sync.h"
#include "services/router/router_service.h"
#include "services/router/sop_service.h"

namespace wissel::router {

// What the service needs to know.
struct RouterOptions {
  // With the role wissel_router.
  std::string conninfo;
  // Connections at most; the listeners have one each besides.
  int pool_size = 4;
  // By which the directory knows the parts of this installation.
  std::string service_token;
};

// Owns the services, their connections and threads. `dispatcher` and `channels` outlive it; it
// outlives the server that serves it, and is destroyed only after ChannelRegistry::SetInProcess was
// called, since telling the directory waits for that.
class Router {
 public:
  // Errors are those of pg::Pool::Open.
  static absl::StatusOr<std::unique_ptr<Router>> Build(const RouterOptions& options,
                                                       rpc::Dispatcher& dispatcher,
                                                       rpc::ChannelRegistry& channels);

  std::vector<grpc::Service*> services() { return {&service_, &sop_service_}; }

  // Makes no calls of its own any more. Before the server of this process ends: gRPC 1.51 does not
  // survive a call on the in-process channel of a server that is gone.
  void Stop() { agreement_sync_.Stop(); }

 private:
  Router(std::unique_ptr<pg::Pool> pool, const RouterOptions& options, rpc::Dispatcher& dispatcher,
         rpc::ChannelRegistry& channels);

  std::unique_ptr<pg::Pool> pool_;
  municipality::SnapshotCache municipalities_;
  ActiveSopCache cache_;
  TeamAgreementSync agreement_sync_;
  RouterService service_;
  SopService sop_service_;
  // Last, so that no notification comes for what is gone.
  pg::Listener sop_listener_;
  pg::Listener directory_listener_;
};

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_ROUTER_H_
