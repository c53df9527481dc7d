#include "services/insight/insight.h"

#include "libs/base/status.h"
#include "services/insight/figures_store.h"

namespace wissel::insight {

absl::StatusOr<std::unique_ptr<Insight>> Insight::Build(const InsightOptions& options,
                                                        rpc::Dispatcher& dispatcher) {
  WISSEL_ASSIGN_OR_RETURN(std::unique_ptr<pg::Pool> pool,
                          pg::Pool::Open({.conninfo = options.conninfo,
                                          .size = options.pool_size,
                                          .statements = FigureStatements()}));
  return std::unique_ptr<Insight>(new Insight(std::move(pool), dispatcher));
}

}  // namespace wissel::insight
