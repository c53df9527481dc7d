#include "services/router/router.h"

#include <utility>

#include "libs/base/status.h"
#include "services/router/loading.h"
#include "services/router/sop_store.h"

namespace wissel::router {

absl::StatusOr<std::unique_ptr<Router>> Router::Build(const RouterOptions& options,
                                                      rpc::Dispatcher& dispatcher) {
  WISSEL_ASSIGN_OR_RETURN(std::unique_ptr<pg::Pool> pool,
                          pg::Pool::Open({.conninfo = options.conninfo,
                                          .size = options.pool_size,
                                          .statements = SopStatements()}));
  return std::unique_ptr<Router>(new Router(std::move(pool), options.conninfo, dispatcher));
}

Router::Router(std::unique_ptr<pg::Pool> pool, const std::string& conninfo,
               rpc::Dispatcher& dispatcher)
    : pool_(std::move(pool)),
      cache_([this](absl::string_view tenant_id, const SopPtr& held) {
        return ReadInForce(*pool_, tenant_id, held);
      }),
      service_(*pool_, cache_, dispatcher),
      doorbell_(conninfo, "wissel_sop", [this] { cache_.Refresh(); }) {}

}  // namespace wissel::router
