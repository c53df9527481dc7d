// Wiring of the insight service: norm figures from the event log.

#ifndef WISSEL_SERVICES_INSIGHT_INSIGHT_H_
#define WISSEL_SERVICES_INSIGHT_INSIGHT_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "libs/municipality/snapshot_cache.h"
#include "libs/pg/pool.h"
#include "libs/rpc/dispatcher.h"
#include "services/insight/insight_service.h"

namespace wissel::insight {

// What the service needs to know.
struct InsightOptions {
  // With the role wissel_insight.
  std::string conninfo;
  // Connections at most.
  int pool_size = 4;
};

// Owns the service and its connections. `dispatcher` outlives it.
class Insight {
 public:
  // Errors are those of pg::Pool::Open.
  static absl::StatusOr<std::unique_ptr<Insight>> Build(const InsightOptions& options,
                                                        rpc::Dispatcher& dispatcher);

  grpc::Service& service() { return service_; }

 private:
  Insight(std::unique_ptr<pg::Pool> pool, rpc::Dispatcher& dispatcher)
      : pool_(std::move(pool)), service_(*pool_, municipalities_, dispatcher, Clock::System()) {}

  std::unique_ptr<pg::Pool> pool_;
  municipality::SnapshotCache municipalities_;
  InsightService service_;
};

}  // namespace wissel::insight

#endif  // WISSEL_SERVICES_INSIGHT_INSIGHT_H_
