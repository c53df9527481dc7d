// Wiring of the insight service: norm figures from the event log, and what is kept to read them
// fast.

#ifndef WISSEL_SERVICES_INSIGHT_INSIGHT_H_
#define WISSEL_SERVICES_INSIGHT_INSIGHT_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/municipality/snapshot_cache.h"
#include "libs/pg/pool.h"
#include "libs/rpc/dispatcher.h"
#include "services/insight/insight_service.h"
#include "services/insight/rollup_keeper.h"
#include "services/insight/rollup_loop.h"

namespace wissel::insight {

// What the service needs to know.
struct InsightOptions {
  // With the role wissel_insight.
  std::string conninfo;
  // Connections at most.
  int pool_size = 4;
  // How often what happened is counted.
  absl::Duration rollup_period = absl::Seconds(1);
};

// To prepare on every connection that figures are kept or read over.
std::vector<pg::Statement> InsightStatements();

// Owns the service and its connections. `dispatcher` outlives it.
class Insight {
 public:
  // Errors are those of pg::Pool::Open.
  static absl::StatusOr<std::unique_ptr<Insight>> Build(const InsightOptions& options,
                                                        rpc::Dispatcher& dispatcher);

  grpc::Service& service() { return service_; }
  // Ends what the service does of its own accord. Before the server of this process ends.
  void Stop() { loop_.Stop(); }

 private:
  Insight(std::unique_ptr<pg::Pool> pool, absl::Duration rollup_period, rpc::Dispatcher& dispatcher)
      : pool_(std::move(pool)),
        keeper_(*pool_, municipalities_),
        service_(*pool_, municipalities_, keeper_, dispatcher, Clock::System()),
        loop_(*pool_, keeper_, rollup_period) {}

  std::unique_ptr<pg::Pool> pool_;
  municipality::SnapshotCache municipalities_;
  RollupKeeper keeper_;
  InsightService service_;
  RollupLoop loop_;
};

}  // namespace wissel::insight

#endif  // WISSEL_SERVICES_INSIGHT_INSIGHT_H_
