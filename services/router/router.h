// Wiring of the router.

#ifndef WISSEL_SERVICES_ROUTER_ROUTER_H_
#define WISSEL_SERVICES_ROUTER_ROUTER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "libs/pg/listener.h"
#include "libs/pg/pool.h"
#include "libs/rpc/dispatcher.h"
#include "services/router/router_service.h"
#include "services/router/sop_cache.h"

namespace wissel::router {

// What the service needs to know.
struct RouterOptions {
  // With the role wissel_router.
  std::string conninfo;
  // Connections at most; the doorbell has one of its own besides.
  int pool_size = 4;
};

// Owns the service, its connections and its cache. `dispatcher` outlives it, and it outlives the
// server that serves it.
class Router {
 public:
  // Errors are those of pg::Pool::Open.
  static absl::StatusOr<std::unique_ptr<Router>> Build(const RouterOptions& options,
                                                       rpc::Dispatcher& dispatcher);

  grpc::Service& service() { return service_; }

 private:
  Router(std::unique_ptr<pg::Pool> pool, const std::string& conninfo, rpc::Dispatcher& dispatcher);

  std::unique_ptr<pg::Pool> pool_;
  SopCache cache_;
  RouterService service_;
  // Last, so that nothing rings for what is gone.
  pg::Listener doorbell_;
};

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_ROUTER_H_
