#include "services/insight/insight.h"

#include <utility>
#include <vector>

#include "libs/base/status.h"
#include "libs/municipality/snapshot_store.h"
#include "libs/norm_log/norm_log_store.h"
#include "services/insight/count_store.h"
#include "services/insight/fact_store.h"
#include "services/insight/log_position_store.h"
#include "services/insight/mark_store.h"
#include "services/insight/misroutes_store.h"

namespace wissel::insight {

std::vector<pg::Statement> InsightStatements() {
  std::vector<pg::Statement> statements;
  for (const auto& more :
       {norm_log::Statements(), municipality::SnapshotStatements(), MisrouteStatements(),
        LogPositionStatements(), FactStatements(), CountStatements(), MarkStatements()}) {
    statements.insert(statements.end(), more.begin(), more.end());
  }
  return statements;
}

absl::StatusOr<std::unique_ptr<Insight>> Insight::Build(const InsightOptions& options,
                                                        rpc::Dispatcher& dispatcher) {
  WISSEL_ASSIGN_OR_RETURN(std::unique_ptr<pg::Pool> pool,
                          pg::Pool::Open({.conninfo = options.conninfo,
                                          .size = options.pool_size,
                                          .statements = InsightStatements()}));
  return std::unique_ptr<Insight>(new Insight(std::move(pool), options.rollup_period, dispatcher));
}

}  // namespace wissel::insight
